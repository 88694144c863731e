package crossover.bench.stack;

import java.nio.file.FileSystemException;

/** Something could not be started, or failed: the message says what, and why; exit status 3. */
public final class StartFailure extends RuntimeException {
  public StartFailure(String message) {
    super(message);
  }

  /** A failure that something else reported; its message is appended. */
  public StartFailure(String message, Throwable cause) {
    super(message + ": " + reason(cause), cause);
  }

  // The message of a file's exception is often the file alone; what happened is the class's name.
  static String reason(Throwable cause) {
    return cause.getMessage() == null || cause instanceof FileSystemException
        ? cause.toString()
        : cause.getMessage();
  }
}
