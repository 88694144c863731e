package crossover.bench.report;

import crossover.bench.results.CrossoverMap;
import crossover.bench.results.CrossoverMap.Cell;
import crossover.bench.results.CrossoverMap.Crossing;
import java.util.ArrayList;
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
        MapDrawing.of(map, arms),
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

  String view() {
    return map.view();
  }

  String baseline() {
    return map.baseline();
  }

  double margin() {
    return map.margin();
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
