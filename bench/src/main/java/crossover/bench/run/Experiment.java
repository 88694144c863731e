package crossover.bench.run;

import static crossover.bench.text.Text.format;

import crossover.bench.analysis.Analysis;
import crossover.bench.analysis.StoppingRule;
import crossover.bench.experiment.Cell;
import crossover.bench.experiment.Definition;
import crossover.bench.experiment.Host;
import crossover.bench.load.Engine;
import crossover.bench.load.Generator;
import crossover.bench.load.GeneratorFailure;
import crossover.bench.load.Slice;
import crossover.bench.results.Comparison;
import crossover.bench.results.Results;
import crossover.bench.results.RoundLine;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import crossover.bench.results.Summary;
import crossover.bench.results.Verdict;
import crossover.bench.stack.StartFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An experiment from its load generator to its last round, top to bottom. */
final class Experiment {
  private static final double LIMIT_SECONDS = 1.5;

  private final Definition definition;
  private final Testbed testbed;
  private final Results results;
  private final Progress progress;
  private Engine engine;

  Experiment(Definition definition, Testbed testbed, Results results, Progress progress) {
    this.definition = definition;
    this.testbed = testbed;
    this.results = results;
    this.progress = progress;
  }

  /**
   * Measures what the results folder does not hold yet of all rounds. A round that fails is left
   * out, and the next one is measured; two in a row end the run.
   *
   * @return the last failure; empty where nothing is missing
   */
  Optional<RuntimeException> run() throws IOException, InterruptedException {
    try {
      startEngine();
      measureLimit();
      Optional<RuntimeException> failure = measureRounds();
      // Again, for a generator that has worked for minutes sends more than one that has just begun.
      try {
        measureLimit();
      } catch (GeneratorFailure e) {
        progress.say("The generator's limit at the end is not known: " + e.getMessage());
      }
      return failure;
    } finally {
      if (engine != null) {
        engine.close();
      }
    }
  }

  /** A generator here starts on all cores, to be warm sooner, and is pinned afterwards. */
  private void startEngine() {
    progress.show("starting the load generator");
    LoadMachines others = testbed.load();
    engine = others.isEmpty() ? testbed.startGenerator(definition) : others.start(testbed.stack());
    Path plan = Cell.of(definition).get(0).view().plan();
    boolean open = definition.measurement().latency().isPresent();
    // It shares the cores with the servers, and needs more than they do.
    double seconds = Math.max(1, 2 * definition.measurement().warmUp().toMillis() / 1000.0);
    engine.warmUp(plan, limitProperties(), others.limitUsers(definition), open, seconds);
    if (engine instanceof Generator generator) {
      testbed.stack().cpus().pinOther(generator.pid());
    }
  }

  /** What the generator manages alone: from 70 % of it on, throughput says nothing of a server. */
  private void measureLimit() throws IOException {
    if (!engine.isAlive()) {
      return;
    }
    progress.show("the generator's own limit");
    Instant start = Instant.now();
    Cell cell = Cell.of(definition).get(0);
    Path plan = cell.view().plan();
    int users = testbed.load().limitUsers(definition);
    Slice limit = engine.limit(plan, limitProperties(), users, LIMIT_SECONDS);
    SliceRunner.requireArrived(cell, definition.arms().get(0), limit, true);
    if (limit.requests() == 0 || limit.lacksAnswers()) {
      String errors = limit.errorSample().toString();
      progress.say(
          "The generator's limit is not known: "
              + (errors.contains("javax.net.ssl")
                  ? "it is measured without TLS, and the plan asks for TLS"
                  : "not every request to the server that only answers had an answer " + errors));
      return;
    }
    results.append(
        new SliceLine(
            0,
            results.roundsByDay().size(),
            1,
            new Cell.Id("", "", users),
            "",
            Phase.LIMIT,
            1,
            List.of(),
            start,
            limit,
            null,
            null,
            List.of()));
  }

  /** Those of the first arm: its plan may need them to find the server. Any path will do. */
  private Map<String, String> limitProperties() {
    Map<String, String> properties = new TreeMap<>(definition.arms().get(0).jmeter());
    properties.put("path", "/limit");
    return properties;
  }

  private Optional<RuntimeException> measureRounds() throws IOException, InterruptedException {
    List<Cell> open = new ArrayList<>(Cell.of(definition));
    List<Integer> days = results.roundsByDay();
    int planned = days.get(days.size() - 1);
    List<RoundPlan.Entry> plan = RoundPlan.of(definition, days);
    int earlier = plan.size() - planned;
    int today = planned;
    RuntimeException failure = null;
    int failedInARow = 0;
    for (RoundPlan.Entry round : plan) {
      List<Double> seconds = secondsOfRounds(earlier + 1, round.number() - 1);
      today =
          TimeLimit.rounds(
              definition, planned, allInTurns(earlier + 1, round.number() - 1), seconds);
      if (seconds.size() == today) {
        break;
      }
      boolean settled = TimeLimit.isSettled(definition, seconds);
      int rounds = settled ? today : planned;
      progress.round(
          round.number(),
          (settled ? "" : "up to ") + (earlier + rounds),
          TimeLimit.secondsLeft(definition, rounds, seconds));
      try {
        measureRound(round, open, definition(earlier + 1, round));
        failedInARow = 0;
        tellSoFar(round);
      } catch (StartFailure | GeneratorFailure | InvalidMeasurement e) {
        failure = e;
        failedInARow++;
        if (failedInARow == 2 || isInVain()) {
          return Optional.of(failure);
        }
        progress.say("Round " + round.number() + " is left out: " + e.getMessage());
        if (!engine.isAlive()) {
          engine.close();
          try {
            startEngine();
          } catch (StartFailure | GeneratorFailure again) {
            return Optional.of(again);
          }
        }
      }
      if (definition.looks().contains(round.number())) {
        open.removeAll(StoppingRule.settled(definition, asOf(round)));
      }
    }
    results.endDay(today, failure == null);
    return Optional.ofNullable(failure);
  }

  /** The definition with the slices as long as they are in a round. */
  private Definition definition(int first, RoundPlan.Entry round) throws IOException {
    Optional<SliceLength> length = SliceLength.of(definition, results, first, round.number());
    if (length.isPresent() && results.addNotice(length.get().reason())) {
      progress.say(length.get().reason());
    }
    return length.map(l -> definition.withSlice(l.slice())).orElse(definition);
  }

  /** Whether no slice of some rounds was in one piece: then each of them is balanced in itself. */
  private boolean allInTurns(int from, int to) {
    return results.slices().stream()
        .filter(s -> s.measured() && from <= s.round() && s.round() <= to)
        .allMatch(SliceLine::inTurns);
  }

  /** Whether the run is being interrupted, or not even the first round could be begun. */
  private boolean isInVain() {
    return testbed.stack().isClosed()
        || results.slices().stream().noneMatch(s -> s.phase() == Phase.CLOSED);
  }

  /**
   * What each of some rounds took, over all of its attempts. One that was killed took the time of
   * its slices, as far as is known.
   */
  private List<Double> secondsOfRounds(int from, int to) {
    List<Double> seconds = new ArrayList<>();
    for (int number = from; number <= to; number++) {
      int round = number;
      List<RoundLine> ended = results.rounds().stream().filter(r -> r.round() == round).toList();
      List<Integer> attempts = ended.stream().map(RoundLine::attempt).toList();
      double killed =
          results.allSlices().stream()
              .filter(s -> s.round() == round && !attempts.contains(s.attempt()))
              .mapToDouble(s -> s.load().seconds())
              .sum();
      seconds.add(killed + ended.stream().mapToDouble(RoundLine::seconds).sum());
    }
    return seconds;
  }

  /** For whoever waits; when a run ends was fixed before it began. */
  private void tellSoFar(RoundPlan.Entry round) throws IOException {
    List<Comparison> primary =
        asOf(round).comparisons().stream().filter(Comparison::primary).toList();
    long decided = primary.stream().filter(c -> c.verdict().isDecided()).count();
    if (primary.stream().anyMatch(c -> c.verdict() != Verdict.TOO_FEW_ROUNDS)) {
      progress.say(
          format(
              "after round %s  %s of %s comparisons are decided so far; the run goes on as"
                  + " planned",
              round.number(), decided, primary.size()));
    }
  }

  /** What was known at a round's end: a resumed run must judge by no more. */
  private Summary asOf(RoundPlan.Entry round) throws IOException {
    return Analysis.of(
        definition,
        results.environments().subList(0, round.day()),
        results.slices().stream().filter(s -> s.round() <= round.number()).toList());
  }

  private void measureRound(RoundPlan.Entry round, List<Cell> open, Definition asMeasured)
      throws IOException, InterruptedException {
    MeasuredSlices measured = new MeasuredSlices(definition, round.number(), results);
    List<Cell> cells = new ArrayList<>(measured.incomplete(open));
    if (cells.isEmpty()) {
      return;
    }
    RoundClock clock = new RoundClock();
    CurrentRound current =
        new CurrentRound(round, asMeasured, measured, engine, results, clock, progress);
    Collections.shuffle(cells, new Random(current.seed()));
    // Each host has servers of its own, and all of its cells are measured on them.
    Map<Host, List<Cell>> byHost =
        cells.stream()
            .collect(
                Collectors.groupingBy(
                    cell -> cell.site().host(), LinkedHashMap::new, Collectors.toList()));
    try {
      for (Map.Entry<Host, List<Cell>> theirs : byHost.entrySet()) {
        new RoundRunner(current, testbed.sites().of(theirs.getKey())).measure(theirs.getValue());
      }
      clock.completed();
    } catch (StartFailure | GeneratorFailure | InvalidMeasurement e) {
      clock.failed(e.getMessage());
      throw e;
    } finally {
      results.append(clock.line(round, measured.attempt()));
    }
  }
}
