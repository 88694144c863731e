package crossover.bench.stats;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * How strictly each of several looks at a run judges, so that all of them together are wrong no
 * more often than one.
 *
 * <p>Every look has the same level (Pocock 1977, Group sequential methods in the design and
 * analysis of clinical trials). His tables are for one comparison of a known spread; so the level
 * is simulated: runs of so many cells and arms without any difference, judged at each look by the
 * largest |t| of their comparisons with the baseline. The seed is fixed.
 */
public final class Looks {
  private static final int RUNS = 20_000;
  private static final long SEED = 1977;
  private static final Map<List<Object>, Double> KEPT = new ConcurrentHashMap<>();

  private Looks() {}

  /**
   * The level of each look; 0.05 with one.
   *
   * @param rounds the numbers of rounds after which somebody looks, rising; the last is the end
   * @param cells of the experiment
   * @param arms the baseline included
   * @throws IllegalArgumentException when there is no look, they do not rise, or the first comes
   *     before there is an interval
   */
  public static double level(List<Integer> rounds, int cells, int arms) {
    boolean rising =
        IntStream.range(1, rounds.size()).allMatch(i -> rounds.get(i) > rounds.get(i - 1));
    if (rounds.isEmpty() || !rising || rounds.get(0) < 3) {
      throw new IllegalArgumentException(
          "Looks are rising numbers of rounds, the first at least 3, such as 8, 16, 24; not "
              + rounds
              + ".");
    }
    return rounds.size() == 1
        ? ErrorModel.LEVEL
        : KEPT.computeIfAbsent(
            List.of(List.copyOf(rounds), cells, arms), key -> simulate(rounds, cells, arms));
  }

  private static double simulate(List<Integer> rounds, int cells, int arms) {
    double[] smallest = new double[RUNS];
    Arrays.fill(smallest, 1);
    double[][] largest = new double[rounds.size()][RUNS];
    IntStream.range(0, RUNS)
        .parallel()
        .forEach(
            run -> {
              SplittableRandom random = new SplittableRandom(SEED + run);
              for (int cell = 0; cell < cells; cell++) {
                simulate(random, rounds, arms, largest, run);
              }
            });
    for (int look = 0; look < rounds.size(); look++) {
      // What a look's largest |t| is worth: its rank among those of all runs at that look.
      double[] sorted = largest[look].clone();
      Arrays.sort(sorted);
      for (int run = 0; run < RUNS; run++) {
        double above = RUNS - Arrays.binarySearch(sorted, largest[look][run]);
        smallest[run] = Math.min(smallest[run], above / RUNS);
      }
    }
    Arrays.sort(smallest);
    return smallest[(int) (ErrorModel.LEVEL * RUNS)];
  }

  /** One cell from round to round: notes the largest |t| at each look where it is the largest. */
  private static void simulate(
      SplittableRandom random, List<Integer> rounds, int arms, double[][] largest, int run) {
    double[] sums = new double[arms];
    double squares = 0;
    int look = 0;
    for (int n = 1; look < rounds.size(); n++) {
      double mean = 0;
      double[] values = new double[arms];
      for (int arm = 0; arm < arms; arm++) {
        values[arm] = random.nextGaussian();
        mean += values[arm] / arms;
      }
      for (int arm = 0; arm < arms; arm++) {
        sums[arm] += values[arm] - mean;
        squares += (values[arm] - mean) * (values[arm] - mean);
      }
      if (n == rounds.get(look)) {
        double rest = squares;
        double most = 0;
        for (int arm = 0; arm < arms; arm++) {
          rest -= sums[arm] * sums[arm] / n;
          most = Math.max(most, Math.abs(sums[arm] - sums[0]) / n);
        }
        double error = Math.sqrt(2 * rest / ((n - 1) * (arms - 1)) / n);
        largest[look][run] = Math.max(largest[look][run], most / error);
        look++;
      }
    }
  }
}
