package crossover.bench.results;

/**
 * A value and its interval. What the data cannot tell is NaN.
 *
 * @param low lower end of the interval
 * @param high upper end of the interval
 */
public record Estimate(double value, double low, double high) {
  public static final Estimate UNKNOWN = new Estimate(Double.NaN, Double.NaN, Double.NaN);

  /** A ratio, from its logarithm. */
  public static Estimate ofLog(double log, double halfWidth) {
    return new Estimate(Math.exp(log), Math.exp(log - halfWidth), Math.exp(log + halfWidth));
  }
}
