package crossover.bench.report;

import crossover.bench.results.Summary;
import crossover.bench.results.Summary.Comparison;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The intervals of a whole experiment as one picture: an SVG file for a README, that follows the
 * reader's light or dark preference.
 */
public final class IntervalPlot {
  private static final int WIDTH = 920;
  private static final int NAMES = 190;
  private static final int ROW = 26;
  private static final int WORDS = 320;
  private static final int PLOT = WIDTH - NAMES - WORDS;
  private static final String STYLE =
      """
      text{font:13px system-ui,-apple-system,"Segoe UI",sans-serif;fill:#24292f}
      .ground{fill:#fff}.title{font-weight:600}.quiet,.axis text{fill:#57606a}.axis text{text-anchor:middle;font-size:11px}
      .one{stroke:#8c959f}.margin{fill:#8c959f;opacity:.18}.tick{stroke:#8c959f}
      .faster{stroke:#0a6fb8;fill:#0a6fb8}.slower{stroke:#c2500a;fill:#c2500a}
      .equivalent,.inconclusive,.invalid,.unknown{stroke:#6e7781;fill:#6e7781}
      .inconclusive circle,.invalid circle,.unknown circle{fill:#fff}
      g line{stroke-width:2}g text{stroke:none}
      @media(prefers-color-scheme:dark){
      .ground{fill:#0d1117}text{fill:#e6edf3}.quiet,.axis text{fill:#9198a1}
      .faster{stroke:#58b0f0;fill:#58b0f0}.slower{stroke:#f0883e;fill:#f0883e}
      .inconclusive circle,.invalid circle,.unknown circle{fill:#0d1117}}
      """;

  private IntervalPlot() {}

  /** The picture of all primary comparisons, as the text of an SVG file. */
  public static String of(Summary summary) {
    Scale scale = scale(summary);
    StringBuilder body = new StringBuilder();
    int y = 8;
    List<Place> places = Place.of(summary);
    for (Place place : places) {
      List<Comparison> comparisons = place.primary(summary);
      if (comparisons.isEmpty()) {
        continue;
      }
      body.append(
          text("title", 8, y + 17, place.among(places) + ": " + comparisons.get(0).metric()));
      y += ROW;
      for (Comparison comparison : comparisons) {
        body.append(row(summary, place, comparison, scale, y));
        y += ROW;
      }
      y += 10;
    }
    body.append(inset("axis", y, Mark.axis(scale, 8)));
    y += 24;
    body.append(
        text(
            "quiet",
            NAMES,
            y + 14,
            "arm ÷ " + summary.baseline() + ", 95 % interval; band: no difference that matters"));
    y += 26;
    return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img">
        <title>%3$s</title>
        <style>
        %4$s</style>
        <rect class="ground" width="100%%" height="100%%"/>
        %5$s</svg>
        """
        .formatted(
            WIDTH,
            y,
            escape("Every arm compared with " + summary.baseline() + ": " + summary.experiment()),
            STYLE,
            body);
  }

  /** One axis for every view, so that the eye may compare them. */
  static Scale scale(Summary summary) {
    return Scale.around(
        summary.comparisons().stream()
            .filter(Comparison::primary)
            .flatMapToDouble(
                c ->
                    DoubleStream.of(
                        c.ratio(), c.low(), c.high(), 1 + c.margin(), 1 / (1 + c.margin()))));
  }

  private static String row(Summary summary, Place place, Comparison c, Scale scale, int y) {
    String words =
        Figures.ratio(c.ratio())
            + "  ("
            + Figures.interval(c.low(), c.high())
            + ")  "
            + place.label(summary, c);
    return text("quiet", 24, y + 17, c.candidate())
        + inset("", y, Mark.interval(scale, c, place.kind(summary, c)))
        + text("", NAMES + PLOT + 16, y + 17, words);
  }

  private static String inset(String css, int y, String content) {
    return "<svg class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" overflow=\"visible\">%s</svg>\n"
        .formatted(css, NAMES, y, PLOT, ROW, content);
  }

  private static String text(String css, int x, int y, String text) {
    return "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>\n".formatted(css, x, y, escape(text));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
