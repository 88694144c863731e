package crossover.bench.stats;

import crossover.bench.stats.BlockDesign.Spot;
import crossover.bench.stats.BlockDesign.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * All cells of a run in one metric each, with their noise: what an estimate of any contrast between
 * arms is, and how sure.
 */
public final class ErrorModel {
  /** The probability that an ordinary interval misses the truth, and the family of all of a run. */
  public static final double LEVEL = 0.05;

  private static final Map<List<Integer>, BlockDesign> DESIGNS = new ConcurrentHashMap<>();

  /** A contrast between the arms of a cell: the weights of the arms, which add up to 0. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Contrast(int cell, double[] weights) {
    /** One arm less another. */
    public static Contrast of(int cell, int arms, int candidate, int baseline) {
      double[] weights = new double[arms];
      weights[candidate]++;
      weights[baseline]--;
      return new Contrast(cell, weights);
    }
  }

  /**
   * The estimate of a contrast.
   *
   * @param standardError NaN where there is none
   * @param df degrees of freedom of the cell's variance
   */
  public record Fit(double value, double standardError, int df) {
    static final Fit NONE = new Fit(Double.NaN, Double.NaN, 0);
    private static final Map<Integer, Double> ORDINARY = new ConcurrentHashMap<>();

    /** Half the width of the ordinary 95 % interval; NaN where there is none. */
    public double halfWidth() {
      return df > 0 ? standardError * ordinary() : Double.NaN;
    }

    /** The t quantile of that interval. */
    public double ordinary() {
      return ORDINARY.computeIfAbsent(
          df, n -> new TDistribution(n).inverseCumulativeProbability(1 - LEVEL / 2));
    }
  }

  final List<BlockDesign> designs;
  final double[] shares;
  final double[] scales;
  private final List<double[]> values;
  private final double[][] effects;

  /**
   * @param cells the values of each cell, such as logarithms of a metric; those that are not finite
   *     are left out
   * @param arms the number of arms
   */
  public ErrorModel(List<List<Value>> cells, int arms) {
    List<List<Value>> usable =
        cells.stream()
            .map(c -> c.stream().filter(v -> Double.isFinite(v.value())).toList())
            .toList();
    designs = usable.stream().map(c -> design(c.stream().map(Value::spot).toList(), arms)).toList();
    values = new ArrayList<>();
    effects = new double[cells.size()][arms];
    double[][] squares = new double[cells.size()][arms];
    for (int cell = 0; cell < cells.size(); cell++) {
      BlockDesign design = designs.get(cell);
      values.add(usable.get(cell).stream().mapToDouble(Value::value).toArray());
      double[] residuals = values.get(cell).clone();
      design.fit(residuals, effects[cell]);
      for (int i = 0; i < design.size; i++) {
        squares[cell][design.arm[i]] += residuals[i] * residuals[i];
      }
    }
    shares = new double[arms];
    scales = new double[cells.size()];
    new Variances(designs).estimate(squares, shares, scales);
  }

  /** The same where all arms and cells are equally noisy: to plan a run. */
  public static ErrorModel alike(List<List<Value>> cells, int arms) {
    ErrorModel model = new ErrorModel(cells, arms);
    Arrays.fill(model.shares, 1);
    Arrays.fill(model.scales, 1);
    return model;
  }

  /** Equal designs are made once: simulations of them are kept. */
  static BlockDesign design(List<Spot> spots, int arms) {
    return DESIGNS.computeIfAbsent(
        BlockDesign.structure(spots, arms), s -> new BlockDesign(spots, arms));
  }

  /** The estimate of a contrast; nothing where the rounds at hand cannot tell it. */
  public Fit fit(Contrast contrast) {
    double value = 0;
    for (int arm = 0; arm < shares.length; arm++) {
      value += contrast.weights[arm] * effects[contrast.cell][arm];
    }
    return fit(contrast.cell, value, squaredWeights(contrast));
  }

  double[] squaredWeights(Contrast contrast) {
    return designs.get(contrast.cell).squaredWeights(contrast.weights);
  }

  /**
   * What standing one place later in a pass adds, on average over the days; nothing where arms take
   * turns.
   */
  public Fit placeEffect(int cell) {
    BlockDesign design = designs.get(cell);
    return design.hasPlaces()
        ? fit(cell, design.placeEffect(values.get(cell)), design.squaredPlaceWeights())
        : Fit.NONE;
  }

  private Fit fit(int cell, double value, double[] squaredWeights) {
    double variance = 0;
    for (int arm = 0; arm < shares.length; arm++) {
      variance += shares[arm] * squaredWeights[arm];
    }
    int df = designs.get(cell).df;
    return Double.isNaN(variance)
        ? Fit.NONE
        : new Fit(value, df > 0 ? Math.sqrt(variance * scales[cell]) : Double.NaN, df);
  }

  /** The standard deviation of an arm of share 1 between rounds, over all cells. */
  public double sd() {
    double sum = 0;
    for (int cell = 0; cell < scales.length; cell++) {
      int df = designs.get(cell).df;
      sum += df > 0 ? df * scales[cell] : 0;
    }
    return Math.sqrt(sum / df());
  }

  public int df() {
    return designs.stream().mapToInt(d -> d.df).filter(df -> df > 0).sum();
  }
}
