package crossover.bench.report;

import crossover.bench.results.CrossoverMap;
import crossover.bench.results.CrossoverMap.Cell;
import crossover.bench.results.CrossoverMap.Crossing;
import crossover.bench.results.CrossoverMap.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The map as a drawing (map.svg): a column a delay, a row a number of users, the most at the top; a
 * cell's colour is its winner's. Lines show from how many users on a candidate overtakes: measured
 * with its uncertainty, predicted dashed. Colours come from the page's style sheet by class.
 *
 * @param arms in the order of their colours
 */
record MapDrawing(CrossoverMap map, List<String> arms) {
  private static final int LEFT = 76;
  private static final int TOP = 10;
  private static final int COLUMN = 158;
  private static final int ROW = 74;
  private static final int BOTTOM = 46;

  /** The lines meet a column left of its words; those of two candidates stand apart. */
  private static final int LEFT_OF_WORDS = 62;

  private static final int APART = 9;

  record Box(Cell cell, String style, double left, double top) {}

  /** From how many users on an arm overtakes, by delay: points as "x,y x,y". */
  record Line(String style, String predicted, String measured, List<Dot> dots) {}

  /** A measured crossing and its uncertainty. */
  record Dot(double x, double y, double low, double high) {}

  record Label(String style, double x, double y, String text) {}

  int width() {
    return LEFT + COLUMN * map.delaysMs().size() + 6;
  }

  int height() {
    return bottom() + BOTTOM;
  }

  private int bottom() {
    return TOP + ROW * map.users().size();
  }

  List<Box> boxes() {
    return map.cells().stream()
        .map(
            cell ->
                new Box(
                    cell,
                    style(cell.winner()),
                    centre(cell.delayMs()) - COLUMN / 2.0 + 2,
                    middle(cell.users()) - ROW / 2.0 + 2))
        .toList();
  }

  private String style(String winner) {
    int arm = arms.indexOf(winner);
    return arm >= 0 ? "arm" + arm : winner.equals(CrossoverMap.EQUIVALENT) ? "level" : "open";
  }

  List<Line> lines() {
    return arms.stream()
        .filter(arm -> !arm.equals(map.baseline()))
        .filter(arm -> map.cells().stream().anyMatch(cell -> cell.winner().equals(arm)))
        .map(this::line)
        .toList();
  }

  private Line line(String arm) {
    double aside = APART * arms.indexOf(arm) - LEFT_OF_WORDS;
    return new Line(
        style(arm),
        points(of(arm, map.predicted()), aside + 3),
        points(of(arm, map.boundary()), aside),
        of(arm, map.boundary()).stream()
            .filter(c -> c.where() == Where.WITHIN)
            .map(
                c ->
                    new Dot(
                        centre(c.delayMs()) + aside,
                        middle(c.users()),
                        Double.isFinite(c.low()) ? middle(c.low()) : bottom(),
                        Double.isFinite(c.high()) ? middle(c.high()) : TOP))
            .toList());
  }

  private static List<Crossing> of(String arm, List<Crossing> crossings) {
    return crossings.stream().filter(c -> c.candidate().equals(arm)).toList();
  }

  private String points(List<Crossing> crossings, double aside) {
    return crossings.stream()
        .filter(c -> c.where() != Where.UNDECIDED)
        .map(c -> Figures.pixels(centre(c.delayMs()) + aside) + "," + Figures.pixels(height(c)))
        .collect(Collectors.joining(" "));
  }

  private double height(Crossing crossing) {
    return switch (crossing.where()) {
      case AT_FEWEST -> bottom();
      case NOT_REACHED -> TOP;
      case WITHIN -> middle(crossing.users());
      case UNDECIDED -> throw new IllegalArgumentException("an undecided crossing has no place");
    };
  }

  List<Label> labels() {
    List<Label> labels = new ArrayList<>();
    for (int users : map.users()) {
      labels.add(new Label("end", LEFT - 10, middle(users) + 4, Figures.whole(users)));
    }
    for (double delay : map.delaysMs()) {
      labels.add(new Label("", centre(delay), bottom() + 18, MapWords.delay(delay)));
    }
    double centre = LEFT + COLUMN * map.delaysMs().size() / 2.0;
    labels.add(new Label("", centre, bottom() + 38, "added to a round trip to the database"));
    labels.add(new Label("end", LEFT - 10, bottom() + 18, "users"));
    return labels;
  }

  private double centre(double delay) {
    return LEFT + COLUMN * (map.delaysMs().indexOf(delay) + 0.5);
  }

  /** The height of a number of users: rows stand apart equally, and between them it is as a log. */
  private double middle(double users) {
    List<Integer> levels = map.users();
    if (levels.size() == 1) {
      return bottom() - ROW / 2.0;
    }
    int above =
        IntStream.range(1, levels.size() - 1)
            .filter(i -> users <= levels.get(i))
            .findFirst()
            .orElse(levels.size() - 1);
    double from = Math.log(levels.get(above - 1));
    double row = above - 1 + (Math.log(users) - from) / (Math.log(levels.get(above)) - from);
    double y = bottom() - ROW * (row + 0.5);
    return Math.max(TOP, Math.min(bottom(), y));
  }
}
