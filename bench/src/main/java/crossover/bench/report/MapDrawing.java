package crossover.bench.report;

import crossover.bench.results.CrossoverMap;
import crossover.bench.results.CrossoverMap.Cell;
import crossover.bench.results.CrossoverMap.Crossing;
import crossover.bench.results.CrossoverMap.Where;
import java.util.List;
import java.util.Locale;

/**
 * The map as an SVG element: a column a delay, a row a number of users, the most at the top; a
 * cell's colour is its winner's. Lines show from how many users on a candidate overtakes: measured
 * with its uncertainty, predicted dashed. Colours come from the page's style sheet by class.
 */
final class MapDrawing {
  private static final int LEFT = 76;
  private static final int TOP = 10;
  private static final int COLUMN = 158;
  private static final int ROW = 74;
  private static final int BOTTOM = 46;

  /** The lines meet a column left of its words; those of two candidates stand apart. */
  private static final int LEFT_OF_WORDS = 62;

  private static final int APART = 9;

  private final CrossoverMap map;
  private final List<String> arms;
  private final StringBuilder svg = new StringBuilder();

  private MapDrawing(CrossoverMap map, List<String> arms) {
    this.map = map;
    this.arms = arms;
  }

  /**
   * @param arms in the order of their colours
   */
  static String of(CrossoverMap map, List<String> arms) {
    return new MapDrawing(map, arms).draw();
  }

  private String draw() {
    add(
        "<svg class=\"map\" viewBox=\"0 0 %1$d %2$d\" style=\"max-width:%1$dpx\" role=\"img\" aria-labelledby=\"map-caption\">",
        LEFT + COLUMN * map.delaysMs().size() + 6, height() + BOTTOM);
    map.cells().forEach(this::ground);
    arms.stream().filter(this::winsSomewhere).forEach(this::lines);
    map.cells().forEach(this::words);
    for (int users : map.users()) {
      add(
          "<text class=\"axis end\" x=\"%d\" y=\"%.1f\">%,d</text>",
          LEFT - 10, middle(users) + 4, users);
    }
    for (int i = 0; i < map.delaysMs().size(); i++) {
      add(
          "<text class=\"axis\" x=\"%.1f\" y=\"%d\">%s</text>",
          centre(i), height() + 18, MapWords.delay(map.delaysMs().get(i)));
    }
    add(
        "<text class=\"axis\" x=\"%d\" y=\"%d\">added to a round trip to the database</text>",
        LEFT + COLUMN * map.delaysMs().size() / 2, height() + 38);
    add("<text class=\"axis end\" x=\"%d\" y=\"%d\">users</text>", LEFT - 10, height() + 18);
    return svg.append("</svg>").toString();
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values));
  }

  private int height() {
    return TOP + ROW * map.users().size();
  }

  private double centre(int column) {
    return LEFT + COLUMN * (column + 0.5);
  }

  /** The height of a number of users: rows stand apart equally, and between them it is as a log. */
  private double middle(double users) {
    List<Integer> levels = map.users();
    int above = 1;
    while (above < levels.size() - 1 && users > levels.get(above)) {
      above++;
    }
    double from = Math.log(levels.get(above - 1));
    double row = above - 1 + (Math.log(users) - from) / (Math.log(levels.get(above)) - from);
    double y = height() - ROW * (row + 0.5);
    return Math.max(TOP, Math.min(height(), y));
  }

  private void ground(Cell cell) {
    add(
        "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%d\" height=\"%d\" rx=\"5\"><title>%s</title></rect>",
        style(cell.winner()),
        x(cell) - COLUMN / 2.0 + 2,
        middle(cell.users()) - ROW / 2.0 + 2,
        COLUMN - 4,
        ROW - 4,
        escape(cell.reason()));
  }

  private void words(Cell cell) {
    double x = x(cell);
    double y = middle(cell.users());
    add("<text class=\"name\" x=\"%.1f\" y=\"%.1f\">%s</text>", x, y - 10, escape(name(cell)));
    add("<text class=\"ratio\" x=\"%.1f\" y=\"%.1f\">%s</text>", x, y + 8, MapWords.ratio(cell));
    add("<text class=\"interval\" x=\"%.1f\" y=\"%.1f\">%s</text>", x, y + 24, interval(cell));
  }

  private double x(Cell cell) {
    return centre(map.delaysMs().indexOf(cell.delayMs()));
  }

  private static String name(Cell cell) {
    String word = MapWords.winner(cell);
    return cell.winner().equals(word) ? word : word + " " + cell.winner();
  }

  private static String interval(Cell cell) {
    return Double.isFinite(cell.low())
        ? Figures.figure(cell.low()) + " – " + Figures.figure(cell.high())
        : "";
  }

  private String style(String winner) {
    int arm = arms.indexOf(winner);
    return arm >= 0 ? "arm" + arm : winner.equals(CrossoverMap.EQUIVALENT) ? "level" : "open";
  }

  private boolean winsSomewhere(String arm) {
    return !arm.equals(map.baseline())
        && map.cells().stream().anyMatch(cell -> cell.winner().equals(arm));
  }

  private void lines(String arm) {
    double aside = APART * arms.indexOf(arm) - LEFT_OF_WORDS;
    add("<g class=\"line arm%d\">", arms.indexOf(arm));
    line("predicted", arm, map.predicted(), aside + 3);
    line("measured", arm, map.boundary(), aside);
    map.boundary().stream()
        .filter(c -> c.candidate().equals(arm) && c.where() == Where.WITHIN)
        .forEach(c -> uncertainty(c, aside));
    add("</g>");
  }

  private void line(String css, String arm, List<Crossing> crossings, double aside) {
    StringBuilder points = new StringBuilder();
    crossings.stream()
        .filter(c -> c.candidate().equals(arm))
        .forEach(
            c -> points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(c) + aside, height(c))));
    if (points.length() > 0) {
      add("<polyline class=\"%s\" points=\"%s\"/>", css, points.toString().strip());
    }
  }

  private double x(Crossing crossing) {
    return centre(map.delaysMs().indexOf(crossing.delayMs()));
  }

  private double height(Crossing crossing) {
    return switch (crossing.where()) {
      case AT_FEWEST -> height();
      case NOT_REACHED -> TOP;
      case WITHIN -> middle(crossing.users());
    };
  }

  private void uncertainty(Crossing crossing, double aside) {
    double x = x(crossing) + aside;
    double low = Double.isFinite(crossing.low()) ? middle(crossing.low()) : height();
    double high = Double.isFinite(crossing.high()) ? middle(crossing.high()) : TOP;
    add("<line x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"%2$.1f\" y2=\"%3$.1f\"/>", x, low, high);
    add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/>", x, middle(crossing.users()));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
