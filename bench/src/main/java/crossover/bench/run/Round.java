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
  private final MeasuredSlices measured;
  private final Engine generator;
  private final Results results;
  private final RoundClock clock;
  private final Progress progress;

  Round(
      RoundPlan.Entry entry,
      Definition definition,
      MeasuredSlices measured,
      Engine generator,
      Results results,
      RoundClock clock,
      Progress progress) {
    this.entry = entry;
    this.definition = definition;
    this.measured = measured;
    this.clock = clock;
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
    List<Cell> left = measured.left(cells, entry.order());
    while (!left.isEmpty()) {
      for (List<Arm> together : premises.together(entry.order())) {
        List<Cell> theirs = measured.left(left, together);
        if (!theirs.isEmpty()) {
          stay(premises, together, theirs);
        }
      }
      left = measured.left(left, entry.order());
    }
  }

  private void stay(HostUnderTest premises, List<Arm> arms, List<Cell> cells)
      throws IOException, InterruptedException {
    String fresh = arms.size() > 1 ? "every arm" : arms.get(0).name();
    progress.show("starting a fresh JVM for " + fresh);
    premises.applyLinks(Site.LOCALHOST);
    long since = RoundClock.now();
    try (ServerPool fleet = ServerPool.start(premises, arms)) {
      clock.started(since);
      new Stay(
              entry,
              definition,
              measured,
              premises,
              arms,
              fleet,
              generator,
              results,
              clock,
              progress)
          .measure(cells);
    }
  }
}
