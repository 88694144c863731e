package crossover.bench.report;

import crossover.bench.results.Comparison;

/**
 * An interval as it is drawn beside its figures (interval.svg). Positions are percentages of the
 * drawing's width; what is beyond the axis stands at its end.
 *
 * @param kind the style: that of the verdict
 * @param ratio NaN: only the margin is drawn
 * @param low of the interval; NaN: only the ratio is drawn
 */
record Mark(Scale scale, String kind, double ratio, double low, double high, double margin) {
  private static final double NARROWEST_BAND = 0.4;

  static Mark of(Scale scale, Comparison c) {
    return new Mark(scale, Signs.kind(c.conclusion()), c.ratio(), c.low(), c.high(), c.margin());
  }

  static Mark onlyMargin(Scale scale, double margin) {
    return new Mark(scale, "", Double.NaN, Double.NaN, Double.NaN, margin);
  }

  boolean known() {
    return Double.isFinite(ratio);
  }

  boolean bounded() {
    return Double.isFinite(low) && Double.isFinite(high);
  }

  String at() {
    return scale.at(ratio);
  }

  String from() {
    return scale.at(low);
  }

  String to() {
    return scale.at(high);
  }

  boolean fromShown() {
    return scale.holds(low);
  }

  boolean toShown() {
    return scale.holds(high);
  }

  String one() {
    return scale.at(1);
  }

  String bandFrom() {
    return scale.at(1 / (1 + margin));
  }

  String bandWidth() {
    double width = scale.percent(1 + margin) - scale.percent(1 / (1 + margin));
    return Scale.percentage(Math.max(NARROWEST_BAND, width));
  }
}
