package crossover.bench.report;

import crossover.bench.results.Summary.Comparison;
import crossover.bench.results.Summary.Estimate;
import crossover.bench.results.Summary.Latency;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The small drawings beside a row of figures, as the content of an SVG element of any width and
 * height. Colours come from the page's style sheet by class.
 */
final class Mark {
  private static final double SMALLEST_BAND = 0.4;
  private static final int HALF_CAP = 5;

  private Mark() {}

  /** The margin as a band, 1 as a line, the interval as a bar with its ends, the ratio as a dot. */
  static String interval(Scale scale, Comparison c, String kind) {
    if (!Double.isFinite(c.ratio())) {
      return margin(scale, c.margin());
    }
    return margin(scale, c.margin())
        + inTheMiddle(kind, bar(scale, c.low(), c.high()) + dot(scale, c.ratio(), 4.5));
  }

  /** What lies behind every interval of a place. */
  static String margin(Scale scale, double margin) {
    double from = scale.percent(1 / (1 + margin));
    double width = Math.max(SMALLEST_BAND, scale.percent(1 + margin) - from);
    return String.format(
        Locale.ROOT,
        "<rect class=\"margin\" x=\"%.2f%%\" width=\"%.2f%%\" height=\"100%%\"/>"
            + "<line class=\"one\" x1=\"%3$s\" x2=\"%3$s\" y2=\"100%%\"/>",
        from,
        width,
        scale.at(1));
  }

  /** The median as the largest dot, then p90, p99 and p99.9 along one line, as far as named. */
  static String latency(Scale scale, Latency latency) {
    double[] marks =
        Stream.of(latency.p50(), latency.p90(), latency.p99(), latency.p999())
            .mapToDouble(Estimate::value)
            .filter(Double::isFinite)
            .toArray();
    if (marks.length == 0) {
      return "";
    }
    StringBuilder drawing = new StringBuilder(line(scale, marks[0], marks[marks.length - 1], 0, 0));
    double radius = 5;
    for (double mark : marks) {
      drawing.append(dot(scale, mark, radius));
      radius -= 0.7;
    }
    return inTheMiddle("latency", drawing.toString());
  }

  /** The ticks of an axis and their values, at least a gap apart, in percent of the width. */
  static String axis(Scale scale, double gap) {
    StringBuilder svg = new StringBuilder();
    for (double tick : scale.ticks(gap)) {
      svg.append(
          "<line class=\"tick\" x1=\"%1$s\" x2=\"%1$s\" y2=\"5\"/><text x=\"%1$s\" y=\"18\">%2$s</text>"
              .formatted(
                  scale.at(tick),
                  new BigDecimal(tick, new MathContext(3)).stripTrailingZeros().toPlainString()));
    }
    return svg.toString();
  }

  /** Coordinates from here on count from half the height. */
  private static String inTheMiddle(String css, String drawing) {
    return "<svg y=\"50%%\" overflow=\"visible\"><g class=\"%s\">%s</g></svg>"
        .formatted(css, drawing);
  }

  private static String bar(Scale scale, double low, double high) {
    if (!Double.isFinite(low) || !Double.isFinite(high)) {
      return "";
    }
    return line(scale, low, high, 0, 0)
        + (scale.holds(low) ? line(scale, low, low, -HALF_CAP, HALF_CAP) : "")
        + (scale.holds(high) ? line(scale, high, high, -HALF_CAP, HALF_CAP) : "");
  }

  private static String line(Scale scale, double from, double to, int y1, int y2) {
    return "<line x1=\"%s\" x2=\"%s\" y1=\"%d\" y2=\"%d\"/>"
        .formatted(scale.at(from), scale.at(to), y1, y2);
  }

  private static String dot(Scale scale, double value, double radius) {
    return String.format(Locale.ROOT, "<circle cx=\"%s\" r=\"%.1f\"/>", scale.at(value), radius);
  }
}
