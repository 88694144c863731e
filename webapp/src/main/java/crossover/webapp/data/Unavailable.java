package crossover.webapp.data;

/**
 * A backend is away, is not ready yet, or did not answer within its time limit. Answered by 503.
 */
public final class Unavailable extends RuntimeException {
  public Unavailable(String message) {
    super(message);
  }

  public Unavailable(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * What to throw for a failure: this when the backend is away or slow, else the failure itself,
   * which is a mistake of ours or of its administrator.
   */
  static RuntimeException or(RuntimeException failure, String message, Outage outage) {
    if (Reasons.isOutage(failure)) {
      outage.failed(failure);
    }
    return Reasons.isAway(failure) ? new Unavailable(message, failure) : failure;
  }

  static Unavailable notReady() {
    return new Unavailable("The words are not loaded yet");
  }
}
