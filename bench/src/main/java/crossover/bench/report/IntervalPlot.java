package crossover.bench.report;

import crossover.bench.experiment.Cell;
import crossover.bench.results.Comparison;
import crossover.bench.results.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The intervals of a whole experiment as one picture: an SVG file for a README, which follows the
 * reader's light or dark preference (intervals.svg).
 */
public final class IntervalPlot {
  private static final int ROW = 26;
  private static final int GAP = 10;
  private static final double TICK_GAP = 8;

  /** What the template needs; heights are in pixels from the top. */
  record Picture(
      Summary summary,
      List<Group> groups,
      List<Scale.Tick> ticks,
      int axisY,
      int legendY,
      int height) {}

  record Group(int y, String name, String metric, List<Row> rows) {}

  record Row(int y, Comparison comparison, Mark mark) {}

  private IntervalPlot() {}

  /** The picture of all primary comparisons, as the text of an SVG file. */
  public static String of(Summary summary) {
    Scale scale = scale(summary);
    List<Group> groups = new ArrayList<>();
    int y = 8;
    for (Cell.Id cell : summary.measured()) {
      List<Comparison> comparisons = summary.primary(cell);
      if (comparisons.isEmpty()) {
        continue;
      }
      int title = y;
      List<Row> rows = new ArrayList<>();
      for (Comparison c : comparisons) {
        y += ROW;
        rows.add(new Row(y, c, Mark.of(scale, c)));
      }
      String metric = comparisons.get(0).metric().label();
      groups.add(new Group(title, CellPart.name(summary, cell), metric, rows));
      y += ROW + GAP;
    }
    return Templates.fill(
        "intervals.svg", new Picture(summary, groups, scale.ticks(TICK_GAP), y, y + 38, y + 50));
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
}
