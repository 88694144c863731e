package crossover.bench.report;

import crossover.bench.results.CrossoverMap;
import crossover.bench.results.CrossoverMap.Cell;
import crossover.bench.results.CrossoverMap.Crossing;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the report shows of a map, as text and a drawing ready for the template. */
record MapSection(
    String view,
    String baseline,
    String margin,
    String drawing,
    List<Key> keys,
    List<CellRow> cells,
    List<CrossingRow> crossings,
    List<ArmRow> arms) {

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

  /** One arm in one cell. */
  record ArmRow(
      String place,
      String arm,
      String throughput,
      String response,
      String refused,
      String unanswered,
      String kilobytes,
      String boundBy) {}

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
        map.boundary().stream().map(crossing -> row(map, crossing)).toList(),
        map.cells().stream().flatMap(MapSection::armRows).toList());
  }

  private static String place(Cell cell) {
    return Figures.whole(cell.users()) + " users · " + MapWords.delay(cell.delayMs());
  }

  private static Stream<ArmRow> armRows(Cell cell) {
    return cell.arms().entrySet().stream()
        .map(
            entry -> {
              CrossoverMap.Arm arm = entry.getValue();
              return new ArmRow(
                  place(cell),
                  entry.getKey(),
                  Figures.perSecond(arm.throughput()),
                  Figures.figure(arm.meanResponseMillis()),
                  Figures.percent(arm.refused()),
                  Figures.percent(arm.unanswered()),
                  Figures.figure(arm.waitingBytes() / 1000),
                  arm.boundBy());
            });
  }

  private static CellRow row(Cell cell) {
    return new CellRow(
        place(cell),
        cell.winner(),
        cell.candidate(),
        Figures.ratio(cell.ratio()),
        Figures.interval(cell.low(), cell.high()),
        cell.metric() == null ? null : cell.metric().label(),
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
