package crossover.bench.run;

/** What was measured may not be used; the message says where and why. Exit status 4. */
public final class InvalidMeasurement extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InvalidMeasurement(String message) {
    super(message);
  }
}
