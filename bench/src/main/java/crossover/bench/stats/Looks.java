package crossover.bench.stats;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Random;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * When a run may be judged before its end, and how strictly, so that all looks together are wrong
 * no more often than one.
 *
 * <p>Every look uses the same level (Pocock 1977, Group sequential methods in the design and
 * analysis of clinical trials). His tables are for a known spread; here it is estimated from few
 * rounds, so the level comes from 200,000 simulated runs without any difference, with a fixed seed:
 * the level at which 5 % of them show one at some look. The same looks always have the same level.
 */
public final class Looks {
  private static final int RUNS = 200_000;
  private static final long SEED = 1977;

  private final int[] rounds;

  /** By look, then by simulated run: |t| of a comparison in which there is no difference. */
  private final double[][] statistics;

  private final double level;

  private Looks(int[] rounds) {
    this.rounds = rounds;
    this.statistics = simulate(rounds);
    this.level = rounds.length == 1 ? Comparison.DEFAULT_LEVEL : levelOf(Comparison.DEFAULT_LEVEL);
  }

  /** Looks after 8, 16, 24, 32 and 40 rounds. */
  public static Looks standard() {
    return at(8, 16, 24, 32, 40);
  }

  /**
   * Looks after the given numbers of rounds; the last is the end of the run. One look is a run that
   * never stops early.
   *
   * @throws IllegalArgumentException when there is none, they do not rise, or the first is below 3
   *     rounds
   */
  public static Looks at(int... rounds) {
    for (int look = 0; look < rounds.length; look++) {
      if (rounds[look] < (look == 0 ? Comparison.FEWEST_ROUNDS : rounds[look - 1] + 1)) {
        throw invalid(rounds);
      }
    }
    if (rounds.length == 0) {
      throw invalid(rounds);
    }
    return new Looks(rounds.clone());
  }

  /** The first look after so many rounds; empty when the run is at its end. */
  public OptionalInt after(int done) {
    return Arrays.stream(rounds).filter(look -> look > done).findFirst();
  }

  /** Whether a run may be judged now. */
  public boolean includes(int done) {
    return Arrays.stream(rounds).anyMatch(look -> look == done);
  }

  /**
   * The level of each look, for {@link Comparison#of(java.util.List, Better, double, double)}; 0.05
   * with one look.
   */
  public double level() {
    return level;
  }

  /**
   * What a p-value seen at a look is worth over all looks: how often a run without any difference
   * shows one as small at some look. This is the p-value that Holm's procedure takes.
   */
  public double overall(double pValue) {
    if (rounds.length == 1 || !(pValue > 0)) {
      return pValue;
    }
    double[] critical = new double[rounds.length];
    for (int look = 0; look < rounds.length; look++) {
      critical[look] =
          new TDistribution(rounds[look] - 2).inverseCumulativeProbability(1 - pValue / 2);
    }
    int crossed = 0;
    for (int run = 0; run < RUNS; run++) {
      int look = 0;
      while (look < rounds.length && statistics[look][run] < critical[look]) {
        look++;
      }
      crossed += look < rounds.length ? 1 : 0;
    }
    // Never better than the p-value itself, also where it is too small for 200,000 runs to show.
    return Math.max(pValue, (double) crossed / RUNS);
  }

  private double levelOf(double wanted) {
    double low = wanted / rounds.length;
    double high = wanted;
    while (high - low > 1e-5) {
      double middle = (low + high) / 2;
      if (overall(middle) > wanted) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return low;
  }

  private static double[][] simulate(int[] rounds) {
    if (rounds.length == 1) {
      return new double[0][];
    }
    double[][] statistics = new double[rounds.length][RUNS];
    Random random = new Random(SEED);
    for (int run = 0; run < RUNS; run++) {
      double[] sum = new double[2];
      double squares = 0;
      int look = 0;
      for (int n = 1; n <= rounds[rounds.length - 1]; n++) {
        double value = random.nextGaussian();
        sum[n % 2] += value;
        squares += value * value;
        if (n == rounds[look]) {
          statistics[look++][run] = statistic(sum, squares, n);
        }
      }
    }
    return statistics;
  }

  /** |t| of {@link OrderFit} for rounds that alternate between the orders. */
  private static double statistic(double[] sum, double squares, int n) {
    int even = n / 2;
    int odd = n - even;
    double residual = squares - sum[0] * sum[0] / even - sum[1] * sum[1] / odd;
    double mean = (sum[0] / even + sum[1] / odd) / 2;
    return Math.abs(mean) / Math.sqrt(residual / (n - 2) * (1.0 / even + 1.0 / odd) / 4);
  }

  private static IllegalArgumentException invalid(int[] rounds) {
    return new IllegalArgumentException(
        "Looks are rising numbers of rounds, the first at least "
            + Comparison.FEWEST_ROUNDS
            + ", such as 8, 16, 24; not "
            + Arrays.toString(rounds)
            + ".");
  }
}
