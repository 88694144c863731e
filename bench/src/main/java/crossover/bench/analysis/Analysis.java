package crossover.bench.analysis;

import static crossover.bench.text.Text.format;

import crossover.bench.experiment.Arm;
import crossover.bench.experiment.Cell;
import crossover.bench.experiment.Contrast;
import crossover.bench.experiment.Definition;
import crossover.bench.results.ArmInCell;
import crossover.bench.results.Comparison;
import crossover.bench.results.Environment;
import crossover.bench.results.MachineCalibration;
import crossover.bench.results.Metric;
import crossover.bench.results.Results;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import crossover.bench.results.Summary;
import crossover.bench.stats.ErrorModel;
import crossover.bench.stats.Looks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * From slices to a summary: which slices belong together, by which metric a cell is judged, what
 * the statistics say, and why. The same slices always give the same summary.
 */
public final class Analysis {
  private static final String MAX_THREADS = "crossover.http.maxThreads";
  private static final String DEFAULT_MAX_THREADS = "200";

  private final Definition definition;
  private final Environment environment;
  private final List<String> noticesOfDays;
  private final List<Integer> roundsByDay;
  private final Summary.Time time;
  private final List<SliceLine> slices;
  private final List<CellSlices> cells;
  private final List<MetricChoice> choices;

  /** The probability that any primary interval of this look misses. */
  private final double level;

  private Analysis(Definition definition, List<Environment> days, List<SliceLine> slices) {
    this.definition = definition;
    this.environment = days.get(0);
    this.noticesOfDays = days.stream().flatMap(d -> d.notices().stream()).distinct().toList();
    this.roundsByDay = days.stream().map(Environment::rounds).toList();
    this.time = TimeSpent.of(days, slices);
    this.slices = slices;
    this.cells = CellSlices.of(Cell.of(definition), slices);
    this.choices =
        cells.stream()
            .map(c -> MetricChoice.of(definition, environment, c.cell(), slices))
            .toList();
    List<Integer> looks = looks(definition, roundsByDay);
    this.level =
        looks.isEmpty()
            ? ErrorModel.LEVEL
            : Looks.level(looks, cells.size(), definition.arms().size());
  }

  /**
   * The rounds after which somebody looks, and could have stopped: those of the definition, and the
   * end of every day, for rounds are appended to what did not settle.
   */
  private static List<Integer> looks(Definition definition, List<Integer> roundsByDay) {
    TreeSet<Integer> looks = new TreeSet<>(definition.looks());
    int total = 0;
    for (int rounds : roundsByDay) {
      total += rounds;
      looks.add(total);
    }
    int all = total;
    looks.removeIf(look -> look < Comparison.FEWEST_ROUNDS || look > all);
    return List.copyOf(looks);
  }

  /** What was found so far. */
  public static Summary of(Definition definition, List<Environment> days, List<SliceLine> slices) {
    return of(definition, days, slices, null, 0, List.of());
  }

  /**
   * The same for a reader.
   *
   * @param calibration of the machine, to quote; null when it was not calibrated
   * @param missingRounds of those planned: more than 0 for a run that is not finished
   * @param notices what the reader must know besides
   */
  public static Summary of(
      Definition definition,
      List<Environment> days,
      List<SliceLine> slices,
      MachineCalibration calibration,
      int missingRounds,
      List<String> notices) {
    return new Analysis(definition, days, slices).summary(calibration, missingRounds, notices);
  }

  private Summary summary(
      MachineCalibration calibration, int missingRounds, List<String> moreNotices) {
    List<Summary.Gate> gates = Gates.of(definition, environment, cells);
    List<ArmInCell> figures = new ArrayList<>();
    for (CellSlices cell : cells) {
      definition.arms().forEach(arm -> figures.add(figures(cell, arm, gates)));
    }
    List<Metric> metrics = choices.stream().map(MetricChoice::metric).toList();
    Comparisons primary = Comparisons.primary(definition, cells, metrics, level);
    return new Summary(
        Results.FORMAT_VERSION,
        definition.name(),
        definition.question().isEmpty() ? null : definition.question(),
        environment.started(),
        slices.stream()
            .map(SliceLine::start)
            .max(Comparator.naturalOrder())
            .orElse(environment.started()),
        definition.seed().orElse(0),
        environment.command(),
        definition.smoke(),
        "environment.json",
        definition.baseline(),
        definition.arms().stream().map(this::arm).toList(),
        limit(),
        notices(moreNotices),
        comparisons(primary, gates),
        withoutBaseline(primary, gates),
        contrasts(primary, gates),
        figures,
        gates,
        definition.arms().stream().allMatch(this::isMeasured)
            && gates.stream().noneMatch(g -> !g.passed() && Gates.concernsThroughput(g)),
        calibration,
        time,
        missingRounds,
        Labels.ofSeveral(slices),
        List.of(),
        null);
  }

  /**
   * Those of every day, each once. A day that ends at no declared look was judged as if nothing
   * were to follow.
   */
  private List<String> notices(List<String> more) {
    List<String> notices = new ArrayList<>(noticesOfDays);
    notices.addAll(UnequalAnswers.of(definition, cells));
    int end = 0;
    for (int rounds : roundsByDay.subList(0, roundsByDay.size() - 1)) {
      end += rounds;
      if (end >= Comparison.FEWEST_ROUNDS && !definition.looks().contains(end)) {
        notices.add(
            format(
                "Rounds were appended after round %s, which the experiment did not declare as"
                    + " a look: the error rate of both looks together is above 5 %%.",
                end));
      }
    }
    notices.addAll(more);
    return notices;
  }

  /** By cell, then by arm, the primary metric among the others. */
  private List<Comparison> comparisons(Comparisons primary, List<Summary.Gate> gates) {
    Map<Metric, Comparisons> others = new EnumMap<>(Metric.class);
    List<Comparison> all = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      CellSlices cell = cells.get(i);
      MetricChoice choice = choices.get(i);
      for (Arm arm : definition.candidates()) {
        for (Metric metric : Metric.values()) {
          boolean valid =
              isValid(cell, arm.name(), metric.phase(), gates)
                  && isValid(cell, definition.baseline(), metric.phase(), gates);
          if (metric == choice.metric()) {
            all.add(primary.of(i, arm.name(), choice.reason(), why(cell, arm), valid));
          } else if (isMeasured(cell, arm.name(), metric)) {
            all.add(
                others
                    .computeIfAbsent(metric, m -> Comparisons.exploratory(definition, cells, m))
                    .of(i, arm.name(), null, null, valid));
          }
        }
      }
    }
    return all;
  }

  private List<Comparison> withoutBaseline(Comparisons primary, List<Summary.Gate> gates) {
    List<Comparison> all = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      CellSlices cell = cells.get(i);
      MetricChoice choice = choices.get(i);
      all.addAll(
          primary.withoutBaseline(
              i, choice.reason(), arm -> isValid(cell, arm, choice.metric().phase(), gates)));
    }
    return all;
  }

  private boolean isMeasured(CellSlices cell, String arm, Metric metric) {
    return cell.usable(arm, metric.phase()).stream().anyMatch(s -> Double.isFinite(metric.of(s)))
        && new ArmFigures(cell, arm).names(metric)
        && new ArmFigures(cell, definition.baseline()).names(metric);
  }

  private String why(CellSlices cell, Arm arm) {
    return Why.of(
        arm.name(),
        new ArmFigures(cell, arm.name()),
        definition.baseline(),
        new ArmFigures(cell, definition.baseline()));
  }

  private List<Summary.Contrast> contrasts(Comparisons primary, List<Summary.Gate> gates) {
    List<Summary.Contrast> contrasts = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      CellSlices cell = cells.get(i);
      for (Contrast asked : definition.contrasts()) {
        boolean valid =
            asked.arms().stream().allMatch(arm -> isValid(cell, arm, Phase.CLOSED, gates));
        contrasts.add(primary.of(i, asked, valid));
      }
    }
    return contrasts;
  }

  private boolean isMeasured(Arm arm) {
    return slices.stream().anyMatch(s -> s.measured() && s.arm().equals(arm.name()));
  }

  private Summary.Arm arm(Arm arm) {
    return new Summary.Arm(arm.name(), arm.description(), WarmUpCriterion.of(slices, arm.name()));
  }

  private Summary.GeneratorLimit limit() {
    return slices.stream()
        .filter(s -> s.phase() == Phase.LIMIT)
        .max(Comparator.comparingDouble(s -> s.load().throughput()))
        .map(SliceLine::load)
        .map(
            l ->
                new Summary.GeneratorLimit(
                    l.throughput(), 1000 * l.generatorCpuSeconds() / l.requests()))
        .orElse(null);
  }

  private ArmInCell figures(CellSlices cell, Arm arm, List<Summary.Gate> gates) {
    ArmFigures figures = new ArmFigures(cell, arm.name());
    Map<String, String> settings = cell.cell().site().host().settings(Map.of(), arm);
    int maxThreads = Integer.parseInt(settings.getOrDefault(MAX_THREADS, DEFAULT_MAX_THREADS));
    long errors =
        Stream.of(Phase.CLOSED, Phase.OPEN)
            .flatMap(phase -> cell.all(arm.name(), phase).stream())
            .mapToLong(s -> s.load().errors() + s.load().unfinished())
            .sum();
    Bottleneck bound = Bottleneck.of(figures, cell.cell(), maxThreads, environment);
    return figures.toCell(
        cell.cell(), arm.name(), bound, errors, isValid(cell, arm.name(), Phase.CLOSED, gates));
  }

  private static boolean isValid(
      CellSlices cell, String arm, Phase phase, List<Summary.Gate> gates) {
    String name = cell.cell() + " · " + arm;
    return gates.stream()
        .noneMatch(
            g ->
                !g.passed()
                    && name.equals(g.cell())
                    && (phase == Phase.OPEN || Gates.concernsThroughput(g)));
  }
}
