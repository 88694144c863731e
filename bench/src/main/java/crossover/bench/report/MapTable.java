package crossover.bench.report;

import crossover.bench.results.CrossoverMap;
import crossover.bench.results.CrossoverMap.Cell;
import crossover.bench.results.CrossoverMap.Crossing;
import crossover.bench.results.Summary;
import java.nio.file.Path;
import java.util.Locale;

/** A map on a terminal: the grid as text, then where each candidate overtakes the baseline. */
public final class MapTable {
  private static final String LABEL = "  %12s";
  private static final String COLUMN = "%16s";
  private static final String CROSSING = "  %-10s %10s  %-42s %s%n";

  private static final String ARM = "  %12s %10s  %-12s %10s %9s %10s %13s%n";

  private MapTable() {}

  /**
   * The whole text, of at most 100 columns for grids of up to five delays.
   *
   * @param summary what the map was made from, for its missed gates and notices
   * @param folder the results folder, as the reader should see its path
   */
  public static String of(CrossoverMap map, Summary summary, Path folder) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s: who serves most, by users and by what the link to the database adds to a round trip%n",
            map.view()));
    text.append(String.format(Locale.ROOT, LABEL, "users"));
    map.delaysMs()
        .forEach(delay -> text.append(String.format(Locale.ROOT, COLUMN, MapWords.delay(delay))));
    text.append(System.lineSeparator());
    for (int i = map.users().size() - 1; i >= 0; i--) {
      int users = map.users().get(i);
      text.append(String.format(Locale.ROOT, LABEL, Figures.whole(users)));
      map.cells().stream()
          .filter(cell -> cell.users() == users)
          .forEach(cell -> text.append(String.format(Locale.ROOT, COLUMN, cell(cell))));
      text.append(System.lineSeparator());
    }
    text.append(
        String.format(
            Locale.ROOT,
            "  The figure is the arm's ratio to %s, or the best other arm's.%n  ≈: no difference beyond ±%s; ?: undecided; alone: the baseline refuses.%n",
            map.baseline(),
            Figures.percent(map.margin())));
    text.append(System.lineSeparator());
    text.append(
        String.format(Locale.ROOT, CROSSING, "overtakes", "delay", "measured (95 %)", "predicted"));
    for (Crossing crossing : map.boundary()) {
      text.append(
          String.format(
              Locale.ROOT,
              CROSSING,
              crossing.candidate(),
              MapWords.delay(crossing.delayMs()),
              MapWords.from(map, crossing),
              MapWords.predictedFrom(map, crossing)));
    }
    if (map.cells().stream().anyMatch(MapWords::someArmFellShort)) {
      fellShort(map, text);
    }
    summary.gates().stream()
        .filter(gate -> !gate.passed() && !gate.name().equals("errors"))
        .forEach(gate -> ConsoleTable.wrap(text, "NOT VALID: ", gate.sentence()));
    summary.notices().forEach(notice -> ConsoleTable.wrap(text, "Note: ", notice));
    return text.append("Results: ").append(folder).append(System.lineSeparator()).toString();
  }

  /** Every arm of the cells in which one refused or did not answer: what holds there, what not. */
  private static void fellShort(CrossoverMap map, StringBuilder text) {
    text.append(System.lineSeparator());
    text.append(
        String.format(
            Locale.ROOT,
            ARM,
            "users",
            "delay",
            "arm",
            "served",
            "refused",
            "no answer",
            "kB a request"));
    map.cells().stream()
        .filter(MapWords::someArmFellShort)
        .forEach(
            cell ->
                cell.arms()
                    .forEach(
                        (name, arm) ->
                            text.append(
                                String.format(
                                    Locale.ROOT,
                                    ARM,
                                    Figures.whole(cell.users()),
                                    MapWords.delay(cell.delayMs()),
                                    name,
                                    Figures.perSecond(arm.throughput()),
                                    Figures.percent(arm.refused()),
                                    Figures.percent(arm.unanswered()),
                                    Figures.figure(arm.waitingBytes() / 1000)))));
    text.append(System.lineSeparator());
  }

  private static String cell(Cell cell) {
    return (MapWords.winner(cell) + " " + MapWords.ratio(cell)).strip();
  }
}
