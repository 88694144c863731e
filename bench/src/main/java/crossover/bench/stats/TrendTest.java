package crossover.bench.stats;

import java.util.Arrays;
import org.hipparchus.stat.correlation.KendallsCorrelation;
import org.hipparchus.stat.regression.SimpleRegression;

/** Whether a figure still changes from slice to slice. */
public final class TrendTest {
  /** Slices that {@link #improves} looks at. */
  public static final int WINDOW = 6;

  /**
   * Of the 15 pairs of slices, those in which the later one is better less those in which it is
   * worse: 5 or more. By chance alone one window in four has so many, and then waits a slice longer
   * than it need; a stricter limit would call noisy arms warm too early.
   */
  private static final double TREND = 5 / 15.0;

  private TrendTest() {}

  /**
   * Whether the last slices become less and less (CPU time per request while an arm warms up), by
   * Kendall's tau: counting pairs, not averaging, keeps one stalled slice from deciding. Source: H.
   * B. Mann (1945), Nonparametric tests against trend.
   *
   * @param slices oldest first; one that failed is NaN, and is waited out
   */
  public static boolean improves(double[] slices) {
    if (slices.length < WINDOW) {
      return true;
    }
    double[] last = Arrays.copyOfRange(slices, slices.length - WINDOW, slices.length);
    if (Arrays.stream(last).anyMatch(Double::isNaN)) {
      return true;
    }
    double[] time = {0, 1, 2, 3, 4, 5};
    return new KendallsCorrelation().correlation(time, last) <= -TREND + 1e-9;
  }

  /**
   * How a figure changes within a round, from its first slice to its last, along the least-squares
   * line through the logarithms.
   *
   * @param slices in the sequence they were measured in; those that are not positive are left out
   * @return as a logarithm; NaN for fewer than two
   */
  public static double change(double[] slices) {
    SimpleRegression line = new SimpleRegression();
    for (int slice = 0; slice < slices.length; slice++) {
      if (slices[slice] > 0 && Double.isFinite(slices[slice])) {
        line.addData(slice, Math.log(slices[slice]));
      }
    }
    return line.getN() > 1 ? line.getSlope() * (slices.length - 1) : Double.NaN;
  }
}
