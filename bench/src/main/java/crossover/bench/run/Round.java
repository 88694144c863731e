package crossover.bench.run;

import crossover.bench.experiment.Arm;
import crossover.bench.experiment.Cell;
import crossover.bench.experiment.Definition;
import crossover.bench.experiment.Site;
import crossover.bench.load.Engine;
import crossover.bench.results.Results;
import crossover.bench.server.HostUnderTest;
import crossover.bench.server.ServerPool;
import java.io.IOException;
import java.util.List;

/** One round: fresh servers of all arms, in one stay or in several. */
final class Round {
  private final RoundPlan.Entry entry;
  private final Definition definition;
  private final Engine generator;
  private final Results results;
  private final Progress progress;

  Round(
      RoundPlan.Entry entry,
      Definition definition,
      Engine generator,
      Results results,
      Progress progress) {
    this.entry = entry;
    this.definition = definition;
    this.generator = generator;
    this.results = results;
    this.progress = progress;
  }

  /**
   * Measures what this round has not measured yet in some cells, on the servers of their host.
   *
   * <p>Where arms are alive one at a time, each does all of its work in one stay. But a rate that
   * is found in the run is known only after the first stay of the last of them: then the others
   * come once more, in the same order.
   */
  void measure(HostUnderTest premises, List<Cell> cells) throws IOException, InterruptedException {
    MeasuredSlices done = new MeasuredSlices(definition, entry.number(), results);
    List<Cell> left = done.missing(cells, entry.order());
    while (!left.isEmpty()) {
      for (List<Arm> together : premises.together(entry.order())) {
        List<Cell> theirs = done.missing(left, together);
        if (!theirs.isEmpty()) {
          stay(premises, together, theirs);
        }
      }
      left = done.missing(left, entry.order());
    }
  }

  private void stay(HostUnderTest premises, List<Arm> arms, List<Cell> cells)
      throws IOException, InterruptedException {
    String fresh = arms.size() > 1 ? "every arm" : arms.get(0).name();
    progress.show("round " + entry.number() + "  starting a fresh JVM for " + fresh);
    premises.applyLinks(Site.LOCALHOST);
    try (ServerPool fleet = ServerPool.start(premises, arms)) {
      new Stay(entry, definition, premises, arms, fleet, generator, results, progress)
          .measure(cells);
    }
  }
}
