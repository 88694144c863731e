package crossover.bench.stats;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hipparchus.distribution.discrete.BinomialDistribution;

/**
 * What an arm compared with itself says about the method on this machine: every interval that
 * excludes 1 is a false alarm.
 *
 * @param comparisons comparisons that had an interval
 * @param excludingOne those whose interval excludes 1
 * @param share excludingOne ÷ comparisons; NaN when there is none
 * @param allowedShare the largest share that 5 % false alarms explain: of more, so many comparisons
 *     would show less than once in 20 calibrations
 * @param sdLogRatio standard deviation of the log-ratio between rounds, pooled over the comparisons
 * @param detectable by number of rounds: the smallest relative difference found with 80 % power
 */
public record Calibration(
    int comparisons,
    int excludingOne,
    double share,
    double allowedShare,
    double sdLogRatio,
    Map<Integer, Double> detectable) {

  private static final List<Integer> ROUNDS = List.of(4, 8, 16, 32);

  /** A summary of independent comparisons of an arm with itself, with 95 % intervals. */
  public static Calibration of(List<Comparison> all) {
    List<Comparison> told = all.stream().filter(c -> c.verdict() != Verdict.INSUFFICIENT).toList();
    int excluding = (int) told.stream().filter(Comparison::excludesOne).count();
    double squares = told.stream().mapToDouble(c -> c.df() * c.sd() * c.sd()).sum();
    int df = told.stream().mapToInt(Comparison::df).sum();
    double sd = Math.sqrt(squares / df);
    Map<Integer, Double> detectable =
        ROUNDS.stream()
            .collect(
                Collectors.toMap(
                    rounds -> rounds,
                    rounds -> Power.detectable(sd, rounds, Comparison.DEFAULT_LEVEL),
                    (one, other) -> one,
                    TreeMap::new));
    return new Calibration(
        told.size(),
        excluding,
        (double) excluding / told.size(),
        (double) mostFalseAlarms(told.size()) / told.size(),
        sd,
        detectable);
  }

  /**
   * Cuts the rounds of a calibration into consecutive groups, each a comparison of its own; what is
   * left over at the end joins the last group.
   *
   * @param size rounds a group, at least 3
   */
  public static List<List<LogRatio>> groups(List<LogRatio> rounds, int size) {
    int count = rounds.size() / size;
    return IntStream.range(0, count)
        .mapToObj(g -> rounds.subList(g * size, g == count - 1 ? rounds.size() : (g + 1) * size))
        .toList();
  }

  /** Whether the false alarms are no more than 5 % and its own binomial error explain. */
  public boolean sound() {
    return share <= allowedShare;
  }

  private static int mostFalseAlarms(int comparisons) {
    BinomialDistribution alarms = new BinomialDistribution(comparisons, Comparison.DEFAULT_LEVEL);
    int most = 0;
    while (most < comparisons && 1 - alarms.cumulativeProbability(most) >= 0.05) {
      most++;
    }
    return most;
  }
}
