package crossover.bench.run;

import crossover.bench.experiment.Arm;
import crossover.bench.experiment.Cell;
import crossover.bench.experiment.Definition;
import crossover.bench.experiment.Measurement;
import crossover.bench.results.Results;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a results folder holds of one round; it changes as slices are added.
 *
 * <p>A cell that was cut before all of its arms were measured is measured again for all of them, in
 * a new attempt: what servers did yesterday is not compared with what others do today.
 */
final class MeasuredSlices {
  private final Definition definition;
  private final int round;
  private final Results results;
  private final int attempt;

  MeasuredSlices(Definition definition, int round, Results results) {
    this.definition = definition;
    this.round = round;
    this.results = results;
    attempt =
        1
            + Stream.concat(
                    results.allSlices().stream()
                        .filter(s -> s.round() == round)
                        .map(SliceLine::attempt),
                    results.rounds().stream().filter(r -> r.round() == round).map(r -> r.attempt()))
                .max(Integer::compare)
                .orElse(0);
  }

  /** Of this round, the attempt that begins now. */
  int attempt() {
    return attempt;
  }

  /** The cells that earlier attempts have not measured completely. */
  List<Cell> incomplete(List<Cell> cells) {
    return cells.stream()
        .filter(cell -> definition.arms().stream().anyMatch(arm -> !isDone(cell, arm, 0)))
        .toList();
  }

  /** The cells in which one of the arms has something left to measure in this attempt. */
  List<Cell> left(List<Cell> cells, List<Arm> arms) {
    return cells.stream()
        .filter(cell -> arms.stream().anyMatch(arm -> !isDone(cell, arm, attempt)))
        .toList();
  }

  private boolean isDone(Cell cell, Arm arm, int since) {
    Measurement measurement = definition.measurement();
    return has(cell, arm, Phase.CLOSED, measurement.passes(), since)
        && (measurement.latency(cell.view()).isEmpty() || has(cell, arm, Phase.OPEN, 1, since));
  }

  /** Whether this attempt has measured a slice. */
  boolean has(Cell cell, Arm arm, Phase phase, int pass) {
    return has(cell, arm, phase, pass, attempt);
  }

  /** Whether the arrival rate of a cell is known: given, or found by a whole round. */
  boolean hasRate(Cell cell) {
    return definition.measurement().latency(cell.view()).orElseThrow().rate().isPresent()
        || OpenRate.firstRound(definition, cell, results.slices()).isPresent();
  }

  private boolean has(Cell cell, Arm arm, Phase phase, int pass, int since) {
    return results.slices().stream()
        .anyMatch(
            s ->
                s.round() == round
                    && s.attempt() >= since
                    && s.phase() == phase
                    && s.pass() == pass
                    && s.arm().equals(arm.name())
                    && s.cell().equals(cell.id()));
  }
}
