package crossover.bench.stats;

import java.util.Arrays;
import java.util.List;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.SingularValueDecomposition;

/**
 * How noisy each arm is in each cell of a run: the cell's variance times the arm's share of it.
 *
 * <p>An arm's share is estimated from its own residuals over those of the cell, without bias in a
 * two-way layout (Shukla 1972, Some statistical aspects of partitioning genotype-environmental
 * components of variability; here for incomplete layouts too), from all cells together, because a
 * few rounds of one cell tell little of it. For the same reason it is drawn towards 1 as if {@link
 * #PRIOR} more had been seen. Two arms have the same residuals but for the sign, so no shares;
 * there each cell's variance has few degrees of freedom, and is drawn towards the mean of all cells
 * instead (Smyth 2004, Linear models and empirical Bayes methods, with a fixed weight).
 */
final class Variances {
  /**
   * The weight of "all alike", in degrees of freedom: enough to take the worst out of four rounds,
   * and little against ten. With 2, three rounds whose baseline was twice as noisy were wrong too
   * often; a weight estimated from a few cells would be noisier than what it mends.
   */
  static final double PRIOR = 1;

  private static final double SMALLEST_SHARE = 0.2;

  private final List<BlockDesign> designs;
  private final RealMatrix solution;
  private final double weight;
  private final boolean twoArms;

  Variances(List<BlockDesign> designs) {
    this.designs = designs;
    int arms = designs.isEmpty() ? 0 : designs.get(0).arms;
    twoArms = arms == 2;
    double[][] sum = new double[Math.max(1, arms)][Math.max(1, arms)];
    double seen = 0;
    for (BlockDesign design : designs) {
      if (design.df > 0) {
        double present = Arrays.stream(design.arm).distinct().count();
        seen += Math.max(0, design.df * (present - 2) / (present * (present - 1)));
        for (int a = 0; a < arms; a++) {
          for (int b = 0; b < arms; b++) {
            sum[a][b] += design.squaredProjection[a][b];
          }
        }
      }
    }
    SingularValueDecomposition system =
        new SingularValueDecomposition(MatrixUtils.createRealMatrix(sum));
    boolean told = !twoArms && seen > 0 && system.getInverseConditionNumber() > 1e-6;
    weight = told ? seen : 0;
    solution = told ? system.getSolver().getInverse() : null;
  }

  /**
   * Estimates shares and scales.
   *
   * @param squares by cell and arm: the sum of the squared residuals
   * @param shares filled, by arm; their mean is 1
   * @param scales filled, by cell: the variance of an arm of share 1; NaN without a degree of
   *     freedom
   */
  void estimate(double[][] squares, double[] shares, double[] scales) {
    Arrays.fill(shares, 1);
    if (solution != null) {
      double[] relative = new double[shares.length];
      for (int cell = 0; cell < squares.length; cell++) {
        double all = sum(squares[cell]);
        for (int a = 0; a < shares.length && all > 0 && designs.get(cell).df > 0; a++) {
          relative[a] += squares[cell][a] / all * designs.get(cell).df;
        }
      }
      double[] raw = solution.operate(relative);
      double mean = 0;
      for (int a = 0; a < shares.length; a++) {
        shares[a] = Math.max(SMALLEST_SHARE, (weight * raw[a] + PRIOR) / (weight + PRIOR));
        mean += shares[a] / shares.length;
      }
      for (int a = 0; a < shares.length; a++) {
        shares[a] /= mean;
      }
    }
    double sum = 0;
    double df = 0;
    for (int cell = 0; cell < scales.length; cell++) {
      BlockDesign design = designs.get(cell);
      double expected = 0;
      for (int a = 0; a < shares.length; a++) {
        expected += shares[a] * design.diagonal[a];
      }
      scales[cell] = design.df > 0 ? sum(squares[cell]) / expected : Double.NaN;
      if (design.df > 0) {
        sum += design.df * scales[cell];
        df += design.df;
      }
    }
    for (int cell = 0; cell < scales.length && twoArms; cell++) {
      int own = designs.get(cell).df;
      scales[cell] = (own * scales[cell] + PRIOR * sum / df) / (own + PRIOR);
    }
  }

  /** A loop, for this is where simulations spend their time. */
  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}
