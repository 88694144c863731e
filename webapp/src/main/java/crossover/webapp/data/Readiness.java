package crossover.webapp.data;

/**
 * Whether a backend can be used.
 *
 * @param reason empty when it is up, else what keeps it from being so, in words
 */
public record Readiness(State state, String reason) {
  /** In the words of {@code /health}. */
  public enum State {
    /** It answers, and all is there. */
    UP,
    /** It does not answer. */
    DOWN,
    /** It answers, and the words are being loaded. */
    LOADING,
    /** It answers, but with a refusal that will not go away by waiting. */
    FAILED
  }

  static final Readiness UP = new Readiness(State.UP, "");

  public boolean isUp() {
    return state == State.UP;
  }

  static Readiness of(Throwable failure) {
    return new Readiness(Reasons.isAway(failure) ? State.DOWN : State.FAILED, Reasons.of(failure));
  }
}
