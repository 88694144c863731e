package crossover.bench.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.hipparchus.stat.StatUtils;

/**
 * Where the level of a series changed, by E-divisive: a stretch is divided where the energy
 * distance between its two sides is largest, and each part again, as long as the sides differ.
 *
 * <p>Sources: D. S. Matteson and N. A. James, A Nonparametric Approach for Multiple Change Point
 * Analysis of Multivariate Data, JASA 109 (2014), with the exponent 1. Its permutation test is
 * replaced as in M. Fleming, P. Kołaczkowski and others, Hunter: Using Change Point Detection to
 * Hunt for Performance Regressions, ICPE 2023: Student's t-test, which needs no random numbers and
 * fewer values; windows that overlap, so that many values do not hide a change among them; a first
 * pass at ten times the level, and then the weakest points are removed until all that are left hold
 * at the level itself. Level and shortest side are stricter than Hunter's (0.001, and two values):
 * they hold the false alarms of somebody who looks after every run (ChangePointsTest).
 */
public final class ChangePoints {
  /** Of a window, in values. */
  private static final int WINDOW = 50;

  /** Of the t-test on each change point of a series that stands alone. */
  public static final double LEVEL = 0.0001;

  /** Runs on each side of a change point: two disturbed runs are no change. */
  static final int FEWEST = 3;

  /** Differences below this share of the values are rounding. */
  private static final double ROUNDING = 1e-9;

  private final double[] series;
  private final double level;

  private ChangePoints(double[] series, double level) {
    this.series = series;
    this.level = level;
  }

  /**
   * A change of level.
   *
   * @param index the first value of the new level
   * @param before the mean from the change before it, or the start, on
   * @param after the mean up to the next change, or the end
   * @param p of the t-test between the two
   */
  public record ChangePoint(int index, double before, double after, double p) {}

  private record Candidate(int index, double distance) {}

  /**
   * The change points of a series, in their order.
   *
   * @param series finite values, the oldest first
   * @param level of the t-test; it is made where the two sides differ most, so of series without a
   *     change a larger share shows one
   */
  public static List<ChangePoint> of(double[] series, double level) {
    if (!Arrays.stream(series).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("not finite: " + Arrays.toString(series));
    }
    ChangePoints points = new ChangePoints(series.clone(), level);
    return points.strongest(points.divided());
  }

  /** The first pass: window by window. */
  private NavigableSet<Integer> divided() {
    NavigableSet<Integer> found = new TreeSet<>();
    int start = 0;
    while (start < series.length) {
      NavigableSet<Integer> here = divided(start, Math.min(start + WINDOW, series.length));
      found.addAll(here);
      start = Math.max(start + WINDOW / 2, here.isEmpty() ? 0 : here.last());
    }
    return found;
  }

  private NavigableSet<Integer> divided(int start, int end) {
    NavigableSet<Integer> ends = new TreeSet<>(List.of(start, end));
    while (true) {
      Candidate best =
          ends.headSet(end).stream()
              .map(from -> farthest(from, ends.higher(from)))
              .max(Comparator.comparingDouble(Candidate::distance))
              .orElseThrow();
      if (best.distance() <= 0 || tested(best.index(), ends).p() > 10 * level) {
        ends.removeAll(List.of(start, end));
        return ends;
      }
      ends.add(best.index());
    }
  }

  /**
   * The division of a stretch that is the best one, when what follows it may end before the stretch
   * does: formulas (5) to (7) of Matteson and James.
   */
  private Candidate farthest(int from, int to) {
    Candidate best = new Candidate(from, 0);
    double withinLeft = 0;
    for (int split = from + 1; split <= to - FEWEST; split++) {
      withinLeft += distances(split - 1, from, split - 1);
      double between = 0;
      double withinRight = 0;
      for (int end = split + 1; end <= to; end++) {
        between += distances(end - 1, from, split);
        withinRight += distances(end - 1, split, end - 1);
        int n = split - from;
        int m = end - split;
        if (Math.min(n, m) >= FEWEST) {
          double energy =
              2 * between / n / m - 2 * withinLeft / n / (n - 1) - 2 * withinRight / m / (m - 1);
          double distance = energy * n * m / (n + m);
          if (distance > best.distance()) {
            best = new Candidate(split, distance);
          }
        }
      }
    }
    return best;
  }

  /** The sum of the distances of one value to others. */
  private double distances(int value, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += Math.abs(series[value] - series[i]);
    }
    return sum;
  }

  /** The second pass: without those that do not hold at the level. */
  private List<ChangePoint> strongest(Collection<Integer> candidates) {
    NavigableSet<Integer> ends = new TreeSet<>(candidates);
    ends.addAll(List.of(0, series.length));
    while (true) {
      List<ChangePoint> points = new ArrayList<>();
      ends.stream()
          .filter(index -> index > 0 && index < series.length)
          .forEach(index -> points.add(tested(index, ends)));
      ChangePoint weakest =
          points.stream().max(Comparator.comparingDouble(ChangePoint::p)).orElse(null);
      if (weakest == null || weakest.p() <= level) {
        return List.copyOf(points);
      }
      ends.remove(weakest.index());
    }
  }

  /** By {@link TwoMeans}, up to the next points on both sides. */
  private ChangePoint tested(int index, NavigableSet<Integer> ends) {
    double[] left = Arrays.copyOfRange(series, ends.lower(index), index);
    double[] right = Arrays.copyOfRange(series, index, ends.higher(index));
    double before = StatUtils.mean(left);
    double after = StatUtils.mean(right);
    boolean same = Math.abs(after - before) <= ROUNDING * (Math.abs(before) + Math.abs(after));
    return new ChangePoint(index, before, after, same ? 1 : TwoMeans.of(right, left).p());
  }
}
