package crossover.bench.report;

import crossover.bench.report.CrossoverMap.Cell;
import crossover.bench.report.CrossoverMap.Crossing;
import java.util.ArrayList;
import java.util.List;

/** What the report shows of a map, as text and a drawing ready for the template. */
record MapSection(
    String view,
    String baseline,
    String margin,
    String drawing,
    List<Key> keys,
    List<CellRow> cells,
    List<CrossingRow> crossings) {

  /** A colour and whose it is. */
  record Key(String style, String name) {}

  record CellRow(
      String place,
      String winner,
      String candidate,
      String ratio,
      String interval,
      String metric,
      int rounds,
      String boundBy,
      String reason) {}

  record CrossingRow(
      String candidate, String delay, String measured, String predicted, String why) {}

  static MapSection of(CrossoverMap map) {
    List<String> arms = new ArrayList<>(List.of(map.baseline()));
    map.boundary().stream().map(Crossing::candidate).distinct().forEach(arms::add);
    List<Key> keys = new ArrayList<>();
    arms.forEach(arm -> keys.add(new Key("arm" + arms.indexOf(arm), arm)));
    return new MapSection(
        map.view(),
        map.baseline(),
        Figures.percent(map.margin()),
        MapDrawing.of(map, arms),
        keys,
        map.cells().stream().map(MapSection::row).toList(),
        map.boundary().stream().map(crossing -> row(map, crossing)).toList());
  }

  private static CellRow row(Cell cell) {
    return new CellRow(
        "%s users · %s".formatted(MapWords.whole(cell.users()), MapWords.delay(cell.delayMs())),
        cell.winner(),
        cell.candidate(),
        Figures.ratio(cell.ratio()),
        Figures.interval(cell.low(), cell.high()),
        cell.metric(),
        cell.rounds(),
        cell.boundBy(),
        cell.reason());
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
