package crossover.bench.stats;

import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.special.Gamma;

/**
 * How many rounds tell how much: questions to answer before a run, or after one that was
 * inconclusive. Rounds are taken to stand in both orders equally often, as the schedule has it.
 */
public final class Power {
  /** The chance of success that "detectable" and "would probably settle it" mean. */
  static final double WANTED = 0.8;

  private static final int MOST_ROUNDS = 1000;
  private static final NormalDistribution NORMAL = new NormalDistribution();

  private Power() {}

  /**
   * The smallest relative difference (0.02 is 2 %) that a comparison would call faster or slower
   * with 80 % power.
   *
   * @param sd standard deviation of the log-ratio between rounds
   * @param rounds rounds of the comparison; NaN is returned below 3
   * @param level probability that the interval excludes 1 by chance, usually 0.05
   */
  public static double detectable(double sd, int rounds, double level) {
    if (rounds < Comparison.FEWEST_ROUNDS || !(sd >= 0)) {
      return Double.NaN;
    }
    double low = 0;
    double high = 1;
    while (ofTTest(high, rounds - 2, level) < WANTED) {
      high *= 2;
    }
    while (high - low > 1e-9 * high) {
      double middle = (low + high) / 2;
      if (ofTTest(middle, rounds - 2, level) < WANTED) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Math.expm1(high * standardError(sd, rounds));
  }

  /**
   * Probability that a two-sided t test rejects when the true effect is {@code shift} standard
   * errors: the two tails of the noncentral t distribution, integrated over the distribution of the
   * estimated standard deviation.
   */
  static double ofTTest(double shift, int df, double level) {
    double t = new TDistribution(df).inverseCumulativeProbability(1 - level / 2);
    // u = s/σ: u²·df is chi-squared, so the density of u is
    // 2·(df/2)^(df/2)/Γ(df/2)·u^(df-1)·exp(-df·u²/2).
    double logFactor = Math.log(2) + df / 2.0 * Math.log(df / 2.0) - Gamma.logGamma(df / 2.0);
    double widest = 1 + 8 / Math.sqrt(df);
    int steps = 500;
    double width = widest / steps;
    double power = 0;
    for (int step = 0; step < steps; step++) {
      double u = (step + 0.5) * width;
      double density = Math.exp(logFactor + (df - 1) * Math.log(u) - df * u * u / 2);
      double rejects =
          NORMAL.cumulativeProbability(shift - t * u)
              + NORMAL.cumulativeProbability(-shift - t * u);
      power += density * rejects * width;
    }
    return power;
  }

  /**
   * How many more rounds would settle, with a probability of 80 %, a comparison that is
   * inconclusive: its interval would exclude 1 or lie within the margin. The effect and the spread
   * seen so far are taken for the true ones. Even, for rounds come in blocks of two; 1,000 means
   * "1,000 or more".
   *
   * @param log the estimate so far, as a logarithm
   * @param logMargin the margin, as a logarithm
   */
  static int furtherRounds(double log, double sd, int rounds, double logMargin, double level) {
    int enough = 2;
    while (enough < MOST_ROUNDS && !settles(log, sd, rounds + enough, logMargin, level)) {
      enough *= 2;
    }
    int tooFew = enough / 2;
    while (enough - tooFew > 2) {
      int middle = (enough + tooFew) / 4 * 2;
      if (settles(log, sd, rounds + middle, logMargin, level)) {
        enough = middle;
      } else {
        tooFew = middle;
      }
    }
    return Math.min(enough, MOST_ROUNDS);
  }

  private static boolean settles(
      double log, double sd, int rounds, double logMargin, double level) {
    double error = standardError(sd, rounds);
    double reach =
        error * new TDistribution(rounds - 2).inverseCumulativeProbability(1 - level / 2);
    double outside = 1 - between(-reach, reach, log, error);
    double inside = between(reach - logMargin, logMargin - reach, log, error);
    return outside + inside >= WANTED;
  }

  private static double standardError(double sd, int rounds) {
    int fewer = rounds / 2;
    int more = rounds - fewer;
    return sd / 2 * Math.sqrt(1.0 / fewer + 1.0 / more);
  }

  private static double between(double low, double high, double mean, double error) {
    return low >= high
        ? 0
        : NORMAL.cumulativeProbability((high - mean) / error)
            - NORMAL.cumulativeProbability((low - mean) / error);
  }
}
