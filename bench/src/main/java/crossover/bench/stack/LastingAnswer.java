package crossover.bench.stack;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Set;

/** For how long a server has answered with one status that does not mean ready. */
final class LastingAnswer {
  private static final long LASTING_AFTER = Duration.ofSeconds(3).toNanos();

  /** 503 is what a server says that is still starting, and several start side by side. */
  private static final long STARTING_TOLD_AFTER = Duration.ofSeconds(30).toNanos();

  private static final long FINAL_AFTER = Duration.ofSeconds(10).toNanos();

  /** Longer than a client of a database usually waits, or a script sleeps for another server. */
  private static final long IDLE_LIMIT = Duration.ofSeconds(60).toNanos();

  /** In place of a status: something listens, but its answer is not HTTP/1.1. */
  private static final int NO_HTTP = 1;

  /** In place of a status: it keeps its clients waiting. */
  private static final int SILENCE = 2;

  /** What is too early, too slow or too much for a server that is starting. */
  private static final Set<Integer> MAY_HEAL = Set.of(NO_HTTP, SILENCE, 408, 425, 429);

  private static final int NOT_FOUND = 404;
  private static final int UNAVAILABLE = 503;

  private final boolean deployed;
  private final String ifNothingListens;
  private int status;
  private String said = "no answer";
  private long since;
  private boolean told;

  /**
   * Of a server that has not answered yet.
   *
   * @param deployed whether it answers only once its application is deployed: that may still be at
   *     work before a page is found, but not idle
   * @param ifNothingListens what to do then
   */
  LastingAnswer(boolean deployed, String ifNothingListens) {
    this.deployed = deployed;
    this.ifNothingListens = ifNothingListens;
  }

  /** Takes down that there was no answer. */
  void take(IOException e, long nanos) {
    boolean silent = e instanceof HttpTimeoutException;
    int none = e instanceof ConnectException ? 0 : silent ? SILENCE : NO_HTTP;
    take(none, String.valueOf(e.getMessage()), nanos);
  }

  /** Takes down an answer. */
  void take(HttpAnswer answer, long nanos) {
    take(answer.status(), answer.toString(), nanos);
  }

  private void take(int now, String text, long nanos) {
    said = text;
    if (now != status) {
      status = now;
      since = nanos;
      told = false;
    }
  }

  /** Whether something has answered so for a while: then there is no haste to ask again. */
  boolean lasts(long nanos) {
    return status > 0 && nanos - since > LASTING_AFTER;
  }

  /** Whether it is time to tell of it: once. */
  boolean isNews(long nanos) {
    boolean early = status == UNAVAILABLE && nanos - since <= STARTING_TOLD_AFTER;
    boolean news = !told && !early && lasts(nanos);
    told |= news;
    return news;
  }

  /**
   * Whether waiting is in vain: the server refuses what it is asked (waiting heals a 5xx, if
   * anything), or it does nothing, and does not say that it will be ready later.
   *
   * @param idle for how long it has done nothing
   */
  boolean isFinal(long idle, long nanos) {
    if (status == UNAVAILABLE || status == SILENCE) {
      return false;
    }
    boolean mayBeFound = status == NOT_FOUND && (!deployed || idle <= FINAL_AFTER);
    boolean refused = status > 0 && status < 500 && !MAY_HEAL.contains(status) && !mayBeFound;
    return (refused && nanos - since > FINAL_AFTER) || idle > IDLE_LIMIT;
  }

  /** What to do about it. */
  String advice() {
    return switch (status) {
      case 0 -> ifNothingListens;
      case NO_HTTP -> "a server has to speak HTTP/1.1";
      default -> HttpAnswer.advice(status);
    };
  }

  /** What was said last. */
  @Override
  public String toString() {
    return said;
  }
}
