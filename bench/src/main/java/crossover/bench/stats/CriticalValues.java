package crossover.bench.stats;

import crossover.bench.stats.ErrorModel.Contrast;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * How many standard errors the intervals of a family of comparisons reach, so that all of them
 * together hold the truth 95 times in 100: the quantile of the largest |t| where nothing differs
 * (Dunnett 1955; Hsu, Multiple Comparisons, 1996). Comparisons share a baseline, cells share the
 * arms' shares of variance, and all are estimated; so the quantile is simulated: the same estimator
 * on 10,000 runs of the same design whose noise is what was estimated (parametric bootstrap). The
 * seed is fixed: the same data always give the same intervals.
 *
 * <p>Cells of fewer rounds have fewer degrees of freedom and a larger value: each comparison is
 * given the same chance to be wrong.
 */
public record CriticalValues(Map<Integer, Double> byDf) {
  private static final int RUNS = 10_000;
  private static final int STREAMS = 20;
  private static final long SEED = 1955;
  private static final int MOST_KEPT = 2_000;
  private static final Map<Key, double[]> KEPT = new ConcurrentHashMap<>();

  /** What a simulation depends on. */
  private record Key(
      List<BlockDesign> designs,
      List<List<Double>> contrasts,
      List<Long> shares,
      List<Long> scales) {}

  /** With so many degrees of freedom Student's t is as good as normal. */
  private static final int MOST_DF = 1_000;

  /** One cell of the family, ready to be simulated. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Cell(
      BlockDesign design, double scale, List<Contrast> contrasts, double[][] weights) {}

  /**
   * Of a family.
   *
   * @param family contrasts that have a standard error
   * @param level the probability that any interval of the family misses; 0.05 with one look
   */
  public static CriticalValues of(ErrorModel model, List<Contrast> family, double level) {
    int[] df =
        family.stream().mapToInt(c -> model.designs.get(c.cell()).df).distinct().sorted().toArray();
    Map<Integer, Double> byDf = new TreeMap<>();
    if (df.length > 0) {
      double[] chances = kept(model, family, df);
      double chance = chances[(int) Math.ceil(level * chances.length) - 1];
      for (int d : df) {
        byDf.put(d, new TDistribution(d).inverseCumulativeProbability(1 - chance / 2));
      }
    }
    return new CriticalValues(byDf);
  }

  /** For comparisons of a cell with so many degrees of freedom; NaN where the family has none. */
  public double at(int df) {
    return byDf.getOrDefault(df, Double.NaN);
  }

  /**
   * The point of Student's t that one comparison exceeds with a smaller chance than that of an
   * ordinary interval.
   *
   * @param ordinary the critical value of its 95 % interval, which tells the degrees of freedom
   * @param chance of exceeding the point on one side
   */
  public static double oneSided(double ordinary, double chance) {
    int df = 1;
    while (df < MOST_DF && quantile(df, ErrorModel.LEVEL / 2) > ordinary + 1e-9) {
      df++;
    }
    return quantile(df, chance);
  }

  private static double quantile(int df, double above) {
    return new TDistribution(df).inverseCumulativeProbability(1 - above);
  }

  private static double[] kept(ErrorModel model, List<Contrast> family, int[] df) {
    List<Integer> cells = family.stream().map(Contrast::cell).distinct().sorted().toList();
    double mean = cells.stream().mapToDouble(c -> model.scales[c]).average().orElseThrow();
    List<BlockDesign> designs = cells.stream().map(model.designs::get).toList();
    LongStream steps =
        cells.stream()
            .mapToLong(
                c -> model.shares.length > 2 ? 0 : Math.round(2 * log2(model.scales[c] / mean)));
    // It makes no difference which of equal cells is the noisy one.
    boolean equal = Set.copyOf(designs).size() == 1;
    List<Long> scales = (equal ? steps.sorted() : steps).boxed().toList();
    Key key =
        new Key(
            designs,
            family.stream().map(c -> Arrays.stream(c.weights()).boxed().toList()).toList(),
            shares(model, family, cells),
            scales);
    double[] found = KEPT.get(key);
    if (found == null) {
      List<Cell> simulated = new ArrayList<>();
      for (int i = 0; i < cells.size(); i++) {
        int cell = cells.get(i);
        List<Contrast> own = family.stream().filter(c -> c.cell() == cell).toList();
        simulated.add(
            new Cell(
                model.designs.get(cell),
                Math.pow(2, scales.get(i) / 2.0),
                own,
                own.stream().map(model::squaredWeights).toArray(double[][]::new)));
      }
      // Half a power of 2 in variance is a quarter in standard deviation.
      double[] noise = key.shares.stream().mapToDouble(q -> Math.pow(2, q / 4.0)).toArray();
      found = chances(simulated, noise, df);
      if (KEPT.size() >= MOST_KEPT) {
        KEPT.clear();
      }
      KEPT.put(key, found);
    }
    return found;
  }

  /**
   * In steps of √2. Where every arm was measured in every round and is compared with the baseline,
   * it makes no difference which arm is the noisy one, so the others are in order of their shares.
   */
  private static List<Long> shares(ErrorModel model, List<Contrast> family, List<Integer> cells) {
    long[] shares = Arrays.stream(model.shares).mapToLong(q -> Math.round(2 * log2(q))).toArray();
    double[] first = family.get(0).weights();
    int baseline = IntStream.range(0, first.length).filter(a -> first[a] < 0).findFirst().orElse(0);
    boolean alike =
        cells.stream().allMatch(c -> model.designs.get(c).isComplete())
            && family.size() == cells.size() * (shares.length - 1)
            && family.stream().allMatch(c -> c.weights()[baseline] == -1);
    if (alike) {
      long own = shares[baseline];
      shares[baseline] = Long.MIN_VALUE;
      Arrays.sort(shares);
      System.arraycopy(shares, 1, shares, 0, baseline);
      shares[baseline] = own;
    }
    return Arrays.stream(shares).boxed().toList();
  }

  private static double log2(double value) {
    return value > 0 && Double.isFinite(value) ? Math.log(value) / Math.log(2) : 0;
  }

  /** Of each simulated run the smallest p-value, ascending. */
  private static double[] chances(List<Cell> cells, double[] noise, int[] df) {
    double[][] largest = new double[RUNS][];
    Variances variances = new Variances(cells.stream().map(Cell::design).toList());
    IntStream.range(0, STREAMS)
        .parallel()
        .forEach(
            stream -> {
              SplittableRandom random = new SplittableRandom(SEED + stream);
              for (int run = stream; run < RUNS; run += STREAMS) {
                largest[run] = largest(cells, variances, noise, df, random);
              }
            });
    double[] chances = new double[RUNS];
    Arrays.fill(chances, 1);
    for (int d = 0; d < df.length; d++) {
      for (int run = 0; run < RUNS; run++) {
        chances[run] = Math.min(chances[run], beyond(largest[run][d], df[d]));
      }
    }
    Arrays.sort(chances);
    return chances;
  }

  /**
   * The probability that Student's |t| is larger: the finite sum for whole degrees of freedom
   * (Abramowitz & Stegun 26.7.3 and 26.7.4), many times faster than the incomplete beta function.
   */
  static double beyond(double t, int df) {
    double angle = Math.atan(t / Math.sqrt(df));
    double squaredCosine = df / (df + t * t);
    boolean odd = df % 2 == 1;
    double term = odd ? Math.cos(angle) : 1;
    double sum = 0;
    for (int i = df % 2; i <= df - 2; i += 2) {
      sum += term;
      term *= squaredCosine * (i + 1) / (i + 2);
    }
    double within = Math.sin(angle) * sum;
    return 1 - (odd ? 2 / Math.PI * (angle + within) : within);
  }

  /** Of one simulated run without any difference: the largest |t| by degrees of freedom. */
  private static double[] largest(
      List<Cell> cells, Variances variances, double[] noise, int[] df, SplittableRandom random) {
    double[][] effects = new double[cells.size()][noise.length];
    double[][] squares = new double[cells.size()][noise.length];
    for (int c = 0; c < cells.size(); c++) {
      BlockDesign design = cells.get(c).design;
      double[] values = new double[design.size];
      double sd = Math.sqrt(cells.get(c).scale);
      for (int i = 0; i < values.length; i++) {
        values[i] = sd * noise[design.arm[i]] * random.nextGaussian();
      }
      design.fit(values, effects[c]);
      for (int i = 0; i < values.length; i++) {
        squares[c][design.arm[i]] += values[i] * values[i];
      }
    }
    double[] shares = new double[noise.length];
    double[] scales = new double[cells.size()];
    variances.estimate(squares, shares, scales);
    double[] largest = new double[df.length];
    for (int c = 0; c < cells.size(); c++) {
      int group = Arrays.binarySearch(df, cells.get(c).design.df);
      for (int i = 0; i < cells.get(c).contrasts.size(); i++) {
        double[] weights = cells.get(c).contrasts.get(i).weights();
        double value = 0;
        double variance = 0;
        for (int arm = 0; arm < noise.length; arm++) {
          value += weights[arm] * effects[c][arm];
          variance += shares[arm] * cells.get(c).weights[i][arm];
        }
        double t = Math.abs(value) / Math.sqrt(variance * scales[c]);
        largest[group] = Math.max(largest[group], t);
      }
    }
    return largest;
  }
}
