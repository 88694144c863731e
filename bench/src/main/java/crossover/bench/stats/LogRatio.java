package crossover.bench.stats;

/**
 * What one round says about one pair of arms on one metric.
 *
 * @param difference mean over the round's passes of ln(candidate) − ln(baseline); NaN when no pass
 *     can be used
 * @param sum mean over the same passes of ln(candidate) + ln(baseline), which only the carry-over
 *     is read from
 * @param candidateFirst whether the candidate stood before the baseline in the round's order
 * @param day number of the day the round was measured on; the days of a run are its blocks
 */
public record LogRatio(double difference, double sum, boolean candidateFirst, int day) {

  /**
   * The value of a round. Element i of both arrays is the figure of the round's pass i, so each
   * candidate's slice is compared with the baseline's slice next to it. A pass in which either
   * figure is not a positive number (the slice failed) is left out on both sides; a round in which
   * no pass is left has NaN and is counted as discarded.
   *
   * @throws IllegalArgumentException when the arms have not the same number of passes
   */
  public static LogRatio ofRound(
      double[] candidate, double[] baseline, boolean candidateFirst, int day) {
    if (candidate.length != baseline.length) {
      throw new IllegalArgumentException(
          "Slices are compared in pairs, but the candidate has "
              + candidate.length
              + " and the baseline "
              + baseline.length
              + "; give a slice that failed as NaN.");
    }
    double difference = 0;
    double sum = 0;
    int passes = 0;
    for (int pass = 0; pass < candidate.length; pass++) {
      if (usable(candidate[pass]) && usable(baseline[pass])) {
        difference += Math.log(candidate[pass]) - Math.log(baseline[pass]);
        sum += Math.log(candidate[pass]) + Math.log(baseline[pass]);
        passes++;
      }
    }
    return new LogRatio(difference / passes, sum / passes, candidateFirst, day);
  }

  /**
   * How much more this pair of arms differs than another did in the same round; the carry-over of
   * such a double difference is not told. Of the two orders only this pair's counts: in the
   * schedule's mirrored rounds the other pair's turns round with it.
   */
  public LogRatio minus(LogRatio other) {
    return new LogRatio(difference - other.difference, Double.NaN, candidateFirst, day);
  }

  private static boolean usable(double figure) {
    return figure > 0 && Double.isFinite(figure);
  }
}
