package crossover.bench.stats;

import java.util.Arrays;
import java.util.List;

/**
 * How much more a candidate has than its baseline, in the metric's own unit: for what adds, such as
 * a delay, where a ratio would depend on what is there already. The method is that of {@link
 * Comparison}, on plain differences in place of logarithms. What the data cannot tell is NaN.
 *
 * @param rounds rounds that count
 * @param value candidate − baseline
 * @param low lower end of its 95 % interval; NaN below 3 rounds
 * @param high upper end
 */
public record Difference(int rounds, double value, double low, double high) {

  /**
   * What one round says.
   *
   * @param difference mean over the round's passes of candidate − baseline; NaN when no pass can be
   *     used
   * @param candidateFirst whether the candidate stood before the baseline in the round's order
   * @param day number of the day the round was measured on
   */
  public record Round(double difference, boolean candidateFirst, int day) {

    /** The value of a round; element i of both arrays is the figure of its pass i. */
    public static Round of(double[] candidate, double[] baseline, boolean candidateFirst, int day) {
      double sum = 0;
      int passes = 0;
      for (int pass = 0; pass < candidate.length; pass++) {
        double difference = candidate[pass] - baseline[pass];
        if (Double.isFinite(difference)) {
          sum += difference;
          passes++;
        }
      }
      return new Round(sum / passes, candidateFirst, day);
    }
  }

  /** The difference over all rounds, in any sequence. */
  public static Difference of(List<Round> rounds) {
    List<Round> usable = rounds.stream().filter(r -> Double.isFinite(r.difference())).toList();
    double[] values = usable.stream().mapToDouble(Round::difference).toArray();
    boolean[] first = new boolean[values.length];
    int[] day = new int[values.length];
    Arrays.setAll(day, i -> usable.get(i).day());
    for (int i = 0; i < values.length; i++) {
      first[i] = usable.get(i).candidateFirst();
    }
    OrderFit fit = new OrderFit(values, first, day);
    double reach = fit.reach(Comparison.DEFAULT_LEVEL);
    return new Difference(values.length, fit.mean, fit.mean - reach, fit.mean + reach);
  }
}
