package crossover.bench.stack;

import java.time.Duration;
import java.util.Set;

/** For how long a server has answered with one status that does not mean ready. */
final class LastingAnswer {
  private static final long TOLD_AFTER = Duration.ofSeconds(3).toNanos();

  /** 503 is what a server says that is still starting, and several start side by side. */
  private static final long STARTING_TOLD_AFTER = Duration.ofSeconds(30).toNanos();

  private static final long FINAL_AFTER = Duration.ofSeconds(10).toNanos();

  /** In place of a status: something listens, but its answer is not HTTP/1.1. */
  static final int NO_HTTP = 1;

  /** What is not there yet, too early, too slow or too much for a server that is starting. */
  private static final Set<Integer> MAY_HEAL = Set.of(NO_HTTP, 404, 408, 425, 429);

  private int status;
  private long since;
  private boolean told;

  /** Takes down an answer, or 0 for none. */
  void take(int now, long nanos) {
    if (now != status) {
      status = now;
      since = nanos;
      told = false;
    }
  }

  /** Whether it is time to tell of it: once. */
  boolean isNews(long nanos) {
    long after = status == 503 ? STARTING_TOLD_AFTER : TOLD_AFTER;
    boolean news = !told && status > 0 && nanos - since > after;
    told |= news;
    return news;
  }

  /** Whether it was told: then there is no haste to ask again. */
  boolean wasTold() {
    return told;
  }

  /** Whether the server is up, and refuses what it is asked: waiting heals a 5xx, if anything. */
  boolean isFinal(long nanos) {
    return status > 0 && status < 500 && !MAY_HEAL.contains(status) && nanos - since > FINAL_AFTER;
  }

  /** What to do about it. */
  String advice() {
    return switch (status) {
      case 0 -> "a program has to listen on 127.0.0.1, on the port that ${port} or PORT names";
      case NO_HTTP -> "a server has to speak HTTP/1.1";
      default -> HttpAnswer.advice(status);
    };
  }
}
