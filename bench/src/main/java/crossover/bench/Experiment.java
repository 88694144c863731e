package crossover.bench;

import crossover.bench.analysis.Analysis;
import crossover.bench.load.Generator;
import crossover.bench.load.Slice;
import crossover.bench.plan.Arm;
import crossover.bench.plan.Cell;
import crossover.bench.plan.Definition;
import crossover.bench.plan.Schedule;
import crossover.bench.report.Environment;
import crossover.bench.report.HtmlReport;
import crossover.bench.report.Json;
import crossover.bench.report.Results;
import crossover.bench.report.SliceLine;
import crossover.bench.report.SliceLine.Phase;
import crossover.bench.report.Summary;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdk;
import crossover.bench.stack.Stack;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** An experiment from its first server to its report, top to bottom. */
final class Experiment {
  private static final double LIMIT_SECONDS = 2;

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

  /** Measures all rounds, and reports. The results folder holds everything measured, always. */
  Summary run(Stack stack, Results results) throws IOException, InterruptedException {
    try (Generator generator = startGenerator(stack)) {
      measureLimit(generator, results);
      for (int round = 1; round <= definition.rounds(); round++) {
        measureRound(round, stack, generator, results);
        if (definition.looks().contains(round) && Analysis.settled(report(definition, results))) {
          break;
        }
      }
    }
    return report(definition, results);
  }

  private Generator startGenerator(Stack stack) {
    return Generator.start(
        installation.jmeter(),
        jdk,
        stack.cpus().others(),
        stack.directory().resolve("generator.log"),
        stack.leash());
  }

  /** What the generator manages alone: from 70 % of it on, throughput says nothing of a server. */
  private void measureLimit(Generator generator, Results results) throws IOException {
    progress.show("the generator's own limit");
    Cell cell = Cell.of(definition).get(0);
    Instant start = Instant.now();
    Slice limit =
        generator.limit(cell.view().plan(), Map.of("path", "/limit"), cell.users(), LIMIT_SECONDS);
    results.append(
        new SliceLine(
            0, 1, "", "", cell.users(), "", Phase.LIMIT, 1, List.of(), start, limit, null, null));
  }

  private void measureRound(int round, Stack stack, Generator generator, Results results)
      throws IOException, InterruptedException {
    progress.show("round " + round + "  starting a fresh JVM for every arm");
    int seed = definition.seed().orElseThrow();
    List<Arm> order =
        Arrays.stream(new Schedule(definition.arms().size(), seed).order(round - 1))
            .mapToObj(definition.arms()::get)
            .toList();
    try (Fleet fleet = Fleet.start(stack, installation, jdk, order)) {
      Round measured = new Round(round, 1, definition, order, fleet, generator, results, progress);
      for (Cell cell : shuffled(Cell.of(definition), new Random(31L * seed + round))) {
        measured.measure(cell);
      }
    }
  }

  private static List<Cell> shuffled(List<Cell> cells, Random random) {
    List<Cell> shuffled = new ArrayList<>(cells);
    Collections.shuffle(shuffled, random);
    return shuffled;
  }

  /** Makes summary.json and report.html from the slices in a results folder. */
  static Summary report(Definition definition, Results results) throws IOException {
    Environment environment = Json.MAPPER.treeToValue(results.environment(), Environment.class);
    Summary summary = Analysis.of(definition, environment, results.slices());
    results.save(summary);
    results.saveReport(HtmlReport.of(summary, results.environment()));
    return summary;
  }

  /** How many steps of progress an experiment has. */
  static int steps(Definition definition) {
    int slices =
        definition.measurement().passes()
            + (definition.measurement().latency().isPresent() ? 1 : 0);
    return definition.rounds() * Cell.of(definition).size() * definition.arms().size() * slices;
  }

  static Path defaultFolder() {
    return Path.of("results");
  }
}
