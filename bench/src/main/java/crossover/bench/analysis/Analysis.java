package crossover.bench.analysis;

import crossover.bench.experiment.Arm;
import crossover.bench.experiment.Cell;
import crossover.bench.experiment.Contrast;
import crossover.bench.experiment.Definition;
import crossover.bench.results.Comparison;
import crossover.bench.results.Environment;
import crossover.bench.results.Estimate;
import crossover.bench.results.MachineCalibration;
import crossover.bench.results.Metric;
import crossover.bench.results.Results;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import crossover.bench.results.Summary;
import crossover.bench.results.Verdict;
import crossover.bench.stats.Better;
import crossover.bench.stats.LogRatio;
import crossover.bench.stats.Looks;
import crossover.bench.stats.MetricChoice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * From slices to a summary: which slices belong together, by which metric a cell is judged, what
 * the statistics say, and why. The same slices always give the same summary.
 */
public final class Analysis {
  private static final String MAX_THREADS = "crossover.http.maxThreads";
  private static final int DEFAULT_MAX_THREADS = 200;

  private final Definition definition;
  private final Environment environment;
  private final Summary.Time time;
  private final List<SliceLine> slices;
  private final List<CellSlices> cells;
  private final Optional<Looks> looks;
  private final MachineCalibration calibration;

  private Analysis(
      Definition definition,
      List<Environment> days,
      List<SliceLine> slices,
      MachineCalibration calibration) {
    this.definition = definition;
    this.environment = days.get(0);
    this.time = TimeSpent.of(days, slices);
    this.slices = slices;
    this.calibration = calibration;
    this.cells = Cell.of(definition).stream().map(c -> CellSlices.of(c, slices)).toList();
    this.looks = looks(definition, days.stream().map(Environment::rounds).toList());
  }

  /**
   * The rounds after which somebody looks, and could have stopped: those of the definition, and the
   * end of every day, for rounds are appended to what did not settle.
   */
  private static Optional<Looks> looks(Definition definition, List<Integer> roundsByDay) {
    TreeSet<Integer> looks = new TreeSet<>();
    int total = 0;
    for (int rounds : roundsByDay) {
      total += rounds;
      looks.add(total);
    }
    int all = total;
    definition.looks().stream().filter(look -> look < all).forEach(looks::add);
    looks.removeIf(look -> look < Comparison.FEWEST_ROUNDS);
    return looks.isEmpty()
        ? Optional.empty()
        : Optional.of(Looks.at(looks.stream().mapToInt(Integer::intValue).toArray()));
  }

  /**
   * What was found so far.
   *
   * @param calibration of the machine, for the report to quote; null when it was not calibrated
   */
  public static Summary of(
      Definition definition,
      List<Environment> days,
      List<SliceLine> slices,
      MachineCalibration calibration) {
    return new Analysis(definition, days, slices, calibration).summary();
  }

  private Summary summary() {
    List<Comparison> comparisons = new ArrayList<>();
    List<Summary.Contrast> contrasts = new ArrayList<>();
    List<Summary.ArmInCell> figures = new ArrayList<>();
    List<Summary.Gate> gates = Gates.of(definition, environment, cells);
    for (CellSlices cell : cells) {
      comparisons.addAll(comparisons(cell, gates));
      definition.contrasts().forEach(asked -> contrasts.add(contrast(cell, asked)));
      definition.arms().forEach(arm -> figures.add(figures(cell, arm, gates)));
    }
    return new Summary(
        Results.FORMAT_VERSION,
        definition.name(),
        definition.question().isEmpty() ? null : definition.question(),
        environment.started(),
        slices.isEmpty() ? environment.started() : last(),
        definition.seed().orElse(0),
        environment.command(),
        definition.smoke(),
        "environment.json",
        definition.baseline(),
        definition.arms().stream().map(this::arm).toList(),
        limit(),
        environment.notices(),
        comparisons,
        contrasts,
        figures,
        gates,
        gates.stream().allMatch(Summary.Gate::passed),
        calibration,
        time,
        0);
  }

  private Summary.Arm arm(Arm arm) {
    return new Summary.Arm(arm.name(), arm.description(), WarmUpCriterion.of(slices, arm.name()));
  }

  private Instant last() {
    return slices.stream().map(SliceLine::start).max(Comparator.naturalOrder()).orElseThrow();
  }

  private Summary.GeneratorLimit limit() {
    return slices.stream()
        .filter(s -> s.phase() == Phase.LIMIT)
        .max(Comparator.comparingDouble(s -> s.load().throughput()))
        .map(
            s ->
                new Summary.GeneratorLimit(
                    s.load().throughput(),
                    1000 * s.load().generatorCpuSeconds() / s.load().requests()))
        .orElse(null);
  }

  private List<Comparison> comparisons(CellSlices cell, List<Summary.Gate> gates) {
    Metric primary = primary(cell);
    List<Comparison> result = new ArrayList<>();
    for (Arm arm : definition.arms()) {
      if (!arm.name().equals(definition.baseline())) {
        for (Metric metric : Metric.values()) {
          boolean measured =
              !cell.valid(arm.name(), metric.phase()).isEmpty()
                  && new ArmFigures(cell, arm.name()).names(metric)
                  && new ArmFigures(cell, definition.baseline()).names(metric);
          if (measured || metric == primary) {
            Comparison c = compare(cell, arm, metric, metric == primary);
            boolean valid =
                isValid(cell, arm.name(), gates) && isValid(cell, definition.baseline(), gates);
            result.add(valid ? c : c.notValid());
          }
        }
      }
    }
    return result;
  }

  private Metric primary(CellSlices cell) {
    return primaryMetric(cell).metric() == MetricChoice.Metric.THROUGHPUT
        ? Metric.THROUGHPUT
        : Metric.CAPACITY;
  }

  private MetricChoice primaryMetric(CellSlices cell) {
    double limit = limit() == null ? Double.NaN : limit().requestsPerSecond();
    double server =
        new ArmFigures(cell, definition.baseline()).serverCores() / environment.coresOfServer();
    return MetricChoice.of(
            limit, definition.arms().stream().map(arm -> load(cell, arm.name())).toList())
        .whereBaselineWaits(limit, load(cell, definition.baseline()), server);
  }

  private MetricChoice.ArmLoad load(CellSlices cell, String arm) {
    ArmFigures figures = new ArmFigures(cell, arm);
    return new MetricChoice.ArmLoad(
        arm, figures.throughput(), figures.otherCores() / environment.coresOfOthers());
  }

  private Comparison compare(CellSlices cell, Arm arm, Metric metric, boolean primary) {
    List<LogRatio> rounds =
        cell.rounds(arm.name(), definition.baseline(), metric.phase(), metric::of);
    var c = judged(rounds, metric);
    double half = Math.log(c.high() / c.ratio());
    return new Comparison(
        cell.cell().view().name(),
        cell.cell().site().name(),
        cell.cell().users(),
        metric,
        primary ? primaryMetric(cell).reason() : null,
        primary,
        metric.higherIsFaster(),
        definition.baseline(),
        arm.name(),
        c.rounds(),
        c.discarded(),
        c.ratio(),
        c.low(),
        c.high(),
        half,
        1,
        c.margin(),
        Verdict.of(Math.log(c.ratio()), half, c.margin(), metric.higherIsFaster()),
        c.immaterial(),
        estimate(c.periodEffect()),
        estimate(c.carryOver()),
        c.furtherRounds(),
        List.of(),
        primary
            ? Why.of(
                arm.name(),
                new ArmFigures(cell, arm.name()),
                definition.baseline(),
                new ArmFigures(cell, definition.baseline()))
            : null);
  }

  private crossover.bench.stats.Comparison judged(List<LogRatio> rounds, Metric metric) {
    return crossover.bench.stats.Comparison.of(
        rounds,
        metric.higherIsFaster() ? Better.HIGHER : Better.LOWER,
        definition.margin(),
        looks.map(Looks::level).orElse(crossover.bench.stats.Comparison.DEFAULT_LEVEL));
  }

  /** In the cell's primary metric, but outside the family of its primary comparisons. */
  private Summary.Contrast contrast(CellSlices cell, Contrast asked) {
    Metric metric = primary(cell);
    var c = judged(cell.rounds(asked, metric.phase(), metric::of), metric);
    return new Summary.Contrast(
        asked.name(),
        asked.formula(),
        asked.arms(),
        cell.cell().view().name(),
        cell.cell().site().name(),
        cell.cell().users(),
        metric,
        metric.higherIsFaster(),
        c.rounds(),
        c.ratio(),
        c.low(),
        c.high(),
        c.margin(),
        Verdict.of(
            Math.log(c.ratio()),
            Math.log(c.high() / c.ratio()),
            c.margin(),
            metric.higherIsFaster()),
        c.immaterial(),
        c.furtherRounds());
  }

  private static Estimate estimate(crossover.bench.stats.Estimate e) {
    return Double.isNaN(e.low()) ? null : new Estimate(e.value(), e.low(), e.high());
  }

  private Summary.ArmInCell figures(CellSlices cell, Arm arm, List<Summary.Gate> gates) {
    ArmFigures figures = new ArmFigures(cell, arm.name());
    int maxThreads =
        Integer.parseInt(
            arm.settings()
                .getOrDefault(
                    MAX_THREADS,
                    cell.cell()
                        .site()
                        .host()
                        .settings()
                        .getOrDefault(MAX_THREADS, Integer.toString(DEFAULT_MAX_THREADS))));
    long errors =
        cell.lines().stream()
            .filter(s -> s.arm().equals(arm.name()) && s.phase() != Phase.WARMUP)
            .mapToLong(s -> s.load().errors() + s.load().unfinished())
            .sum();
    Bottleneck bound = Bottleneck.of(figures, cell.cell(), maxThreads, environment);
    return figures.toCell(cell.cell(), arm.name(), bound, errors, isValid(cell, arm.name(), gates));
  }

  private static boolean isValid(CellSlices cell, String arm, List<Summary.Gate> gates) {
    String name = cell.cell() + " · " + arm;
    return gates.stream().noneMatch(g -> !g.passed() && name.equals(g.cell()));
  }
}
