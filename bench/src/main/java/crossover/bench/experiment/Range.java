package crossover.bench.experiment;

/** The whole numbers that are allowed somewhere. */
public record Range(int min, int max) {
  public static final Range ROUNDS = new Range(1, 1_000);
  public static final Range USERS = new Range(1, 10_000);
  public static final Range SEED = new Range(0, Integer.MAX_VALUE);
  public static final Range PORT = new Range(1, 65_535);

  /**
   * Returns the value.
   *
   * @param name of the option, as the user wrote it
   * @throws UsageException when it is not in the range
   */
  public int require(String name, int value) {
    if (!holds(value)) {
      throw new UsageException(name + " is " + value + ", but must be " + this);
    }
    return value;
  }

  boolean holds(long value) {
    return value >= min && value <= max;
  }

  /** As a message names it. */
  @Override
  public String toString() {
    return "a whole number from " + min + " to " + max;
  }
}
