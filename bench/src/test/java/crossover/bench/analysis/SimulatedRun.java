package crossover.bench.analysis;

import crossover.bench.experiment.Cell;
import crossover.bench.experiment.Definition;
import crossover.bench.experiment.Schedule;
import crossover.bench.load.Slice;
import crossover.bench.probe.Machine;
import crossover.bench.results.Environment;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import crossover.bench.results.Summary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Runs as they could have been, as the slices that a runner would have written: a machine whose
 * speed differs from round to round by 15 %, and noise of each arm in each round.
 */
final class SimulatedRun {
  private final Definition definition;
  private final List<Cell> cells;
  private final List<String> arms;
  private final List<Environment> days;
  private final int rounds;
  private double[] armNoise;
  private double[] cellNoise;
  private double[] effects;
  private double jvmNoise;
  private double missing;
  private double placeEffect;
  private double waitNoise;
  private double tailNoise;
  private boolean heavyTails;
  private boolean baselineRefuses;
  private boolean inTurns = true;
  private int passes = 1;

  SimulatedRun(int cells, int arms, int... roundsOfDays) {
    this(cells, arms, List.of(), roundsOfDays);
  }

  SimulatedRun(int cells, int arms, List<Integer> looks, int... roundsOfDays) {
    definition = definition(cells, arms, looks);
    this.cells = Cell.of(definition);
    this.arms = definition.arms().stream().map(a -> a.name()).toList();
    days = Arrays.stream(roundsOfDays).mapToObj(SimulatedRun::day).toList();
    rounds = Arrays.stream(roundsOfDays).sum();
    armNoise = IntStream.range(0, arms).mapToDouble(a -> 1).toArray();
    cellNoise = IntStream.range(0, cells).mapToDouble(c -> 0.04).toArray();
    effects = new double[arms];
  }

  /** How much noisier each arm is; those left out are like the last. */
  SimulatedRun armNoise(double... factors) {
    Arrays.setAll(armNoise, a -> factors[Math.min(a, factors.length - 1)]);
    return this;
  }

  /** The standard deviation of an arm in each cell; those left out are like the last. */
  SimulatedRun cellNoise(double... sd) {
    Arrays.setAll(cellNoise, c -> sd[Math.min(c, sd.length - 1)]);
    return this;
  }

  /** Logarithms of the arms' speeds; those left out are like the last. */
  SimulatedRun effects(double... logs) {
    Arrays.setAll(effects, a -> logs[Math.min(a, logs.length - 1)]);
    return this;
  }

  /** What a JVM is worth in all cells of a round. */
  SimulatedRun jvmNoise(double sd) {
    jvmNoise = sd;
    return this;
  }

  /** The share of slices that fail. */
  SimulatedRun missing(double share) {
    missing = share;
    return this;
  }

  /**
   * Slices at a fixed rate too, whose response times have what the JVM is worth in common with the
   * throughput, and noise of their own.
   */
  SimulatedRun timed(double sdOfMedian, double sdOfP99) {
    waitNoise = sdOfMedian;
    tailNoise = sdOfP99;
    return this;
  }

  /** The baseline has a failed request in every slice of every cell but the first. */
  SimulatedRun baselineRefuses() {
    baselineRefuses = true;
    return this;
  }

  SimulatedRun heavyTails() {
    heavyTails = true;
    return this;
  }

  /** Slices one after the other, each place costing so much more than the one before it. */
  SimulatedRun oneAfterTheOther(double costOfAPlace, int passesOfARound) {
    inTurns = false;
    placeEffect = costOfAPlace;
    passes = passesOfARound;
    return this;
  }

  /** The number of true ratios that the primary intervals miss. */
  static long wrong(Summary summary, SimulatedRun run) {
    return Stream.of(summary.comparisons(), summary.withoutBaseline())
        .flatMap(List::stream)
        .filter(c -> c.primary())
        .filter(
            c -> {
              double truth =
                  run.effects[run.arms.indexOf(c.candidate())]
                      - run.effects[run.arms.indexOf(c.baseline())];
              return Math.log(c.low()) > truth || Math.log(c.high()) < truth;
            })
        .count();
  }

  Summary summary(long seed) {
    return Analysis.of(definition, days, lines(seed));
  }

  /** With what these slices say. */
  Summary summary(List<SliceLine> lines) {
    return summary(lines, rounds);
  }

  Definition definition() {
    return definition;
  }

  Environment environment() {
    return days.get(0);
  }

  /** As it stands after so many rounds. */
  Summary summary(List<SliceLine> lines, int afterRounds) {
    return Analysis.of(
        definition, days, lines.stream().filter(s -> s.round() <= afterRounds).toList());
  }

  List<SliceLine> lines(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Schedule schedule = new Schedule(arms.size(), seed);
    List<SliceLine> lines = new ArrayList<>();
    int day = 1;
    int dayEnds = days.get(0).rounds();
    for (int round = 1; round <= rounds; round++) {
      if (round > dayEnds) {
        dayEnds += days.get(day++).rounds();
      }
      int[] order = schedule.order(round - 1);
      List<String> names = Arrays.stream(order).mapToObj(arms::get).toList();
      double[] jvm = new double[arms.size()];
      Arrays.setAll(jvm, a -> jvmNoise * gauss(random));
      for (int cell = 0; cell < cells.size(); cell++) {
        double speed = 0.15 * random.nextGaussian();
        double[] arm = new double[arms.size()];
        for (int a = 0; a < arm.length; a++) {
          arm[a] = speed + effects[a] + armNoise[a] * (cellNoise[cell] * gauss(random) + jvm[a]);
        }
        for (int pass = 1; pass <= passes; pass++) {
          double drift = passes == 1 ? 0 : 0.1 * random.nextGaussian();
          for (int place = 0; place < order.length && tailNoise > 0; place++) {
            double p50 = waitNoise * gauss(random) - arm[order[place]];
            double p99 = p50 + tailNoise * gauss(random);
            lines.add(
                open(round, day, cells.get(cell), names, place, Math.exp(p50), Math.exp(p99)));
          }
          for (int place = 0; place < order.length; place++) {
            double log = arm[order[place]] + drift - placeOf(day) * place;
            boolean refuses = baselineRefuses && cell > 0 && order[place] == 0;
            boolean fails = random.nextDouble() < missing || refuses;
            lines.add(
                line(round, day, cells.get(cell), names, place, pass, 1000 * Math.exp(log), fails));
          }
        }
      }
    }
    return lines;
  }

  /** On the second day it is the other way round. */
  private double placeOf(int day) {
    return day % 2 == 1 ? placeEffect : -placeEffect;
  }

  private double gauss(SplittableRandom random) {
    double gauss = random.nextGaussian();
    if (!heavyTails) {
      return gauss;
    }
    double chi = 0;
    for (int i = 0; i < 5; i++) {
      chi += Math.pow(random.nextGaussian(), 2);
    }
    // Student's t of 5 degrees of freedom, whose variance is 5/3.
    return gauss / Math.sqrt(chi / 5) / Math.sqrt(5 / 3.0);
  }

  private SliceLine line(
      int round,
      int day,
      Cell cell,
      List<String> order,
      int place,
      int pass,
      double throughput,
      boolean fails) {
    double millis = 1000 * cell.users() / throughput;
    Slice load = slice("closed", cell.users(), throughput, fails ? 1 : 0, millis, 1, 1);
    return line(round, day, cell, order, place, pass, Phase.CLOSED, load);
  }

  private SliceLine open(
      int round, int day, Cell cell, List<String> order, int place, double p50, double p99) {
    Slice load = slice("open", cell.users(), 2_000, 0, p50, p50, 4 * p99);
    return line(round, day, cell, order, place, 1, Phase.OPEN, load);
  }

  private Slice slice(
      String kind, int users, double rate, int errors, double millis, double p50, double p99) {
    return new Slice(
        kind,
        users,
        kind.equals("open") ? rate : 0,
        2,
        (long) (2 * rate),
        errors,
        List.of(),
        0,
        rate,
        millis,
        millis,
        p50,
        p99,
        p99,
        p99,
        p99,
        0,
        0.1,
        1000 * (long) (2 * rate),
        "",
        inTurns ? 20 : 1,
        List.of(),
        Map.of(),
        (long) (2 * rate),
        0,
        0);
  }

  private static SliceLine line(
      int round,
      int day,
      Cell cell,
      List<String> order,
      int place,
      int pass,
      Phase phase,
      Slice load) {
    return new SliceLine(
        round,
        day,
        1,
        cell.id(),
        order.get(place),
        phase,
        pass,
        order,
        Instant.EPOCH.plusSeconds(1000L * round + 10L * pass + place),
        load,
        null,
        load.errors() > 0 ? "1 request failed" : null,
        List.of());
  }

  private static Environment day(int rounds) {
    return new Environment(
        Instant.EPOCH,
        "./crossover run",
        "",
        new Machine("Simulated", 2, 4096, "Linux", "Debian", "amd64", false),
        Map.of(Environment.PLAN + "get", "0000"),
        "17",
        List.of(0),
        List.of(1),
        Map.of(),
        Map.of(),
        rounds,
        false,
        List.of(),
        Map.of(),
        Map.of());
  }

  /** One view at as many numbers of users as there are to be cells. */
  private static Definition definition(int cells, int arms, List<Integer> looks) {
    String yaml =
        """
        experiment: simulated
        arms: [%s]
        plans: [get]
        users: [%s]
        looks: [%s]
        seed: 1
        """
            .formatted(
                IntStream.range(0, arms)
                    .mapToObj(a -> "{name: arm" + a + ", path: /sync}")
                    .collect(Collectors.joining(", ")),
                IntStream.rangeClosed(1, cells)
                    .mapToObj(c -> Integer.toString(10 * c))
                    .collect(Collectors.joining(", ")),
                looks.stream().map(Object::toString).collect(Collectors.joining(", ")));
    try {
      Path file = Files.createTempFile("simulated", ".yaml");
      try {
        Files.writeString(file, looks.isEmpty() ? yaml.replace("looks: []\n", "") : yaml);
        return Definition.read(file, Path.of("../jmeter-plans"));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
