package crossover.bench.analysis;

import crossover.bench.experiment.Arm;
import crossover.bench.experiment.Definition;
import crossover.bench.results.Environment;
import crossover.bench.results.Metric;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import crossover.bench.results.Summary;
import crossover.bench.stats.Estimate;
import crossover.bench.stats.LittlesLaw;
import crossover.bench.stats.Trend;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The rules that a measurement must pass to be valid (docs/method.md). Of each rule the worst cell
 * is reported, so that a reader sees how far every other was from it.
 */
final class Gates {
  /** Share of a cell's open slices that may be dropped because the generator was late. */
  private static final double LATE_LIMIT = 0.5;

  private static final double STEAL_LIMIT = 0.10;
  private static final double GC_LIMIT = 0.20;
  private static final double BYTES_LIMIT = 0.02;
  private static final double TREND_LIMIT = 0.05;

  private final Definition definition;
  private final Environment environment;
  private final List<Summary.Gate> worst = new ArrayList<>();

  private Gates(Definition definition, Environment environment) {
    this.definition = definition;
    this.environment = environment;
  }

  static List<Summary.Gate> of(
      Definition definition, Environment environment, List<CellSlices> cells) {
    Gates gates = new Gates(definition, environment);
    gates.perArm("errors", cells, Gates::errors);
    gates.perArm("Little's law", cells, gates::littlesLaw);
    gates.perArm("garbage collection", cells, gates::collecting);
    gates.perArm("CPU steal", cells, gates::steal);
    gates.perArm("warm", cells, Gates::warm);
    gates.perArm("generator in time", cells, Gates::inTime);
    gates.perArm("equal bytes", cells, gates::equalBytes);
    return List.copyOf(gates.worst);
  }

  private interface Rule {
    /** The gate of one arm in one cell; null where it does not apply. */
    Summary.Gate check(String name, CellSlices slices, String arm);
  }

  private void perArm(String name, List<CellSlices> cells, Rule rule) {
    Summary.Gate worstSoFar = null;
    for (CellSlices slices : cells) {
      for (Arm arm : definition.arms()) {
        Summary.Gate gate = rule.check(name, slices, arm.name());
        if (gate != null && !gate.passed()) {
          worst.add(gate);
        } else if (gate != null && (worstSoFar == null || isWorse(gate, worstSoFar))) {
          worstSoFar = gate;
        }
      }
    }
    boolean anyMissed = worst.stream().anyMatch(g -> g.name().equals(name));
    if (!anyMissed && worstSoFar != null) {
      worst.add(worstSoFar);
    }
  }

  private static boolean isWorse(Summary.Gate one, Summary.Gate other) {
    return one.figure() > other.figure();
  }

  private static Summary.Gate gate(
      String name, CellSlices slices, String arm, double figure, double limit, String what) {
    String cell = slices.cell() + " · " + arm;
    // What is not known does not count against a cell: the probe says NaN where Linux is absent.
    boolean passed = !(figure > limit);
    return new Summary.Gate(name, cell, figure, limit, passed, cell + ": " + what + ".");
  }

  private static String text(String format, Object... figures) {
    return String.format(Locale.ROOT, format, figures);
  }

  private static Summary.Gate errors(String name, CellSlices slices, String arm) {
    List<SliceLine> measured = new ArrayList<>(slices.all(arm, Phase.CLOSED));
    measured.addAll(slices.all(arm, Phase.OPEN));
    long failed =
        measured.stream()
            .filter(s -> !s.valid())
            .filter(s -> s.load().errors() + s.load().unfinished() > 0 || s.load().requests() == 0)
            .count();
    String reason =
        measured.stream()
            .filter(s -> !s.valid() && s.load().errors() + s.load().unfinished() > 0)
            .map(s -> ", such as: " + s.invalidReason())
            .findFirst()
            .orElse("");
    return gate(
        name,
        slices,
        arm,
        (double) failed,
        0,
        text("%d of %d slices had failed requests", failed, measured.size()) + reason);
  }

  private Summary.Gate littlesLaw(String name, CellSlices slices, String arm) {
    ArmFigures figures = new ArmFigures(slices, arm);
    double ratio =
        LittlesLaw.ratio(slices.cell().users(), figures.throughput(), figures.meanCycleMillis());
    double off = Math.abs(ratio - 1);
    return gate(
        name,
        slices,
        arm,
        off,
        LittlesLaw.TOLERANCE,
        text("throughput × cycle time differs from the number of users by %.1f %%", 100 * off));
  }

  private Summary.Gate collecting(String name, CellSlices slices, String arm) {
    double share = new ArmFigures(slices, arm).collecting();
    return gate(
        name,
        slices,
        arm,
        share,
        GC_LIMIT,
        text("the server collected garbage in %.1f %% of the time", 100 * share));
  }

  private Summary.Gate steal(String name, CellSlices slices, String arm) {
    int cores = environment.machineOf(slices.cell().site()).cores();
    double share = new ArmFigures(slices, arm).steal() / cores;
    return gate(
        name,
        slices,
        arm,
        share,
        STEAL_LIMIT,
        text("the hypervisor took %.1f %% of the cores' time", 100 * share));
  }

  private static Summary.Gate warm(String name, CellSlices slices, String arm) {
    Map<Integer, List<SliceLine>> byRound =
        slices.valid(arm, Phase.CLOSED).stream()
            .collect(Collectors.groupingBy(SliceLine::round, TreeMap::new, Collectors.toList()));
    Estimate change =
        Trend.of(
            byRound.values().stream()
                .map(round -> round.stream().mapToDouble(Metric.CAPACITY::of).toArray())
                .toList());
    if (Double.isNaN(change.value())) {
      return null;
    }
    double percent = 100 * (change.value() - 1);
    Summary.Gate gate =
        gate(
            name,
            slices,
            arm,
            Math.abs(change.value() - 1),
            TREND_LIMIT,
            text("from a round's first slice to its last the server changed by %.1f %%", percent));
    // A change that the rounds do not agree on is noise, and no reason to refuse the measurement.
    return Trend.isLeft(change)
        ? gate
        : new Summary.Gate(name, gate.cell(), gate.figure(), gate.limit(), true, gate.sentence());
  }

  private static Summary.Gate inTime(String name, CellSlices slices, String arm) {
    List<SliceLine> open = slices.all(arm, Phase.OPEN);
    if (open.isEmpty()) {
      return null;
    }
    long rounds = open.stream().map(SliceLine::round).distinct().count();
    long usable = slices.valid(arm, Phase.OPEN).stream().map(SliceLine::round).distinct().count();
    double lost = 1 - (double) usable / rounds;
    return gate(
        name,
        slices,
        arm,
        lost,
        LATE_LIMIT,
        text(
            "%d of %d open slices were dropped, and %d of %d rounds have none that counts",
            open.stream().filter(s -> !s.valid()).count(), open.size(), rounds - usable, rounds));
  }

  private Summary.Gate equalBytes(String name, CellSlices slices, String arm) {
    boolean sameWar =
        definition.arms().stream()
            .filter(a -> a.name().equals(arm))
            .allMatch(a -> a.war().equals(definition.baselineArm().war()));
    if (!sameWar) {
      return null;
    }
    double own = new ArmFigures(slices, arm).responseBytes();
    double base = new ArmFigures(slices, definition.baseline()).responseBytes();
    double off = Math.abs(own / base - 1);
    return gate(
        name,
        slices,
        arm,
        off,
        BYTES_LIMIT,
        text("an answer has %.0f bytes, the baseline's %.0f", own, base));
  }
}
