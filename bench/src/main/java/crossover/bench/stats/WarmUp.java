package crossover.bench.stats;

/**
 * Decides from the data when an arm is warm: when its last six slices show no trend for the better
 * any more.
 *
 * <p>The trend is Kendall's: of the 15 pairs of slices, those in which the later one is better less
 * those in which it is worse. 5 or more is a trend (by chance alone one window in four has one, and
 * then waits a slice longer than it need; a stricter limit would call noisy arms warm too early).
 * Counting pairs, not averaging, keeps one stalled slice from deciding. Source: H. B. Mann (1945),
 * Nonparametric tests against trend.
 *
 * <p>CPU time per request is the best figure to decide by, for it is steadier than throughput.
 */
public final class WarmUp {
  /** Slices that are looked at; no arm is called warm before it had so many. */
  public static final int WINDOW = 6;

  private static final int TREND = 5;

  /** What to do next. */
  public enum State {
    /** Another slice of warm-up. */
    WARMING,
    /** Measure. */
    WARM,
    /**
     * Measure, and report that the arm was still getting better when the time for warming up was
     * over.
     */
    GIVEN_UP
  }

  private WarmUp() {}

  /**
   * The state after the slices so far.
   *
   * @param slices figures of the warm-up slices, oldest first; one that failed is NaN, and is
   *     waited out
   * @param better which way the figure points
   * @param most slices after which warming up ends in any case
   */
  public static State after(double[] slices, Better better, int most) {
    if (slices.length >= WINDOW && noTrend(slices, better)) {
      return State.WARM;
    }
    return slices.length >= most ? State.GIVEN_UP : State.WARMING;
  }

  private static boolean noTrend(double[] slices, Better better) {
    int improvements = 0;
    for (int later = slices.length - WINDOW; later < slices.length; later++) {
      if (Double.isNaN(slices[later])) {
        return false;
      }
      for (int earlier = slices.length - WINDOW; earlier < later; earlier++) {
        improvements += (int) Math.signum(slices[later] - slices[earlier]);
      }
    }
    return (better == Better.HIGHER ? improvements : -improvements) < TREND;
  }
}
