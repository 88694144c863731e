package crossover.bench.stats;

import org.hipparchus.analysis.solvers.BracketingNthOrderBrentSolver;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.special.Gamma;

/** How many rounds tell how much, asked before a run, or after one that was inconclusive. */
public final class Power {
  /** The chance of success that "detectable" and "would probably settle it" mean. */
  static final double WANTED = 0.8;

  private static final int MOST_ROUNDS = 1000;
  private static final NormalDistribution NORMAL = new NormalDistribution();

  private Power() {}

  /**
   * The smallest relative difference (0.02 is 2 %) that one comparison of two arms finds with 80 %
   * power.
   *
   * @param sd standard deviation of the log-ratio between rounds
   * @param rounds of the comparison; NaN is returned below 3
   */
  public static double detectable(double sd, int rounds) {
    if (rounds < 3 || !(sd >= 0)) {
      return Double.NaN;
    }
    double shift =
        new BracketingNthOrderBrentSolver()
            .solve(100, x -> ofTTest(x, rounds - 1, ErrorModel.LEVEL) - WANTED, 0, 200);
    return Math.expm1(shift * sd / Math.sqrt(rounds));
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
   * inconclusive: its interval would exclude 1 or lie within the margin. Effect and noise so far
   * are taken for the true ones; the critical value is that of the whole family, with the degrees
   * of freedom that further rounds bring. 1,000 means "1,000 or more".
   *
   * @param fit of the comparison so far
   * @param critical its critical value
   * @param rounds so far
   * @param logMargin the margin, as a logarithm
   */
  public static int furtherRounds(
      ErrorModel.Fit fit, double critical, int rounds, double logMargin) {
    double chance = new TDistribution(fit.df()).cumulativeProbability(-critical);
    int tooFew = 0;
    int enough = 1;
    while (enough < MOST_ROUNDS && !settles(fit, chance, rounds, enough, logMargin)) {
      tooFew = enough;
      enough *= 2;
    }
    while (enough - tooFew > 1) {
      int middle = (enough + tooFew) / 2;
      if (settles(fit, chance, rounds, middle, logMargin)) {
        enough = middle;
      } else {
        tooFew = middle;
      }
    }
    return Math.min(enough, MOST_ROUNDS);
  }

  private static boolean settles(
      ErrorModel.Fit fit, double chance, int rounds, int further, double logMargin) {
    double growth = (double) (rounds + further) / rounds;
    double error = fit.standardError() / Math.sqrt(growth);
    double df = fit.df() + (double) fit.df() / Math.max(1, rounds - 1) * further;
    // That of t takes long to find, and none is smaller than the normal one.
    return settles(fit, error, NORMAL.inverseCumulativeProbability(chance), logMargin)
        && settles(
            fit, error, new TDistribution(df).inverseCumulativeProbability(chance), logMargin);
  }

  private static boolean settles(
      ErrorModel.Fit fit, double error, double quantile, double logMargin) {
    double reach = -error * quantile;
    double outside = 1 - between(-reach, reach, fit.value(), error);
    double inside = between(reach - logMargin, logMargin - reach, fit.value(), error);
    return outside + inside >= WANTED;
  }

  private static double between(double low, double high, double mean, double error) {
    return low >= high
        ? 0
        : NORMAL.cumulativeProbability((high - mean) / error)
            - NORMAL.cumulativeProbability((low - mean) / error);
  }
}
