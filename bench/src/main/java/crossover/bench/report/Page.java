package crossover.bench.report;

import crossover.bench.experiment.Cell;
import crossover.bench.results.Comparison;
import crossover.bench.results.CrossoverMap;
import crossover.bench.results.Json;
import crossover.bench.results.Summary;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.JsonNode;

/**
 * What the sections of a report show: each template names what it needs of this.
 *
 * @param map null where the experiment is none
 */
record Page(Summary summary, MapSection map, List<CellPart> cells, List<Facts> environment) {
  private static final String QUESTION = "Which concurrency model should serve this application?";

  /** Without the environment, for texts that do not show it. */
  static Page of(Summary summary, Optional<CrossoverMap> map) {
    return of(summary, map, Json.MAPPER.createObjectNode());
  }

  static Page of(Summary summary, Optional<CrossoverMap> map, JsonNode environment) {
    return new Page(
        summary, map.map(MapSection::of).orElse(null), CellPart.of(summary), Facts.of(environment));
  }

  String question() {
    return summary.question() == null ? QUESTION : summary.question();
  }

  Answer answer() {
    return Answer.of(summary);
  }

  /** What was measured, when, and for how long. */
  String lead() {
    int rounds = summary.comparisons().stream().mapToInt(Comparison::rounds).max().orElse(0);
    return String.join(
            "; ",
            Figures.count(distinct(Cell.Id::view).size(), "view"),
            Figures.count(summary.arms().size(), "arm"),
            Figures.count(rounds, "round")
                + (summary.time() == null ? "" : " in " + Figures.minutes(summary.time().total())),
            sites(),
            loads(),
            Figures.day(summary.started()))
        + ".";
  }

  /** Whether the user says how much slower an arm may be. */
  boolean slowdownLimited() {
    return summary.limits().stream().anyMatch(limit -> limit.option().equals("--max-slowdown"));
  }

  boolean everyGatePassed() {
    return summary.fit() && missedGates().isEmpty() && !summary.smoke();
  }

  /** Such as "9 minutes: measured 48 %, warm-up 35 %, other 17 %". */
  String shares() {
    Summary.Time time = summary.time();
    return String.format(
        Locale.ROOT,
        "%s: measured %s, warm-up %s, other %s",
        Figures.minutes(time.total()),
        Figures.percent(time.measured() / time.total()),
        Figures.percent(time.warmUp() / time.total()),
        Figures.percent(time.other() / time.total()));
  }

  /** Such as "3.1 to 6.8 %": the smallest differences that the primary comparisons could find. */
  String smallestFound() {
    return range(Comparison::smallestFound);
  }

  /** Such as "±1.9 to 3.0 %": how far the intervals of the primary comparisons reach. */
  String halfWidths() {
    return "±" + range(Comparison::halfWidth);
  }

  private String range(ToDoubleFunction<Comparison> figure) {
    var found = primary().stream().mapToDouble(figure).filter(Double::isFinite).summaryStatistics();
    if (found.getCount() == 0) {
      return "";
    }
    String least = difference(found.getMin());
    String most = difference(found.getMax());
    return least.equals(most) ? least : least + " to " + most;
  }

  private static String difference(double share) {
    return share < 1 ? Figures.percent(share) : "a factor of " + Figures.figure(1 + share);
  }

  String margin() {
    return primary().stream()
        .map(c -> Figures.percent(c.margin()))
        .findFirst()
        .orElse(Figures.UNKNOWN);
  }

  List<Comparison> primary() {
    return summary.comparisons().stream().filter(Comparison::primary).toList();
  }

  boolean moreRoundsWouldSettle() {
    return primary().stream().anyMatch(c -> c.furtherRounds() > 0);
  }

  List<Summary.Gate> missedGates() {
    return summary.gates().stream().filter(gate -> !gate.passed()).toList();
  }

  /** In a map, refused requests are a result. */
  List<Summary.Gate> missedButErrors() {
    return missedGates().stream().filter(gate -> !gate.name().equals("errors")).toList();
  }

  /** Null where the machine was not calibrated. */
  CalibrationPart calibration() {
    return summary.calibration() == null ? null : new CalibrationPart(summary.calibration());
  }

  /** Null where the user named no store. */
  HistoryPart history() {
    return summary.history() == null ? null : new HistoryPart(summary);
  }

  List<String> candidates() {
    return summary.arms().stream()
        .map(Summary.Arm::name)
        .filter(arm -> !arm.equals(summary.baseline()))
        .toList();
  }

  boolean severalCells() {
    return cells.size() > 1;
  }

  List<Comparison> exploratory() {
    return summary.comparisons().stream().filter(c -> !c.primary()).toList();
  }

  /** Such as "localhost, far". */
  String sites() {
    return String.join(", ", distinct(Cell.Id::site));
  }

  /** Such as "8, 32 users". */
  String loads() {
    List<String> users = distinct(cell -> String.valueOf(cell.users()));
    return String.join(", ", users) + (users.equals(List.of("1")) ? " user" : " users");
  }

  private List<String> distinct(Function<Cell.Id, String> part) {
    return summary.measured().stream().map(part).distinct().toList();
  }

  boolean latencyMeasured() {
    return summary.cells().stream().anyMatch(cell -> cell.latency() != null);
  }

  /** The summary, with nothing in it that ends the element around it. */
  String json() {
    return Json.MAPPER.writeValueAsString(summary).replace("<", "\\u003c");
  }
}
