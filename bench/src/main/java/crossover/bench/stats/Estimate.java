package crossover.bench.stats;

/**
 * A ratio and its interval; 1 is "no effect". What the data cannot tell is NaN.
 *
 * @param value the ratio
 * @param low lower end of the interval
 * @param high upper end of the interval
 */
public record Estimate(double value, double low, double high) {
  static Estimate ofLog(double log, double halfWidth) {
    return new Estimate(Math.exp(log), Math.exp(log - halfWidth), Math.exp(log + halfWidth));
  }
}
