package crossover.bench.results;

/** A results folder that cannot be used; the message says which, why, and what to do. */
public final class UnusableResultsException extends RuntimeException {
  UnusableResultsException(String message) {
    super(message);
  }

  UnusableResultsException(String message, Throwable cause) {
    super(message, cause);
  }
}
