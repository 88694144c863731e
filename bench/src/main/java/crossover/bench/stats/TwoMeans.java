package crossover.bench.stats;

import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.stat.StatUtils;

/**
 * The means of two samples with a common variance compared: Student's two-sided t test.
 *
 * @param difference the mean of the one less that of the other
 * @param standardError NaN for fewer than three values in all
 */
public record TwoMeans(double difference, double standardError, int df) {

  public static TwoMeans of(double[] one, double[] other) {
    double difference = StatUtils.mean(one) - StatUtils.mean(other);
    int df = one.length + other.length - 2;
    double squares =
        StatUtils.populationVariance(one) * one.length
            + StatUtils.populationVariance(other) * other.length;
    double error = Math.sqrt(squares / df * (1.0 / one.length + 1.0 / other.length));
    return new TwoMeans(difference, df < 1 ? Double.NaN : error, df);
  }

  /** Of the interval that misses the true difference so often; NaN where there is none. */
  public double halfWidth(double level) {
    return df < 1
        ? Double.NaN
        : standardError * new TDistribution(df).inverseCumulativeProbability(1 - level / 2);
  }

  /** The probability of such a difference where there is none; 1 where that is not known. */
  double p() {
    return df < 1
        ? 1
        : 2 * new TDistribution(df).cumulativeProbability(-Math.abs(difference) / standardError);
  }
}
