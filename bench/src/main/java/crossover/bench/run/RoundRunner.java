package crossover.bench.run;

import crossover.bench.experiment.Arm;
import crossover.bench.experiment.Cell;
import crossover.bench.experiment.Measurement;
import crossover.bench.experiment.Site;
import crossover.bench.experiment.View;
import crossover.bench.load.Traffic;
import crossover.bench.results.SliceLine.Phase;
import crossover.bench.server.HostUnderTest;
import crossover.bench.server.ServerPool;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One round on one host: fresh servers of all arms are warmed up, and measured in all cells. Where
 * arms can take turns, the cells are measured together; each of the others is measured in whole
 * slices, one arm after the other.
 */
final class RoundRunner {
  /** What a measured slice leaves to compile; a server that never rests costs each this much. */
  private static final Duration REST_LIMIT = Duration.ofSeconds(2);

  /**
   * Seconds, at least. A server that comes from many users stalls at first, and the burst of
   * answers after a stall keeps the generator from being in time.
   */
  private static final double OPEN_LEAD_IN = 1;

  private final CurrentRound round;
  private final Measurement measurement;
  private final MeasuredSlices measured;
  private final HostUnderTest host;

  RoundRunner(CurrentRound round, HostUnderTest host) {
    this.round = round;
    this.measurement = round.measurement();
    this.measured = round.measured();
    this.host = host;
  }

  /**
   * Measures some cells.
   *
   * <p>Where arms are alive one at a time, each is measured by itself. But a rate that is found in
   * the run is known only after the last of them: then they come once more, in the same order.
   */
  void measure(List<Cell> cells) throws IOException, InterruptedException {
    List<Cell> left = measured.left(cells, round.plan().order());
    while (!left.isEmpty()) {
      for (List<Arm> together : host.together(round.plan().order())) {
        List<Cell> theirs = measured.left(left, together);
        if (!theirs.isEmpty()) {
          measureTogether(together, theirs);
        }
      }
      left = measured.left(left, round.plan().order());
    }
  }

  private void measureTogether(List<Arm> arms, List<Cell> cells)
      throws IOException, InterruptedException {
    String fresh = arms.size() > 1 ? "every arm" : arms.get(0).name();
    round.progress().show("starting a fresh JVM for " + fresh);
    host.applyLinks(Site.LOCALHOST);
    long since = System.nanoTime();
    try (ServerPool pool = ServerPool.start(host, arms)) {
      round.clock().started(since);
      new OnServers(arms, pool).measure(cells);
    }
  }

  /** What is done with servers that are alive together. */
  private final class OnServers {
    private final List<Arm> arms;
    private final ServerPool pool;
    private final SliceRunner slices;
    private final WarmUpRunner warmUp;

    OnServers(List<Arm> arms, ServerPool pool) {
      this.arms = arms;
      this.pool = pool;
      slices = new SliceRunner(round, pool);
      warmUp = new WarmUpRunner(round, pool, slices);
    }

    void measure(List<Cell> cells) throws IOException, InterruptedException {
      Site first = cells.get(0).site();
      Site near = first.host().isElsewhere() ? first : Site.LOCALHOST;
      warmUp.first(near, views(cells), arms);
      List<Cell> slow = new ArrayList<>(cells);
      for (List<Cell> group : measurement.asPlanned() ? List.<List<Cell>>of() : groups(cells)) {
        host.applyLinks(group.get(0).site());
        slow.removeAll(inTurns(group));
      }
      List<View> cold = new ArrayList<>(views(slow));
      cold.removeAll(views(cells.stream().filter(cell -> !slow.contains(cell)).toList()));
      if (!cold.isEmpty()) {
        host.applyLinks(near);
        warmUp(near, cold);
      }
      for (Cell cell : slow) {
        host.applyLinks(cell.site());
        inWholeSlices(cell);
      }
      for (Cell cell : cells) {
        if (measurement.latency(cell.view()).isPresent() && measured.hasRate(cell)) {
          host.applyLinks(cell.site());
          double rate = OpenRate.of(round.definition(), cell, round.results().slices());
          for (Arm arm : arms) {
            open(cell, arm, rate);
          }
        }
      }
    }

    /** Cells whose arms can take turns, together with as many others as can be connected. */
    private List<List<Cell>> groups(List<Cell> cells) {
      List<List<Cell>> groups = new ArrayList<>();
      int users = 0;
      for (Cell cell : cells) {
        int more = arms.size() * cell.users();
        boolean delayed = !cell.site().roundTrip().isZero();
        if (arms.size() == 1 || delayed || more > Interleaving.MOST_USERS) {
          continue;
        }
        List<Cell> last = groups.isEmpty() ? List.of() : groups.get(groups.size() - 1);
        if (last.isEmpty()
            || users + more > Interleaving.MOST_USERS
            || !last.get(0).site().equals(cell.site())) {
          last = new ArrayList<>();
          groups.add(last);
          users = 0;
        }
        last.add(cell);
        users += more;
      }
      return groups;
    }

    /** Measures the closed slices of some cells in turns; returns the cells that it measured. */
    private List<Cell> inTurns(List<Cell> group) throws IOException, InterruptedException {
      double seconds = seconds(measurement.slice(group.get(0).site()));
      round.progress().show("connecting the users of " + group.size() + " cells");
      Optional<Interleaving> connected = slices.connect(group, arms, seconds, round.seed());
      if (connected.isEmpty()) {
        return List.of();
      }
      try (Interleaving interleaving = connected.get()) {
        warmUp.inTurns(interleaving);
        for (int pass = 1; pass <= measurement.passes(); pass++) {
          round.progress().show("all arms in turns, pass " + pass);
          Instant start = Instant.now();
          slices.keep(Phase.CLOSED, pass, start, interleaving.measure(seconds));
        }
      }
      return group;
    }

    /** Warms up what is measured in whole slices: in turns where that is possible. */
    private void warmUp(Site site, List<View> views) throws IOException, InterruptedException {
      List<Cell> near = new ArrayList<>();
      for (View view : views) {
        warmUp.users(view).forEach(users -> near.add(new Cell(site, view, users)));
      }
      List<List<Cell>> groups = groups(near);
      if (groups.stream().mapToInt(List::size).sum() < near.size()) {
        warmUp.inBursts(site, views, arms);
        return;
      }
      for (List<Cell> group : groups) {
        Optional<Interleaving> connected = slices.connect(group, arms, 1, 1);
        if (connected.isEmpty()) {
          warmUp.inBursts(site, views, arms);
          return;
        }
        try (Interleaving interleaving = connected.get()) {
          warmUp.inTurns(interleaving);
        }
      }
    }

    private void inWholeSlices(Cell cell) throws IOException, InterruptedException {
      for (int pass = 1; pass <= measurement.passes(); pass++) {
        for (Arm arm : arms) {
          if (!measured.has(cell, arm, Phase.CLOSED, pass)) {
            revive(cell, arm);
            pool.awaitIdle(REST_LIMIT);
            round.progress().show(cell + " · " + arm.name());
            double leadIn = seconds(measurement.leadIn());
            double seconds = seconds(measurement.slice(cell.site()));
            Traffic traffic = slices.closed(cell, arm, false, leadIn, seconds);
            traffic = measurement.asPlanned() ? traffic.asPlanned() : traffic;
            slices.run(cell, arm, Phase.CLOSED, pass, traffic);
            Thread.sleep(measurement.rest().toMillis());
          }
        }
      }
    }

    private void open(Cell cell, Arm arm, double rate) throws IOException, InterruptedException {
      if (measured.has(cell, arm, Phase.OPEN, 1)) {
        return;
      }
      revive(cell, arm);
      pool.awaitIdle(REST_LIMIT);
      round.progress().show(cell + " · " + arm.name() + " at " + Math.round(rate) + "/s");
      double leadIn = Math.max(OPEN_LEAD_IN, seconds(measurement.leadIn()));
      double seconds = OpenRate.seconds(round.definition(), rate);
      int threads = OpenRate.threads(cell, rate);
      Traffic traffic = slices.open(cell, arm, threads, rate, leadIn, seconds);
      slices.run(cell, arm, Phase.OPEN, 1, traffic);
      Thread.sleep(measurement.rest().toMillis());
    }

    /** A server that died is replaced by a fresh one, which is as cold as at the round's start. */
    private void revive(Cell cell, Arm arm) throws IOException, InterruptedException {
      if (!pool.isAlive(arm)) {
        warmUp.anew(cell.site(), cell.view(), arm);
      }
    }
  }

  private static List<View> views(List<Cell> cells) {
    return cells.stream().map(Cell::view).distinct().toList();
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
