package crossover.bench.stack;

/** Something could not be started. The message says what, why, and what to do; exit status 3. */
public final class StartFailure extends RuntimeException {
  /** A failure that the runner found by itself. */
  public StartFailure(String message) {
    super(message);
  }

  /** A failure that something else reported; its message is appended. */
  public StartFailure(String message, Throwable cause) {
    super(message + ": " + (cause.getMessage() == null ? cause : cause.getMessage()), cause);
  }
}
