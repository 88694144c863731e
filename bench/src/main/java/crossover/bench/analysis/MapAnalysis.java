package crossover.bench.analysis;

import crossover.bench.experiment.Arm;
import crossover.bench.experiment.Cell;
import crossover.bench.experiment.Definition;
import crossover.bench.experiment.Grid;
import crossover.bench.results.ArmInCell;
import crossover.bench.results.Comparison;
import crossover.bench.results.CrossoverMap;
import crossover.bench.results.CrossoverMap.Crossing;
import crossover.bench.results.Environment;
import crossover.bench.results.Results;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import crossover.bench.results.Summary;
import crossover.bench.results.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From a summary to the map of which arm serves most where. */
public record MapAnalysis(
    Definition definition,
    Environment environment,
    Grid grid,
    Summary summary,
    List<SliceLine> slices) {

  /** The map of an experiment that is one ({@link Grid}), from what was found so far. */
  public static Optional<CrossoverMap> of(
      Definition definition, Environment environment, Summary summary, List<SliceLine> slices) {
    return Grid.of(definition)
        .map(grid -> new MapAnalysis(definition, environment, grid, summary, slices).map());
  }

  private CrossoverMap map() {
    List<CrossoverMap.Cell> cells = new ArrayList<>();
    List<Crossing> boundary = new ArrayList<>();
    List<Crossing> predicted = new ArrayList<>();
    for (double delay : grid.sites().keySet()) {
      List<CrossoverMap.Cell> row = grid.users().stream().map(u -> cell(u, delay)).toList();
      cells.addAll(row);
      for (Arm arm : definition.candidates()) {
        boundary.add(measured(arm.name(), delay, row));
        predicted(arm, delay).ifPresent(predicted::add);
      }
    }
    return new CrossoverMap(
        Results.FORMAT_VERSION,
        definition.name(),
        grid.view().name(),
        definition.baseline(),
        definition.margin(),
        "delayMs is what the link adds to one round trip to the database, half of it each way"
            + " unless the experiment says otherwise",
        grid.users(),
        List.copyOf(grid.sites().keySet()),
        cells,
        boundary,
        predicted);
  }

  private Cell.Id place(int users, double delay) {
    return new Cell.Id(grid.view().name(), grid.sites().get(delay).name(), users);
  }

  private CrossoverMap.Cell cell(int users, double delay) {
    Cell.Id place = place(users, delay);
    Map<String, Refusal> refusals = new LinkedHashMap<>();
    definition.arms().forEach(arm -> refusals.put(arm.name(), refusal(place, arm.name())));
    Winner winner = Winner.of(summary, place, refusals);
    Optional<Comparison> told = winner.comparison();
    Map<String, CrossoverMap.Arm> arms = new LinkedHashMap<>();
    summary.in(place).forEach(c -> arms.put(c.arm(), arm(place, c, refusals.get(c.arm()))));
    return new CrossoverMap.Cell(
        users,
        delay,
        winner.name(),
        told.map(Comparison::candidate).orElse(null),
        told.map(Comparison::ratio).orElse(Double.NaN),
        told.map(Comparison::low).orElse(Double.NaN),
        told.map(Comparison::high).orElse(Double.NaN),
        winner.boundBy(),
        winner.reason(),
        told.map(Comparison::rounds).orElse(0),
        told.map(Comparison::metric).orElse(null),
        arms);
  }

  private CrossoverMap.Arm arm(Cell.Id place, ArmInCell cell, Refusal refusal) {
    Optional<Comparison> own = summary.primary(place, cell.arm());
    return new CrossoverMap.Arm(
        cell.throughput(),
        cell.capacity(),
        cell.meanResponseMillis(),
        refusal.refused(),
        refusal.unanswered(),
        WaitingMemory.bytes(of(cell.arm()), place),
        cell.rounds() == 0 ? null : cell.boundBy(),
        own.map(Comparison::ratio).orElse(Double.NaN),
        own.map(Comparison::low).orElse(Double.NaN),
        own.map(Comparison::high).orElse(Double.NaN),
        own.map(Comparison::qualifiedVerdict).orElse(null));
  }

  private Refusal refusal(Cell.Id place, String arm) {
    return Refusal.of(
        of(arm).stream().filter(s -> s.phase() == Phase.CLOSED && s.cell().equals(place)).toList());
  }

  private List<SliceLine> of(String arm) {
    return slices.stream().filter(s -> s.arm().equals(arm)).toList();
  }

  /** A cell in which the arm refuses tells nothing of where it overtakes. */
  private Crossing measured(String arm, double delay, List<CrossoverMap.Cell> row) {
    List<Overtaking.Point> points =
        row.stream()
            .map(cell -> cell.users())
            .filter(users -> !summary.refuses(place(users, delay), arm))
            .map(users -> point(place(users, delay), arm))
            .toList();
    return Overtaking.of(arm, delay, row.get(0).users(), points, definition.margin());
  }

  private Overtaking.Point point(Cell.Id place, String arm) {
    boolean holds = summary.in(place, arm).filter(ArmInCell::valid).isPresent();
    return holds && summary.refuses(place, definition.baseline())
        ? Overtaking.Point.alone(place.users())
        : summary
            .primary(place, arm)
            .filter(c -> c.verdict() != Verdict.NOT_VALID)
            .map(c -> new Overtaking.Point(place.users(), c.ratio(), c.low(), c.high()))
            .orElse(new Overtaking.Point(place.users(), Double.NaN, Double.NaN, Double.NaN));
  }

  private Optional<Crossing> predicted(Arm arm, double delay) {
    return principles(definition.baselineArm())
        .flatMap(
            baseline ->
                principles(arm)
                    .map(own -> own.overtakes(baseline, arm.name(), delay, definition.margin())));
  }

  /**
   * The CPU times are those of the fewest users at the least delay, where the least queues, without
   * what the compilers took.
   */
  private Optional<FirstPrinciples> principles(Arm arm) {
    Cell.Id smallest = place(grid.users().get(0), grid.sites().firstKey());
    return summary
        .in(smallest, arm.name())
        .filter(cell -> cell.server() != null)
        .flatMap(
            cell ->
                FirstPrinciples.inFlight(arm)
                    .map(
                        inFlight ->
                            new FirstPrinciples(
                                inFlight,
                                1000 / cell.capacity() + cell.server().backendCpuMillisPerRequest(),
                                1000 / cell.capacity(),
                                environment.coresOfServer())));
  }
}
