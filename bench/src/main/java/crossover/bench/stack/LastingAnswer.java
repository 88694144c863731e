package crossover.bench.stack;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Set;

/** For how long a server has answered with one status that does not mean ready. */
public final class LastingAnswer {
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

  /** What is too early, too slow or too much for a server that is starting, or not there yet. */
  private static final Set<Integer> MAY_HEAL = Set.of(NO_HTTP, SILENCE, 404, 408, 425, 429);

  private static final int UNAVAILABLE = 503;

  private final String ifNothingListens;
  private final boolean patient;
  private int status;
  private String said = "no answer";
  private long since;
  private boolean told;

  /**
   * Of a server that has not answered yet.
   *
   * @param ifNothingListens what to do then
   * @param patient whether somebody has said how long to wait: then waiting is never in vain
   */
  public LastingAnswer(String ifNothingListens, boolean patient) {
    this.ifNothingListens = ifNothingListens;
    this.patient = patient;
  }

  /** Takes down that there was no answer. */
  public void take(IOException e, long nanos) {
    boolean silent = e instanceof HttpTimeoutException;
    int none = e instanceof ConnectException ? 0 : silent ? SILENCE : NO_HTTP;
    take(none, String.valueOf(e.getMessage()), nanos);
  }

  /** Takes down an answer. */
  public void take(HttpAnswer answer, long nanos) {
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

  /** For how long something has answered so. */
  public long lasting(long now) {
    return status > 0 ? now - since : 0;
  }

  /** Whether that is a while: then there is no haste to ask again. */
  boolean lasts(long now) {
    return lasting(now) > LASTING_AFTER;
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
  public boolean isFinal(long idle, long nanos) {
    if (patient || status == UNAVAILABLE || status == SILENCE) {
      return false;
    }
    boolean refused = status < 500 && !MAY_HEAL.contains(status);
    return (refused && lasting(nanos) > FINAL_AFTER) || idle > IDLE_LIMIT;
  }

  /** What was said last, and what to do about it. */
  public String advised() {
    String advice =
        switch (status) {
          case 0 -> ifNothingListens;
          case NO_HTTP -> "a server has to speak HTTP/1.1";
          default -> HttpAnswer.advice(status);
        };
    return said + "; " + advice + WebServer.MORE_TIME;
  }

  /** What was said last. */
  @Override
  public String toString() {
    return said;
  }
}
