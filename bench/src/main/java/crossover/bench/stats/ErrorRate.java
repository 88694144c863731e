package crossover.bench.stats;

import org.hipparchus.distribution.continuous.ChiSquaredDistribution;
import org.hipparchus.distribution.discrete.BinomialDistribution;

/** What comparisons of equal arms say about a method that should be wrong 5 times in 100. */
public final class ErrorRate {
  private ErrorRate() {}

  /** The most false alarms that 5 % explain: more are seen less than once in 20 calibrations. */
  public static int mostFalseAlarms(int comparisons) {
    BinomialDistribution alarms = new BinomialDistribution(comparisons, ErrorModel.LEVEL);
    int most = 0;
    while (most < comparisons && 1 - alarms.cumulativeProbability(most) >= ErrorModel.LEVEL) {
      most++;
    }
    return most;
  }

  /** The probability that so many comparisons show it when the error rate is twice as large. */
  public static double power(int comparisons) {
    return 1
        - new BinomialDistribution(comparisons, 2 * ErrorModel.LEVEL)
            .cumulativeProbability(mostFalseAlarms(comparisons));
  }

  /** The ends of the 95 % interval of a standard deviation, by the chi-squared distribution. */
  public static double[] interval(double sd, int df) {
    if (df < 1) {
      return new double[] {Double.NaN, Double.NaN};
    }
    ChiSquaredDistribution chi = new ChiSquaredDistribution(df);
    return new double[] {
      sd * Math.sqrt(df / chi.inverseCumulativeProbability(1 - ErrorModel.LEVEL / 2)),
      sd * Math.sqrt(df / chi.inverseCumulativeProbability(ErrorModel.LEVEL / 2))
    };
  }
}
