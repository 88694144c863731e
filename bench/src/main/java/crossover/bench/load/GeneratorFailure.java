package crossover.bench.load;

/** The generator could not do what was asked; the message says what and why. */
public final class GeneratorFailure extends RuntimeException {
  GeneratorFailure(String message) {
    super(message);
  }

  GeneratorFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
