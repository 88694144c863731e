package crossover.bench.run;

import crossover.bench.analysis.Analysis;
import crossover.bench.analysis.StoppingRule;
import crossover.bench.experiment.Cell;
import crossover.bench.experiment.Definition;
import crossover.bench.experiment.Host;
import crossover.bench.experiment.Measurement;
import crossover.bench.load.Engine;
import crossover.bench.load.Generator;
import crossover.bench.load.Slice;
import crossover.bench.results.Results;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import crossover.bench.results.Summary;
import crossover.bench.server.Sites;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdk;
import crossover.bench.stack.Stack;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** An experiment from its generator to its last round, top to bottom. */
final class Experiment {
  private static final double LIMIT_SECONDS = 1.5;

  /** Anything: it only fills the plan's property. */
  private static final Map<String, String> LIMIT_PATH = Map.of("path", "/limit");

  private final Definition definition;
  private final Installation installation;
  private final Jdk jdk;
  private final Progress progress;

  Experiment(Definition definition, Installation installation, Jdk jdk, Progress progress) {
    this.definition = definition;
    this.installation = installation;
    this.jdk = jdk;
    this.progress = progress;
  }

  /**
   * Measures what a results folder does not hold yet of all its rounds. The folder holds everything
   * measured, always.
   */
  void run(Stack stack, Sites sites, Results results) throws IOException, InterruptedException {
    try (Generator generator = startGenerator(stack)) {
      Cell first = Cell.of(definition).get(0);
      boolean open = definition.measurement().latency().isPresent();
      generator.warmUp(first.view().plan(), LIMIT_PATH, first.users(), open);
      stack.cpus().pinOther(generator.pid());
      measureLimit(generator, results);
      measureRounds(sites, generator, results);
      // Again, for a generator that has worked for minutes sends more than one that has just begun.
      measureLimit(generator, results);
    }
  }

  /** The same with an engine that is ready, and whose limit is not known. */
  void run(Sites sites, Engine engine, Results results) throws IOException, InterruptedException {
    measureRounds(sites, engine, results);
  }

  private void measureRounds(Sites sites, Engine engine, Results results)
      throws IOException, InterruptedException {
    List<Cell> open = new ArrayList<>(Cell.of(definition));
    List<Integer> days = results.roundsByDay();
    List<RoundPlan.Entry> agenda = RoundPlan.of(definition, days);
    int today = days.get(days.size() - 1);
    int earlier = agenda.size() - today;
    TimeLimit limit = new TimeLimit(definition, today, System::nanoTime);
    for (RoundPlan.Entry round : agenda) {
      int made = round.number() - 1 - earlier;
      int fitting = limit.rounds(made);
      progress.spare((today - fitting) * steps(definition, open));
      today = fitting;
      if (made == today) {
        results.endDay(made);
        break;
      }
      measureRound(round, open, sites, engine, results);
      if (definition.looks().contains(round.number())) {
        List<Cell> settled =
            StoppingRule.settled(definition, asOf(round, results)).stream()
                .filter(open::contains)
                .toList();
        open.removeAll(settled);
        progress.spare((earlier + today - round.number()) * steps(definition, settled));
      }
    }
  }

  /** It starts on all cores, to be warm sooner, and is pinned when its limit is measured. */
  private Generator startGenerator(Stack stack) {
    return Generator.start(
        installation.jmeter(),
        jdk,
        List.of(),
        definition.measurement().mostUsers(),
        stack.directory().resolve("generator.log"),
        stack.watchdog());
  }

  /** What the generator manages alone: from 70 % of it on, throughput says nothing of a server. */
  private void measureLimit(Generator generator, Results results) throws IOException {
    progress.show("the generator's own limit");
    Instant start = Instant.now();
    Slice limit = limit(generator, LIMIT_SECONDS);
    results.append(
        new SliceLine(
            0,
            results.roundsByDay().size(),
            "",
            "",
            limit.users(),
            "",
            Phase.LIMIT,
            1,
            List.of(),
            start,
            limit,
            null,
            null));
  }

  private Slice limit(Generator generator, double seconds) {
    Cell cell = Cell.of(definition).get(0);
    return generator.limit(cell.view().plan(), LIMIT_PATH, cell.users(), seconds);
  }

  /** What was known at a round's end: a resumed run must judge by no more. */
  private Summary asOf(RoundPlan.Entry round, Results results) throws IOException {
    return Analysis.of(
        definition,
        results.environments().subList(0, round.day()),
        results.slices().stream().filter(s -> s.round() <= round.number()).toList(),
        null);
  }

  private void measureRound(
      RoundPlan.Entry round, List<Cell> open, Sites sites, Engine generator, Results results)
      throws IOException, InterruptedException {
    List<Cell> missing =
        new MeasuredSlices(definition, round.number(), results).missing(open, definition.arms());
    Round measured = new Round(round, definition, generator, results, progress);
    Random random = new Random(31L * definition.seed().orElseThrow() + round.number());
    // Each host has servers of its own, and all of its cells are measured on them.
    Map<Host, List<Cell>> byHost =
        shuffled(missing, random).stream()
            .collect(
                Collectors.groupingBy(
                    cell -> cell.site().host(), LinkedHashMap::new, Collectors.toList()));
    for (Map.Entry<Host, List<Cell>> cells : byHost.entrySet()) {
      measured.measure(sites.of(cells.getKey()), cells.getValue());
    }
  }

  private static List<Cell> shuffled(List<Cell> cells, Random random) {
    List<Cell> shuffled = new ArrayList<>(cells);
    Collections.shuffle(shuffled, random);
    return shuffled;
  }

  /** On standard output, from what a results folder holds already. */
  static Progress progress(Definition definition, Results results) throws IOException {
    int rounds = results.roundsByDay().stream().mapToInt(Integer::intValue).sum();
    return new Progress(
        System.out,
        Boolean.getBoolean("crossover.terminal"),
        rounds * steps(definition, Cell.of(definition)),
        stepsDone(results));
  }

  /** The slices of a round in some cells. */
  private static int steps(Definition definition, List<Cell> cells) {
    Measurement measurement = definition.measurement();
    long timed = cells.stream().filter(c -> measurement.latency(c.view()).isPresent()).count();
    return definition.arms().size() * (cells.size() * measurement.passes() + (int) timed);
  }

  private static int stepsDone(Results results) {
    return (int)
        results.slices().stream()
            .filter(s -> s.phase() == Phase.CLOSED || (s.phase() == Phase.OPEN && s.pass() == 1))
            .count();
  }
}
