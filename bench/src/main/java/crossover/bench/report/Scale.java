package crossover.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * A logarithmic axis, on which a half is as far from 1 as a double. Positions are SVG percentages,
 * so that a drawing fits any width without scaling its text.
 */
record Scale(double low, double high) {
  /** A range of ticks to choose from, finest first; the finest that leaves room is taken. */
  private static final List<double[]> STEPS =
      List.of(
          multiples(0.05, 30),
          multiples(0.1, 25),
          multiples(0.2, 20),
          new double[] {0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4},
          new double[] {0.1, 0.2, 0.5, 1, 2, 5, 10},
          new double[] {0.01, 0.1, 1, 10, 100, 1_000, 10_000});

  private static final int MOST_TICKS = 7;

  /** An axis that shows all of these values with a little air; unknown ones do not count. */
  static Scale around(DoubleStream values) {
    var range = values.filter(value -> value > 0 && value < 1e9).summaryStatistics();
    if (range.getCount() == 0) {
      return new Scale(0.9, 1.1);
    }
    double air = Math.max(1.02, Math.pow(range.getMax() / range.getMin(), 0.06));
    return new Scale(range.getMin() / air, range.getMax() * air);
  }

  private static double[] multiples(double step, int count) {
    return DoubleStream.iterate(1, i -> i + 1)
        .limit(count)
        .map(i -> Math.rint(i * step * 100) / 100)
        .toArray();
  }

  /** Where a value stands, from 0 to 100; what lies beyond the axis stands at its end. */
  double percent(double value) {
    double share = Math.log(value / low) / Math.log(high / low);
    return 100 * Math.max(0, Math.min(1, share));
  }

  /** Whether a value stands on the axis, not at its end for lack of room. */
  boolean holds(double value) {
    return value >= low && value <= high;
  }

  /** The same as an SVG coordinate. */
  String at(double value) {
    return String.format(Locale.ROOT, "%.2f%%", percent(value));
  }

  /** At most seven round values. */
  double[] ticks() {
    for (double[] step : STEPS) {
      double[] ticks = DoubleStream.of(step).filter(this::holds).toArray();
      if (ticks.length >= 2 && ticks.length <= MOST_TICKS) {
        return ticks;
      }
    }
    return new double[] {low, high};
  }
}
