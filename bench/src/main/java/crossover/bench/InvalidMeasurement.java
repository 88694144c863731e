package crossover.bench;

/** What was measured may not be used; the message says where and why. Exit status 4. */
final class InvalidMeasurement extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidMeasurement(String message) {
    super(message);
  }
}
