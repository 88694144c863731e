package crossover.webapp.data;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How long a request may take, and what follows from it for the database, blocking or not: a
 * statement starts in the first half of that time or not at all, and may take the other half. None
 * runs, therefore, when its request was already answered 503.
 *
 * @param request of the whole request, from when its body has been read
 */
public record TimeLimits(Duration request) {
  /** Of a TCP connection to the database. */
  static final int CONNECT_MILLIS = 1_000;

  /** HikariCP allows no less than 250 ms for a connection. */
  public static final int LEAST_MILLIS = 500;

  /** From the start of the request, for whatever comes before its statement. */
  long startMillis() {
    return request.toMillis() / 2;
  }

  /**
   * Whether a request that came then, in {@link System#nanoTime}, may no longer start a statement.
   */
  boolean isTooLate(long asked) {
    return System.nanoTime() - asked > TimeUnit.MILLISECONDS.toNanos(startMillis());
  }

  /** Of one statement, kept by the server. */
  long statementMillis() {
    return request.toMillis() / 2;
  }

  /**
   * After which a server that has gone silent is given up: in whole seconds, as the driver's login
   * timeout is.
   */
  int silenceSeconds() {
    return (int) (1 + (statementMillis() - 1) / 1000);
  }

  /** To log in takes several round trips. */
  int loginSeconds() {
    return Math.max(2, silenceSeconds());
  }
}
