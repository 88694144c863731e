package crossover.bench.stats;

import java.util.List;

/**
 * A candidate compared with its baseline on one metric: the ratio candidate ÷ baseline, how sure it
 * is, and what that means. The method is that of a crossover trial in two orders (docs/method.md;
 * Senn, Cross-over Trials in Clinical Research): what standing first is worth cancels out of the
 * ratio. Whatever the data cannot tell is NaN.
 *
 * @param rounds rounds that count
 * @param discarded rounds without a usable pass, left out
 * @param ratio candidate ÷ baseline
 * @param low lower end of the interval of the ratio; NaN below 3 rounds
 * @param high upper end
 * @param level probability that the interval misses the true ratio (0.05: a 95 % interval)
 * @param margin ratios from 1/(1 + margin) to 1 + margin do not matter in practice
 * @param better which way the metric points
 * @param verdict read from the interval
 * @param immaterial faster or slower, but the whole interval lies within the margin
 * @param pValue two-sided p-value of the t test for ratio 1
 * @param permutationP p-value of the sign-flip test, its cross-check; NaN below 6 rounds
 * @param periodEffect the factor that standing first in the round is worth
 * @param carryOver how the arms differ in what they leave behind for the one that follows, as a
 *     ratio; reported only, it never chooses the analysis
 * @param furtherRounds how many more rounds would probably settle an inconclusive comparison;
 *     otherwise 0
 * @param df degrees of freedom of the interval
 * @param sd standard deviation of the log-ratio between rounds of the same order
 */
public record Comparison(
    int rounds,
    int discarded,
    double ratio,
    double low,
    double high,
    double level,
    double margin,
    Better better,
    Verdict verdict,
    boolean immaterial,
    double pValue,
    double permutationP,
    Estimate periodEffect,
    Estimate carryOver,
    int furtherRounds,
    int df,
    double sd) {

  /** Below this many rounds there is no interval, rather than a false one. */
  public static final int FEWEST_ROUNDS = 3;

  /** The probability that an interval misses the true ratio, where nothing else is asked for. */
  public static final double DEFAULT_LEVEL = 0.05;

  /** The margin of practical equivalence, where nothing else is asked for. */
  public static final double DEFAULT_MARGIN = 0.05;

  /** A comparison with the 95 % interval and the margin of 5 %. */
  public static Comparison of(List<LogRatio> rounds, Better better) {
    return of(rounds, better, DEFAULT_MARGIN, DEFAULT_LEVEL);
  }

  /**
   * A comparison with a margin and a level of the caller's.
   *
   * @param rounds the rounds' values, in any sequence
   * @param margin above 0, fixed before the run
   * @param level above 0 and below 1; smaller than 0.05 where the run is looked at several times
   *     ({@link Looks#level()})
   * @throws IllegalArgumentException when margin or level are out of range
   */
  public static Comparison of(List<LogRatio> rounds, Better better, double margin, double level) {
    if (!(margin > 0)) {
      throw new IllegalArgumentException(
          "The margin must be above 0 (0.05 is 5 %), not " + margin + ".");
    }
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("The level must lie between 0 and 1, not " + level + ".");
    }
    List<LogRatio> usable = rounds.stream().filter(r -> Double.isFinite(r.difference())).toList();
    double[] differences = usable.stream().mapToDouble(LogRatio::difference).toArray();
    double[] sums = usable.stream().mapToDouble(LogRatio::sum).toArray();
    OrderFit fit = fit(differences, usable);
    OrderFit sumFit = fit(sums, usable);
    int n = usable.size();

    double reach = fit.reach(level);
    double logMargin = Math.log1p(margin);
    Verdict verdict = verdict(fit.mean, reach, logMargin, better);
    Estimate ratio = Estimate.ofLog(fit.mean, reach);

    return new Comparison(
        n,
        rounds.size() - n,
        ratio.value(),
        ratio.low(),
        ratio.high(),
        level,
        margin,
        better,
        verdict,
        Math.abs(fit.mean) > reach && within(fit.mean, reach, logMargin),
        fit.pValue(),
        SignFlip.pValue(differences, fit.weights),
        Estimate.ofLog(fit.halfDifference, reach),
        // The sums' two orders differ by what each arm passes on to the other; see Senn, §3.
        Estimate.ofLog(2 * sumFit.halfDifference, 2 * sumFit.reach(level)),
        verdict == Verdict.INCONCLUSIVE
            ? Power.furtherRounds(fit.mean, fit.sd, n, logMargin, level)
            : 0,
        fit.hasInterval() ? fit.df : 0,
        fit.sd);
  }

  /** Whether the interval leaves 1 out: a difference was found. */
  public boolean excludesOne() {
    return verdict == Verdict.FASTER || verdict == Verdict.SLOWER;
  }

  private static OrderFit fit(double[] values, List<LogRatio> rounds) {
    boolean[] first = new boolean[values.length];
    int[] day = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      first[i] = rounds.get(i).candidateFirst();
      day[i] = rounds.get(i).day();
    }
    return new OrderFit(values, first, day);
  }

  private static Verdict verdict(double log, double reach, double logMargin, Better better) {
    if (Double.isNaN(reach)) {
      return Verdict.INSUFFICIENT;
    }
    if (Math.abs(log) > reach) {
      return log > 0 == (better == Better.HIGHER) ? Verdict.FASTER : Verdict.SLOWER;
    }
    return within(log, reach, logMargin) ? Verdict.EQUIVALENT : Verdict.INCONCLUSIVE;
  }

  private static boolean within(double log, double reach, double logMargin) {
    return Math.abs(log) + reach <= logMargin;
  }
}
