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

  static Unavailable notReady() {
    return new Unavailable("The words are not loaded yet");
  }
}
