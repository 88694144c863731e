package crossover.bench.report;

import crossover.bench.results.CrossoverMap;
import crossover.bench.results.CrossoverMap.Cell;
import crossover.bench.results.CrossoverMap.Crossing;
import crossover.bench.results.Summary;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A map on a terminal: the grid as text, then where each candidate overtakes the baseline. */
public final class MapTable {
  private static final String LABEL = "  %12s";
  private static final String COLUMN = "%16s";
  private static final String CROSSING = "  %-10s %10s  %-42s %s%n";
  private static final String ARM = "  %12s %10s  %-12s %10s %9s %10s %13s%n";

  private final CrossoverMap map;
  private final StringBuilder text = new StringBuilder();

  private MapTable(CrossoverMap map) {
    this.map = map;
  }

  /**
   * The whole text, of at most 100 columns for grids of up to five delays.
   *
   * @param summary what the map was made from, for its missed gates and notices
   * @param folder the results folder, as the reader should see its path
   */
  public static String of(CrossoverMap map, Summary summary, Path folder) {
    return new MapTable(map).render(summary, folder);
  }

  private String render(Summary summary, Path folder) {
    grid();
    boundary();
    List<Cell> shortOf = map.cells().stream().filter(MapWords::someArmFellShort).toList();
    if (!shortOf.isEmpty()) {
      everyArm(shortOf);
    }
    summary.gates().stream()
        .filter(gate -> !gate.passed() && !gate.name().equals("errors"))
        .forEach(gate -> ConsoleTable.wrap(text, "NOT VALID: ", gate.sentence()));
    summary.notices().forEach(notice -> ConsoleTable.wrap(text, "Note: ", notice));
    return text.append("Results: ").append(folder).append(System.lineSeparator()).toString();
  }

  private void grid() {
    print(
        "%s: which arm serves most, by users and by the delay of the link to the database%n",
        map.view());
    print(LABEL, "users");
    map.delaysMs().forEach(delay -> print(COLUMN, MapWords.delay(delay)));
    print("%n");
    for (int i = map.users().size() - 1; i >= 0; i--) {
      int users = map.users().get(i);
      print(LABEL, Figures.whole(users));
      map.cells().stream()
          .filter(cell -> cell.users() == users)
          .forEach(cell -> print(COLUMN, cell(cell)));
      print("%n");
    }
    print(
        "  The figure is the ratio of that arm, or of the best other arm, to %s.%n",
        map.baseline());
    print(
        "  ≈: no difference larger than ±%s; ?: undecided; alone: %s refuses requests.%n%n",
        Figures.percent(map.margin()), map.baseline());
  }

  private static String cell(Cell cell) {
    return (MapWords.winner(cell) + " " + MapWords.ratio(cell)).strip();
  }

  private void boundary() {
    print(CROSSING, "overtakes", "delay", "measured (95 %)", "predicted");
    for (Crossing crossing : map.boundary()) {
      print(
          CROSSING,
          crossing.candidate(),
          MapWords.delay(crossing.delayMs()),
          MapWords.from(map, crossing),
          MapWords.predictedFrom(map, crossing));
    }
  }

  /** Every arm of the cells in which one refused requests or did not answer. */
  private void everyArm(List<Cell> cells) {
    print("%n");
    print(ARM, "users", "delay", "arm", "served", "refused", "no answer", "kB a request");
    for (Cell cell : cells) {
      cell.arms()
          .forEach(
              (name, arm) ->
                  print(
                      ARM,
                      Figures.whole(cell.users()),
                      MapWords.delay(cell.delayMs()),
                      name,
                      Figures.perSecond(arm.throughput()),
                      Figures.percent(arm.refused()),
                      Figures.percent(arm.unanswered()),
                      Figures.figure(arm.waitingBytes() / 1000)));
    }
    print("%n");
  }

  private void print(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values));
  }
}
