package crossover.bench.stack;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Set;

/** For how long a server has answered with one status that does not mean ready. */
final class LastingAnswer {
  private static final long TOLD_AFTER = Duration.ofSeconds(3).toNanos();

  /** 503 is what a server says that is still starting, and several start side by side. */
  private static final long STARTING_TOLD_AFTER = Duration.ofSeconds(30).toNanos();

  private static final long FINAL_AFTER = Duration.ofSeconds(10).toNanos();

  /** In place of a status: something listens, but its answer is not HTTP/1.1. */
  private static final int NO_HTTP = 1;

  /** In place of a status: it keeps its clients waiting. */
  private static final int SILENCE = 2;

  /** What is too early, too slow or too much for a server that is starting. */
  private static final Set<Integer> MAY_HEAL = Set.of(NO_HTTP, SILENCE, 408, 425, 429);

  private static final int UNAVAILABLE = 503;

  private final boolean complete;
  private final String unheard;
  private int status;
  private String said = "no answer";
  private long since;
  private boolean told;

  /**
   * Of a server that has not answered yet.
   *
   * @param complete whether it answers only once its application is there: what it does not find
   *     then, it will never find
   * @param unheard what to do where nothing listens
   */
  LastingAnswer(boolean complete, String unheard) {
    this.complete = complete;
    this.unheard = unheard;
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

  /** Whether it says by nothing that it will be ready later. */
  boolean isInVain() {
    return status != UNAVAILABLE && status != SILENCE;
  }

  /** Whether it is time to tell of it: once. */
  boolean isNews(long nanos) {
    long after = status == UNAVAILABLE ? STARTING_TOLD_AFTER : TOLD_AFTER;
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
    boolean refused = status > 0 && status < 500 && !MAY_HEAL.contains(status);
    return refused && (complete || status != 404) && nanos - since > FINAL_AFTER;
  }

  /** What to do about it. */
  String advice() {
    return switch (status) {
      case 0 -> unheard;
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
