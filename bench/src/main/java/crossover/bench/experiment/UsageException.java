package crossover.bench.experiment;

/**
 * What the user gave cannot be used. The message is one line for people: what is wrong, where
 * (option, or file, line and key), and what is allowed. The command line ends with status 2.
 */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The message is shown as it is. */
  public UsageException(String message) {
    super(message);
  }
}
