package crossover.bench.analysis;

import crossover.bench.experiment.Cell;
import crossover.bench.results.Metric;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import crossover.bench.stats.BlockDesign.Spot;
import crossover.bench.stats.BlockDesign.Value;
import crossover.bench.stats.PassMeans;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What was measured in one cell. */
final class CellSlices {
  private final Cell cell;
  private final Map<Phase, List<SliceLine>> byPhase = new EnumMap<>(Phase.class);

  private CellSlices(Cell cell, List<SliceLine> lines) {
    this.cell = cell;
    for (SliceLine line : lines) {
      byPhase.computeIfAbsent(line.phase(), p -> new ArrayList<>()).add(line);
    }
  }

  /**
   * By cell, in the experiment's order.
   *
   * @param all those that count: see {@link crossover.bench.results.Results#slices()}
   */
  static List<CellSlices> of(List<Cell> cells, List<SliceLine> all) {
    Map<Cell.Id, List<SliceLine>> byCell =
        all.stream().collect(Collectors.groupingBy(SliceLine::cell));
    return cells.stream()
        .map(c -> new CellSlices(c, byCell.getOrDefault(c.id(), List.of())))
        .toList();
  }

  Cell cell() {
    return cell;
  }

  /** One arm's slices of a phase, oldest first, those that may not be used too. */
  List<SliceLine> all(String arm, Phase phase) {
    return byPhase.getOrDefault(phase, List.of()).stream()
        .filter(s -> s.arm().equals(arm))
        .toList();
  }

  /** One arm's slices of a phase that may be used. */
  List<SliceLine> usable(String arm, Phase phase) {
    return all(arm, phase).stream().filter(CellSlices::isUsable).toList();
  }

  /**
   * Whether the figures of a slice count. How late the generator was drops no open slice: that rule
   * could favour the arm that leaves the generator more time.
   */
  static boolean isUsable(SliceLine slice) {
    boolean answered =
        slice.load().requests() > 0 && slice.load().errors() + slice.load().unfinished() == 0;
    return slice.valid() || (slice.phase() == Phase.OPEN && answered);
  }

  /** What the rounds say of the arms in a metric: its logarithm for each round and arm. */
  List<Value> logs(Metric metric, List<String> arms) {
    return values(metric.phase(), s -> log(metric.of(s)), arms);
  }

  private static double log(double figure) {
    return figure > 0 && Double.isFinite(figure) ? Math.log(figure) : Double.NaN;
  }

  /** The mean of a figure for each round and arm, freed of what passes do to all arms. */
  List<Value> values(Phase phase, ToDoubleFunction<SliceLine> figure, List<String> arms) {
    List<Value> values = new ArrayList<>();
    Map<Integer, List<SliceLine>> rounds =
        byPhase.getOrDefault(phase, List.of()).stream()
            .collect(Collectors.groupingBy(SliceLine::round, TreeMap::new, Collectors.toList()));
    for (List<SliceLine> round : rounds.values()) {
      SliceLine first = round.get(0);
      boolean inTurns = round.stream().allMatch(SliceLine::inTurns);
      double[] means = PassMeans.of(byPass(round, phase, figure, arms));
      for (int arm = 0; arm < means.length; arm++) {
        if (Double.isFinite(means[arm])) {
          int place = inTurns ? 0 : first.order().indexOf(arms.get(arm));
          values.add(new Value(new Spot(first.round(), first.day(), arm, place), means[arm]));
        }
      }
    }
    return values;
  }

  /** Of open slices only the first that counts: older runners repeated those that came late. */
  private static double[][] byPass(
      List<SliceLine> round, Phase phase, ToDoubleFunction<SliceLine> figure, List<String> arms) {
    int[] passes = round.stream().mapToInt(SliceLine::pass).distinct().sorted().toArray();
    double[][] figures = new double[arms.size()][phase == Phase.OPEN ? 1 : passes.length];
    for (double[] row : figures) {
      Arrays.fill(row, Double.NaN);
    }
    round.stream()
        .sorted(Comparator.comparing(SliceLine::start).reversed())
        .filter(s -> isUsable(s) && arms.contains(s.arm()))
        .forEach(
            s -> {
              int pass = phase == Phase.OPEN ? 0 : Arrays.binarySearch(passes, s.pass());
              figures[arms.indexOf(s.arm())][pass] = figure.applyAsDouble(s);
            });
    return figures;
  }
}
