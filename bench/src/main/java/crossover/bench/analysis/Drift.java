package crossover.bench.analysis;

import crossover.bench.experiment.Arm;
import crossover.bench.experiment.Cell;
import crossover.bench.experiment.Definition;
import crossover.bench.results.Metric;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import crossover.bench.stats.MeanOfRounds;
import crossover.bench.stats.TrendTest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.hipparchus.stat.StatUtils;

/**
 * How the capacity of an arm changes from the beginning of a round to its end, beyond what happened
 * to all: a machine that becomes faster or slower meanwhile does so for all arms, and biases no
 * ratio. What happened to all is the median over all cells of the other arms, which one arm that
 * drifts does not move.
 */
final class Drift {
  /** The change is a logarithm. */
  private record Course(Cell cell, String arm, int round, double change) {}

  private final List<Course> courses = new ArrayList<>();
  private final int tests;

  Drift(Definition definition, List<CellSlices> cells) {
    for (CellSlices slices : cells) {
      for (Arm arm : definition.arms()) {
        slices.usable(arm.name(), Phase.CLOSED).stream()
            .collect(Collectors.groupingBy(SliceLine::round))
            .forEach(
                (round, lines) ->
                    courses.add(
                        new Course(
                            slices.cell(), arm.name(), round, TrendTest.change(course(lines)))));
      }
    }
    courses.removeIf(course -> !Double.isFinite(course.change));
    tests = Cell.of(definition).size() * definition.arms().size();
  }

  /** Over the rounds that tell of it. */
  MeanOfRounds of(Cell cell, String arm) {
    return MeanOfRounds.of(
        courses.stream()
            .filter(c -> c.cell.equals(cell) && c.arm.equals(arm))
            .mapToDouble(c -> c.change - ofOthers(c))
            .toArray(),
        tests);
  }

  private double ofOthers(Course own) {
    double[] others =
        courses.stream()
            .filter(c -> c.round == own.round && !c.arm.equals(own.arm))
            .mapToDouble(Course::change)
            .toArray();
    return others.length == 0 ? 0 : StatUtils.percentile(others, 50);
  }

  /** Capacity over a round: turn by turn, or else slice by slice. */
  private static double[] course(List<SliceLine> round) {
    double[] turns =
        round.stream()
            .flatMap(s -> s.perTurn().stream())
            .mapToDouble(t -> t.requests() / t.serverCpuMillis())
            .toArray();
    return turns.length > 0 ? turns : round.stream().mapToDouble(Metric.CAPACITY::of).toArray();
  }
}
