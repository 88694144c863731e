package crossover.bench.report;

import static crossover.bench.text.Text.format;

import crossover.bench.results.History.Change;
import crossover.bench.results.History.Point;
import crossover.bench.results.History.Series;
import crossover.bench.results.Summary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the report shows of earlier runs. */
record HistoryPart(Summary summary) {
  private static final int FEWEST_OF_CHART = 2;

  /**
   * The ratios of one series, run by run (history.svg).
   *
   * @param one where the ratio 1 is; null beyond the drawing
   */
  record Chart(String name, String words, String one, List<Dot> dots, List<Level> levels) {}

  /** One run with its interval. */
  record Dot(String x, String y, String low, String high, String radius, String title) {}

  /** The mean between two changes. */
  record Level(String from, String to, String y, String ratio) {}

  /** How many runs there are, since when, and in how many series the ratio changed. */
  String lead() {
    List<Instant> times = points().map(Point::at).distinct().sorted().toList();
    return format(
        "%s of this experiment on this machine in %s%s%s. The ratio changed in %s of %s series.",
        Figures.count(summary.history().runs(), "run"),
        summary.history().store(),
        times.isEmpty() ? "" : ", since " + Figures.day(times.get(0)),
        summary.history().others() == 0
            ? ""
            : "; of other experiments or machines, and not used: " + summary.history().others(),
        changed().count(),
        summary.history().series().size());
  }

  private Stream<Point> points() {
    return summary.history().series().stream().flatMap(series -> series.points().stream());
  }

  List<String> notices() {
    return summary.history().notices();
  }

  private Stream<Series> changed() {
    return summary.history().series().stream().filter(series -> !series.changes().isEmpty());
  }

  /** Of each series that changed: one sentence for every change, and the last level. */
  List<String> changes() {
    return changed()
        .flatMap(
            series ->
                Stream.concat(
                    series.changes().stream().map(change -> sentence(series, change)),
                    Stream.of(lastLevel(series))))
        .toList();
  }

  private String lastLevel(Series series) {
    Change last = series.changes().get(series.changes().size() - 1);
    return format("%s is now %.3f of %s's.", name(series), last.after(), summary.baseline());
  }

  private String sentence(Series series, Change change) {
    boolean slower = change.after() < change.before() == series.metric().higherIsFaster();
    String digest = series.points().get(change.index()).digest();
    return format(
        "%s became %s with the run of %s: %.3f → %.3f (p %s%s).",
        name(series),
        slower ? "slower" : "faster",
        Figures.day(change.at()),
        change.before(),
        change.after(),
        change.p() < 1e-6 ? "< 0.000001" : format("= %.6f", change.p()),
        digest == null ? "" : "; WAR " + digest);
  }

  private String name(Series series) {
    String cell = CellPart.name(summary, series.cell());
    return format("%s · %s, %s", cell, series.arm(), series.metric().label());
  }

  /** Of the primary metrics, and of those that changed. */
  List<Chart> charts() {
    return summary.history().series().stream()
        .filter(series -> series.primary() || !series.changes().isEmpty())
        .filter(series -> series.points().size() >= FEWEST_OF_CHART)
        .map(this::chart)
        .toList();
  }

  private Chart chart(Series series) {
    List<Point> points = series.points();
    Scale scale =
        Scale.around(points.stream().flatMapToDouble(p -> DoubleStream.of(p.low(), p.high())));
    List<Dot> dots =
        IntStream.range(0, points.size())
            .mapToObj(i -> dot(scale, points.get(i), x(i + 0.5, points.size())))
            .toList();
    return new Chart(
        name(series),
        series.metric().higherIsFaster() ? "more is faster" : "less is faster",
        scale.holds(1) ? y(scale, 1) : null,
        dots,
        levels(scale, series));
  }

  private static Dot dot(Scale scale, Point p, String x) {
    return new Dot(
        x,
        y(scale, p.ratio()),
        y(scale, p.low()),
        y(scale, p.high()),
        p.current() ? "5" : "3",
        format(
            "%s: %.3f (%s)", Figures.day(p.at()), p.ratio(), Figures.interval(p.low(), p.high())));
  }

  private static List<Level> levels(Scale scale, Series series) {
    List<Level> levels = new ArrayList<>();
    int from = 0;
    for (Change change : series.changes()) {
      levels.add(level(scale, series, from, change.index(), change.before()));
      from = change.index();
    }
    if (from > 0) {
      double last = series.changes().get(series.changes().size() - 1).after();
      levels.add(level(scale, series, from, series.points().size(), last));
    }
    return levels;
  }

  private static Level level(Scale scale, Series series, int from, int to, double ratio) {
    int runs = series.points().size();
    return new Level(x(from, runs), x(to, runs), y(scale, ratio), Figures.ratio(ratio));
  }

  private static String x(double run, int runs) {
    return Scale.percentage(100 * run / runs);
  }

  /** SVG counts from the top; 8 % of the height stay empty at both ends. */
  private static String y(Scale scale, double ratio) {
    return Scale.percentage(92 - 0.84 * scale.percent(ratio));
  }
}
