package crossover.bench.run;

import crossover.bench.experiment.Arm;
import crossover.bench.experiment.Cell;
import crossover.bench.experiment.Definition;
import crossover.bench.experiment.Measurement;
import crossover.bench.results.Results;
import crossover.bench.results.SliceLine.Phase;
import java.util.List;

/** What a results folder holds of one round; it changes as slices are added. */
final class MeasuredSlices {
  private final Definition definition;
  private final int round;
  private final Results results;

  MeasuredSlices(Definition definition, int round, Results results) {
    this.definition = definition;
    this.round = round;
    this.results = results;
  }

  /** The cells in which one of the arms has something left to measure. */
  List<Cell> missing(List<Cell> cells, List<Arm> arms) {
    return cells.stream()
        .filter(cell -> arms.stream().anyMatch(arm -> !isDone(cell, arm)))
        .toList();
  }

  private boolean isDone(Cell cell, Arm arm) {
    Measurement measurement = definition.measurement();
    return has(cell, arm, Phase.CLOSED, measurement.passes())
        && (measurement.latency(cell.view()).isEmpty() || has(cell, arm, Phase.OPEN, 1));
  }

  boolean has(Cell cell, Arm arm, Phase phase, int pass) {
    return has(round, cell, arm, phase, pass);
  }

  /** Whether the arrival rate of a cell is known: given, or found by the whole first round. */
  boolean hasRate(Cell cell) {
    Measurement measurement = definition.measurement();
    return measurement.latency(cell.view()).orElseThrow().rate().isPresent()
        || definition.arms().stream()
            .allMatch(arm -> has(1, cell, arm, Phase.CLOSED, measurement.passes()));
  }

  private boolean has(int ofRound, Cell cell, Arm arm, Phase phase, int pass) {
    return results.slices().stream()
        .anyMatch(
            s ->
                s.round() == ofRound
                    && s.phase() == phase
                    && s.pass() == pass
                    && s.arm().equals(arm.name())
                    && s.view().equals(cell.view().name())
                    && s.site().equals(cell.site().name())
                    && s.users() == cell.users());
  }
}
