package crossover.bench.results;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import crossover.bench.experiment.Cell;
import java.util.List;

/**
 * One arm against the baseline in one metric and cell.
 *
 * @param metricReason why this is the metric, as a sentence; null where there was no choice
 * @param primary in the family whose verdicts together are wrong at most 5 times in 100; everything
 *     else is exploratory
 * @param higherIsFaster whether a ratio above 1 means that the candidate is the faster one
 * @param rounds in which both arms were measured, which is n
 * @param discarded rounds in which one of them has no slice that may be used
 * @param ratio candidate ÷ baseline
 * @param low of the ratio's interval: that of all primary comparisons together where this is one of
 *     them, an ordinary 95 % interval otherwise; NaN below 3 rounds
 * @param high of the ratio's interval
 * @param standardError of ln(ratio)
 * @param critical low and high are ratio × exp(±critical × standardError)
 * @param margin practical equivalence: 0.05 is ±5 %
 * @param immaterial faster or slower, but the whole interval lies within the margin
 * @param periodEffect what standing one place later in a pass does, as a ratio; null where arms
 *     take turns, or unknown
 * @param carryOver what the arm before leaves behind, as a ratio; reported only; null where arms
 *     take turns, or unknown
 * @param furtherRounds that would probably settle an inconclusive comparison; else 0
 * @param logRatios what each round found: its ln(candidate) − ln(baseline)
 * @param why what explains the difference, as a sentence; null when nothing is known
 */
public record Comparison(
    @JsonUnwrapped Cell.Id cell,
    Metric metric,
    String metricReason,
    boolean primary,
    boolean higherIsFaster,
    String baseline,
    String candidate,
    int rounds,
    int discarded,
    double ratio,
    double low,
    double high,
    double standardError,
    double critical,
    double margin,
    Verdict verdict,
    boolean immaterial,
    Estimate periodEffect,
    Estimate carryOver,
    int furtherRounds,
    List<LogRatio> logRatios,
    String why) {

  /** Below this many rounds there is no interval, rather than a false one. */
  public static final int FEWEST_ROUNDS = 3;

  /** The 80 % point of the normal distribution, for a power of 80 %. */
  public static final double NORMAL_80 = 0.8416;

  /** What one round says of a candidate and its baseline. */
  public record LogRatio(int round, int day, double value) {}

  /** The verdict on what matters in practice: a difference within the margin is none. */
  public Verdict conclusion() {
    return immaterial ? Verdict.EQUIVALENT : verdict;
  }

  /**
   * The smallest difference that so many rounds on such a day find in 4 of 5 runs: 0.05 is 5 %. NaN
   * where there is no interval.
   */
  public double smallestFound() {
    return Math.expm1((critical + NORMAL_80) * standardError);
  }

  /** Half the width of the ratio's interval: 0.02 is ±2 %. NaN where there is none. */
  public double halfWidth() {
    return Math.expm1(critical * standardError);
  }

  /** The verdict with what qualifies it: "slower, immaterial", "inconclusive (+12)". */
  public String qualifiedVerdict() {
    return qualified(verdict, immaterial, furtherRounds);
  }

  static String qualified(Verdict verdict, boolean immaterial, int furtherRounds) {
    if (verdict == Verdict.TOO_FEW_ROUNDS) {
      return "too few rounds";
    }
    if (immaterial) {
      return verdict.label() + ", immaterial";
    }
    return furtherRounds > 0 ? verdict.label() + " (+" + furtherRounds + ")" : verdict.label();
  }
}
