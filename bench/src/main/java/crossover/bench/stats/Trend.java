package crossover.bench.stats;

import java.util.List;

/** The trend left over the slices of a round: whether an arm was warm while it was measured. */
public final class Trend {
  /** Not 5 %, because every arm of every cell is tested. */
  private static final double LEVEL = 0.01;

  private Trend() {}

  /**
   * The factor by which an arm's figure changes from a round's first slice to its last, along the
   * least-squares line through the logarithms, with its 99 % interval over the rounds. NaN with one
   * slice a round; below 3 rounds the interval is.
   *
   * @param rounds for each round, the figures of its slices in the sequence they were measured in;
   *     a figure that is not a positive number is left out
   */
  public static Estimate of(List<double[]> rounds) {
    List<LogRatio> changes =
        rounds.stream().map(round -> new LogRatio(change(round), 0, true, 0)).toList();
    Comparison mean = Comparison.of(changes, Better.HIGHER, Comparison.DEFAULT_MARGIN, LEVEL);
    return new Estimate(mean.ratio(), mean.low(), mean.high());
  }

  /**
   * Whether a trend speaks against the measurement: it is certain (the interval excludes 1) and it
   * matters (the change is beyond 5 %). What cannot be told (NaN) does not speak against it.
   */
  public static boolean isLeft(Estimate change) {
    boolean certain = change.low() > 1 || change.high() < 1;
    return certain && Math.abs(Math.log(change.value())) > Math.log1p(Comparison.DEFAULT_MARGIN);
  }

  private static double change(double[] slices) {
    double n = 0;
    double x = 0;
    double y = 0;
    double xx = 0;
    double xy = 0;
    for (int slice = 0; slice < slices.length; slice++) {
      if (slices[slice] > 0 && Double.isFinite(slices[slice])) {
        double log = Math.log(slices[slice]);
        n++;
        x += slice;
        y += log;
        xx += slice * slice;
        xy += slice * log;
      }
    }
    // One slice: 0/0, which is NaN, which is what is known of its trend.
    return (xy - x * y / n) / (xx - x * x / n) * (slices.length - 1);
  }
}
