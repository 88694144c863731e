package crossover.bench.analysis;

import crossover.bench.results.CrossoverMap.Crossing;
import crossover.bench.results.CrossoverMap.Where;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * From how many users on a candidate beats the baseline by more than the margin at one delay: the
 * first crossing of 1 + margin along the levels of users, interpolated between two neighbours as a
 * straight line of ln(ratio) over ln(users). The intervals decide whether there is one: a candidate
 * has overtaken from where the lower end is above. Its uncertainty comes from their ends,
 * interpolated in the same way: the upper ends cross first, the lower ends last.
 */
record Overtaking(List<Point> points, double level) {
  /** The ratio and its interval at one number of users. */
  record Point(int users, double ratio, double low, double high) {
    /** Where the baseline refuses and the candidate does not. */
    static Point alone(int users) {
      double all = Double.POSITIVE_INFINITY;
      return new Point(users, all, all, all);
    }
  }

  /**
   * @param fewest users of the grid
   * @param points in the order of users; those whose ratio is not known are passed over
   * @param margin a candidate that is ahead by less has not overtaken
   */
  static Crossing of(
      String candidate, double delayMs, int fewest, List<Point> points, double margin) {
    List<Point> known = points.stream().filter(p -> !Double.isNaN(p.ratio)).toList();
    Overtaking curve = new Overtaking(known, Math.log1p(margin));
    int ahead = curve.firstAbove(Point::low);
    boolean never = points.stream().allMatch(p -> Math.log(p.high) < curve.level);
    // Ahead from the first level that is known: since when nobody knows, if there are fewer users.
    boolean open = !known.isEmpty() && ahead == 0 && known.get(0).users != fewest;
    Where where =
        points.isEmpty() || open || (ahead == known.size() && !never)
            ? Where.UNDECIDED
            : never ? Where.NOT_REACHED : ahead == 0 ? Where.AT_FEWEST : Where.WITHIN;
    return new Crossing(
        candidate,
        delayMs,
        where,
        where == Where.WITHIN ? curve.users(Point::ratio, 0.5) : Double.NaN,
        open ? Double.NaN : curve.users(Point::high, 0),
        curve.users(Point::low, 1),
        null);
  }

  /**
   * The fewest where they are enough; NaN where the most are not.
   *
   * @param otherwise how far between two levels the crossing is taken to lie when the ratio at the
   *     upper one is beyond all bounds
   */
  private double users(ToDoubleFunction<Point> end, double otherwise) {
    int first = firstAbove(end);
    if (first == points.size()) {
      return Double.NaN;
    }
    if (first == 0) {
      return points.get(0).users;
    }
    Point below = points.get(first - 1);
    Point above = points.get(first);
    double from = Math.log(end.applyAsDouble(below));
    double to = Math.log(end.applyAsDouble(above));
    double share = Double.isInfinite(to) ? otherwise : (level - from) / (to - from);
    return below.users * Math.pow((double) above.users / below.users, share);
  }

  private int firstAbove(ToDoubleFunction<Point> end) {
    int first = 0;
    while (first < points.size() && !(Math.log(end.applyAsDouble(points.get(first))) >= level)) {
      first++;
    }
    return first;
  }
}
