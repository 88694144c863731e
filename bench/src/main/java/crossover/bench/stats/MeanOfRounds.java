package crossover.bench.stats;

import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.stat.StatUtils;

/**
 * The mean of a figure over some rounds, with its interval by Student's t.
 *
 * @param halfWidth of the interval, which holds together with those of all tests with 95 %; NaN
 *     below 3 rounds
 */
public record MeanOfRounds(int rounds, double value, double halfWidth) {
  /**
   * Of the figures of the rounds.
   *
   * @param tests that are made of a run, in all (Bonferroni)
   */
  public static MeanOfRounds of(double[] figures, int tests) {
    int n = figures.length;
    return new MeanOfRounds(
        n,
        StatUtils.mean(figures),
        n < 3
            ? Double.NaN
            : new TDistribution(n - 1)
                    .inverseCumulativeProbability(1 - ErrorModel.LEVEL / (2 * tests))
                * Math.sqrt(StatUtils.variance(figures) / n));
  }

  /** Whether the rounds agree that it is not 0. */
  public boolean isCertain() {
    return Math.abs(value) > halfWidth;
  }
}
