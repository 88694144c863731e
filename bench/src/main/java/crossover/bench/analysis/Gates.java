package crossover.bench.analysis;

import static crossover.bench.text.Text.format;
import static java.util.Comparator.comparingDouble;

import crossover.bench.experiment.Arm;
import crossover.bench.experiment.Definition;
import crossover.bench.results.Environment;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import crossover.bench.results.Summary;
import crossover.bench.stats.MeanOfRounds;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * The rules that a measurement must pass to be valid (docs/method.md). Of each rule the worst cell
 * is reported, so that a reader sees how far every other was from it.
 */
final class Gates {
  private static final String IN_TIME = "generator in time";

  /** Share of an arm's open slices in which the generator may be late. */
  private static final double LATE_LIMIT = 0.5;

  /** A generator that is later than this at p99 measures its own delay. */
  private static final double LATE_MILLIS = 1;

  private static final double LITTLE_LIMIT = 0.05;

  private static final double STEAL_LIMIT = 0.10;
  private static final double GC_LIMIT = 0.20;
  private static final double BYTES_LIMIT = 0.02;

  /** Of fewer answers with other content each, the mean is off by that much by chance. */
  private static final int FEWEST_ANSWERS = 1_000;

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
    Drift drift = new Drift(definition, cells);
    gates.perArm("warm", cells, (slices, arm) -> warm(drift, slices, arm));
    gates.perArm(IN_TIME, cells, Gates::inTime);
    gates.perArm("equal bytes", cells, gates::equalBytes);
    gates.perArm("same requests", cells, gates::sameRequests);
    return List.copyOf(gates.worst);
  }

  /** A generator that was late makes response times wrong, and nothing else. */
  static boolean concernsThroughput(Summary.Gate gate) {
    return !gate.name().equals(IN_TIME);
  }

  /** What a rule found of one arm in one cell, in figures and in words. */
  private record Found(double figure, double limit, boolean passed, String what) {
    /** NaN where the figure is not known. */
    Found(double figure, double limit, String what) {
      this(figure, limit, !(figure > limit), what);
    }
  }

  /** A rule gives null where it does not apply; of what is not known nothing is said. */
  private void perArm(
      String name, List<CellSlices> cells, BiFunction<CellSlices, String, Found> rule) {
    List<Summary.Gate> all = new ArrayList<>();
    for (CellSlices slices : cells) {
      for (Arm arm : definition.arms()) {
        Found found = rule.apply(slices, arm.name());
        if (found != null && !(found.passed && Double.isNaN(found.figure))) {
          String cell = slices.cell() + " · " + arm.name();
          String sentence = cell + ": " + found.what + ".";
          all.add(new Summary.Gate(name, cell, found.figure, found.limit, found.passed, sentence));
        }
      }
    }
    List<Summary.Gate> missed = all.stream().filter(gate -> !gate.passed()).toList();
    worst.addAll(missed);
    if (missed.isEmpty()) {
      all.stream().max(comparingDouble(g -> g.figure() - g.limit())).ifPresent(worst::add);
    }
  }

  private static Found errors(CellSlices slices, String arm) {
    List<SliceLine> measured = new ArrayList<>(slices.all(arm, Phase.CLOSED));
    measured.addAll(slices.all(arm, Phase.OPEN));
    long failed = measured.stream().filter(s -> failures(s) > 0).count();
    long silent = measured.stream().filter(s -> s.load().requests() == 0).count();
    if (failed == 0 && silent > 0) {
      return new Found(
          silent,
          0,
          format(
              "in %d of %d slices no request was answered: a slice has to be longer than the"
                  + " plan's think times, and its Cache Manager must not answer for the server",
              silent, measured.size()));
    }
    String reason =
        measured.stream()
            .filter(s -> failures(s) > 0)
            .map(s -> ", such as: " + s.invalidReason())
            .findFirst()
            .orElse("");
    return new Found(
        failed, 0, format("%d of %d slices had failed requests", failed, measured.size()) + reason);
  }

  private static long failures(SliceLine slice) {
    return slice.load().errors() + slice.load().unfinished();
  }

  /**
   * Little's law (1961): requests under way = throughput × mean response time, both as measured.
   * More than there are users were counted twice or timed wrongly. Fewer were lost, unless users
   * wait outside of their requests: for each other at the ends of turns, because the plan says so,
   * or for a generator at its limit. A window's ends may count an answer of each user, or not.
   */
  private Found littlesLaw(CellSlices slices, String arm) {
    ArmFigures figures = new ArmFigures(slices, arm);
    double underWay = figures.throughput() * figures.meanResponseMillis() / 1000;
    double off = underWay / slices.cell().users() - 1;
    boolean mayWait =
        slices.usable(arm, Phase.CLOSED).stream().anyMatch(SliceLine::inTurns)
            || !slices.cell().view().own()
            || !(figures.otherCores() / environment.coresOfOthers() < MetricChoice.ROOM);
    return new Found(
        mayWait ? Math.max(0, off) : Math.abs(off),
        LITTLE_LIMIT + figures.byChance(slices.cell().users()),
        format(
            "throughput × mean response time makes %.1f requests under way, of %d users",
            underWay, slices.cell().users()));
  }

  private Found collecting(CellSlices slices, String arm) {
    double share = new ArmFigures(slices, arm).collecting();
    return new Found(
        share,
        GC_LIMIT,
        format("the server collected garbage in %.1f %% of the time", 100 * share));
  }

  private Found steal(CellSlices slices, String arm) {
    int cores = environment.machineOf(slices.cell().site()).cores();
    double share = new ArmFigures(slices, arm).steal() / cores;
    return new Found(
        share, STEAL_LIMIT, format("the hypervisor took %.1f %% of the cores' time", 100 * share));
  }

  private static Found warm(Drift drift, CellSlices slices, String arm) {
    MeanOfRounds change = drift.of(slices.cell(), arm);
    if (change.rounds() == 0) {
      return null;
    }
    double factor = Math.exp(change.value());
    // A change that the rounds do not agree on is noise, and no reason to refuse the measurement.
    boolean passed = !change.isCertain() || Math.abs(factor - 1) <= TREND_LIMIT;
    return new Found(
        Math.abs(factor - 1),
        TREND_LIMIT,
        passed,
        format(
            "from a round's beginning to its end the server's capacity changed by %.1f %%, beyond"
                + " what that of the other arms did",
            100 * (factor - 1)));
  }

  private static Found inTime(CellSlices slices, String arm) {
    List<SliceLine> open = slices.all(arm, Phase.OPEN);
    if (open.isEmpty()) {
      return null;
    }
    long late = open.stream().filter(s -> s.load().latenessP99Millis() > LATE_MILLIS).count();
    double most =
        open.stream().mapToDouble(s -> s.load().latenessP99Millis()).max().orElse(Double.NaN);
    return new Found(
        (double) late / open.size(),
        LATE_LIMIT,
        format(
            "in %d of %d open slices the generator itself was more than %.0f ms late at p99,"
                + " %.1f ms at most; this concerns response times alone",
            late, open.size(), LATE_MILLIS, most));
  }

  private Found equalBytes(CellSlices slices, String arm) {
    if (!definition.arm(arm).servesTheSame(definition.baselineArm())) {
      return null;
    }
    ArmFigures its = new ArmFigures(slices, arm);
    ArmFigures baseline = new ArmFigures(slices, definition.baseline());
    double own = its.responseBytes();
    double base = baseline.responseBytes();
    boolean few = Math.min(its.requests(), baseline.requests()) < FEWEST_ANSWERS;
    double off = few ? Double.NaN : Math.abs(own / base - 1);
    return new Found(
        off, BYTES_LIMIT, format("an answer has %.0f bytes, the baseline's %.0f", own, base));
  }

  private Found sameRequests(CellSlices slices, String arm) {
    RequestMix mix = RequestMix.of(slices, definition.baseline(), arm, definition.margin());
    if (!mix.areComparable()) {
      return null;
    }
    List<String> differences = mix.differences();
    return new Found(differences.size(), 0, RequestMix.sentence(differences));
  }
}
