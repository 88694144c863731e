package crossover.bench.report;

import crossover.bench.text.Text;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A logarithmic axis, on which a half is as far from 1 as a double. Positions are SVG percentages,
 * so that a drawing fits any width without scaling its text.
 */
record Scale(double low, double high) {
  /** A round value, and where it stands. */
  record Tick(String at, String value) {}

  /** A range of ticks to choose from, finest first; the finest that leaves room is taken. */
  private static final List<double[]> STEPS =
      List.of(
          multiples(0.02, 100),
          multiples(0.05, 40),
          multiples(0.1, 30),
          multiples(0.2, 20),
          decades(1, 2, 5),
          decades(1, 3),
          decades(1));

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
    return DoubleStream.iterate(1, i -> i + 1).limit(count).map(i -> i * step).toArray();
  }

  private static double[] decades(double... firsts) {
    return DoubleStream.iterate(1e-3, decade -> decade < 1e6, decade -> decade * 10)
        .flatMap(decade -> DoubleStream.of(firsts).map(first -> first * decade))
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
    return percentage(percent(value));
  }

  static String percentage(double percent) {
    return String.format(Locale.ROOT, "%.2f%%", percent);
  }

  /**
   * As many round values as leave a gap between any two.
   *
   * @param gap in percent of the axis
   */
  List<Tick> ticks(double gap) {
    double[] values =
        STEPS.stream()
            .map(step -> DoubleStream.of(step).filter(this::holds).toArray())
            .filter(ticks -> ticks.length >= 2 && narrowest(ticks) >= gap)
            .findFirst()
            .orElse(new double[] {low, high});
    return DoubleStream.of(values).mapToObj(v -> new Tick(at(v), Text.rounded(v, 3))).toList();
  }

  private double narrowest(double[] ticks) {
    return IntStream.range(1, ticks.length)
        .mapToDouble(i -> percent(ticks[i]) - percent(ticks[i - 1]))
        .min()
        .orElse(100);
  }
}
