package crossover.bench.results;

import static crossover.bench.text.Text.format;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;

/** A results folder that cannot be used; the message says which, why, and what to do. */
public final class UnusableResultsException extends RuntimeException {
  UnusableResultsException(String message) {
    super(message);
  }

  UnusableResultsException(String message, Throwable cause) {
    super(message, cause);
  }

  static UnusableResultsException cannotWrite(Path file, IOException e) {
    String reason = e instanceof AccessDeniedException ? "permission denied" : e.getMessage();
    return new UnusableResultsException(
        format(
            "cannot write %s (%s): make room, or get leave to write there; what was"
                + " measured before stays, and --resume goes on with it",
            file, reason),
        e);
  }
}
