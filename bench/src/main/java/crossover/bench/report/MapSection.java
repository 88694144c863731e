package crossover.bench.report;

import crossover.bench.results.CrossoverMap;
import crossover.bench.results.CrossoverMap.Cell;
import crossover.bench.results.CrossoverMap.Crossing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What the report shows of a map. */
record MapSection(
    CrossoverMap map,
    MapDrawing drawing,
    List<Arm> arms,
    List<CellRow> cells,
    List<CrossingRow> crossings) {

  /** An arm and its colour. */
  record Arm(String style, String name) {}

  record CellRow(String where, Cell cell) {
    List<ArmRow> armRows() {
      return cell.arms().entrySet().stream()
          .map(entry -> new ArmRow(entry.getKey(), entry.getValue()))
          .toList();
    }
  }

  record ArmRow(String name, CrossoverMap.Arm arm) {}

  record CrossingRow(
      String candidate, String delay, String measured, String predicted, String why) {}

  static MapSection of(CrossoverMap map) {
    List<String> arms = new ArrayList<>(List.of(map.baseline()));
    map.boundary().stream().map(Crossing::candidate).distinct().forEach(arms::add);
    return new MapSection(
        map,
        new MapDrawing(map, arms),
        arms.stream().map(arm -> new Arm("arm" + arms.indexOf(arm), arm)).toList(),
        map.cells().stream()
            .map(
                cell ->
                    new CellRow(
                        Figures.whole(cell.users()) + " users · " + MapWords.delay(cell.delayMs()),
                        cell))
            .toList(),
        map.boundary().stream().map(crossing -> row(map, crossing)).toList());
  }

  /** A row of the grid on a terminal. */
  record GridRow(int users, List<String> cells) {}

  /** The most users first. */
  List<GridRow> rows() {
    return map.users().stream()
        .sorted(Comparator.reverseOrder())
        .map(
            users ->
                new GridRow(
                    users,
                    map.cells().stream()
                        .filter(cell -> cell.users() == users)
                        .map(cell -> (MapWords.winner(cell) + " " + MapWords.ratio(cell)).strip())
                        .toList()))
        .toList();
  }

  /** The cells in which an arm refused requests or did not answer. */
  List<CellRow> refused() {
    return cells.stream().filter(row -> MapWords.someArmFellShort(row.cell())).toList();
  }

  private static CrossingRow row(CrossoverMap map, Crossing crossing) {
    return new CrossingRow(
        crossing.candidate(),
        MapWords.delay(crossing.delayMs()),
        MapWords.from(map, crossing),
        MapWords.predictedFrom(map, crossing),
        MapWords.predicted(map, crossing).map(Crossing::why).orElse(""));
  }
}
