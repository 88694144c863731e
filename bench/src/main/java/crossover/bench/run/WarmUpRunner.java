package crossover.bench.run;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingDouble;

import crossover.bench.analysis.WarmUpCriterion;
import crossover.bench.experiment.Arm;
import crossover.bench.experiment.Cell;
import crossover.bench.experiment.Site;
import crossover.bench.experiment.View;
import crossover.bench.load.Slice;
import crossover.bench.load.Traffic;
import crossover.bench.probe.CpuClock;
import crossover.bench.probe.Sample;
import crossover.bench.probe.Usage;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import crossover.bench.server.ServerPool;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Warms servers up in sweeps over the arms, on all cores, until they are warm or the experiment's
 * time for it is over. docs/method.md has the rules and docs/decisions/0009 the reasons.
 */
final class WarmUpRunner {
  /** Of an arm in a sweep: long enough for a figure, short enough to stop soon after warm. */
  private static final double SWEEP_SECONDS = 0.4;

  /** The first burst at a server: its answers are checked in full. */
  private static final double FIRST_BURST_SECONDS = 0.1;

  /** So often a first burst may meet a server that is slower, cold, than its own time limit. */
  private static final int COLD_BURSTS = 5;

  /** In the first burst at a server: more would run into its time limits while it is cold. */
  private static final int FIRST_USERS = 4;

  /** From then on, at most: more teach a server nothing new. */
  private static final int MOST_USERS = 64;

  /** Compilers work off a sweep in less, on any machine that is worth measuring. */
  private static final Duration COMPILING_LIMIT = Duration.ofSeconds(10);

  private final CurrentRound round;
  private final ServerPool pool;
  private final SliceRunner slices;

  WarmUpRunner(CurrentRound round, ServerPool pool, SliceRunner slices) {
    this.round = round;
    this.pool = pool;
    this.slices = slices;
  }

  /**
   * As many users as will be measured: fewer never wait for each other, and what is compiled for
   * that is thrown away when they do.
   */
  List<Integer> users(View view) {
    return round.measurement().users(view).stream()
        .map(users -> Math.min(users, MOST_USERS))
        .distinct()
        .toList();
  }

  /** The first burst of every arm on every view. */
  void first(Site site, List<View> views, List<Arm> arms) throws IOException, InterruptedException {
    inBursts(site, views, arms, 1, 1);
  }

  /** Warms arms up that have had their first burst. */
  void inBursts(Site site, List<View> views, List<Arm> arms)
      throws IOException, InterruptedException {
    inBursts(site, views, arms, 2, mostSweeps());
  }

  /** Warms a server up that took the place of one that died. */
  void anew(Site site, View view, Arm arm) throws IOException, InterruptedException {
    inBursts(site, List.of(view), List.of(arm), 1, mostSweeps());
  }

  /**
   * Bursts go round: while one arm is asked, the others go on compiling what they were asked for.
   * The numbers of users take turns.
   */
  private void inBursts(Site site, List<View> views, List<Arm> arms, int from, int most)
      throws IOException, InterruptedException {
    long since = System.nanoTime();
    pool.place(false);
    Map<Arm, List<SliceLine>> bursts = new HashMap<>();
    arms.forEach(arm -> bursts.put(arm, new ArrayList<>()));
    pool.awaitIdle(COMPILING_LIMIT);
    List<Arm> cold = arms;
    for (int sweep = from; sweep <= most && !cold.isEmpty(); sweep++) {
      for (View view : views) {
        for (Arm arm : cold) {
          bursts.get(arm).add(burst(site, view, arm, sweep));
        }
      }
      cold = cold.stream().filter(arm -> !WarmUpCriterion.isWarm(bursts.get(arm))).toList();
      pool.awaitIdle(COMPILING_LIMIT);
    }
    pool.place(true);
    round.clock().warmedUp(since);
  }

  private SliceLine burst(Site site, View view, Arm arm, int sweep)
      throws IOException, InterruptedException {
    boolean first = sweep == 1;
    List<Integer> levels = users(view);
    int users = levels.get((sweep - 1) % levels.size());
    Cell cell = new Cell(site, view, first ? Math.min(users, FIRST_USERS) : users);
    round.progress().show("warm-up: " + cell + " · " + arm.name());
    // The first answers are checked in full: a wrong page must not be measured.
    double seconds = first ? FIRST_BURST_SECONDS : SWEEP_SECONDS;
    Traffic traffic = slices.closed(cell, arm, first, 0, seconds);
    SliceLine line = slices.run(cell, arm, Phase.WARMUP, sweep, traffic);
    for (int bursts = 1; first && isUnavailable(line.load()) && bursts < COLD_BURSTS; bursts++) {
      line = slices.run(cell, arm, Phase.WARMUP, sweep, traffic);
    }
    // None answered in a cold burst, or one still open at its end, is no wrong page.
    Slice seen = line.load();
    if (seen.errors() > 0 || !seen.lostEngines().isEmpty() || !pool.isAlive(arm)) {
      throw new InvalidMeasurement(cell + " · " + arm.name() + ": " + line.invalidReason());
    }
    return line;
  }

  /** Whether a server said of all that failed that it could not serve it yet. */
  private static boolean isUnavailable(Slice seen) {
    return seen.errors() > 0
        && seen.errorSample().stream().allMatch(error -> error.startsWith("503"));
  }

  /** Warms all arms up by the users, and in the turns, with which they will be measured. */
  void inTurns(Interleaving interleaving) throws IOException, InterruptedException {
    long since = System.nanoTime();
    pool.place(false);
    int quiet = 0;
    // One sweep must be: the gauges come from it.
    int most = Math.max(2, mostSweeps());
    for (int sweep = 2; quiet < WarmUpCriterion.QUIET_SWEEPS && sweep <= most; sweep++) {
      round.progress().show("warm-up of all arms in turns, sweep " + (sweep - 1));
      List<SliceLine> lines = sweep(interleaving, sweep);
      if (pool.death().isPresent()) {
        throw new InvalidMeasurement("in the warm-up " + pool.death().get());
      }
      boolean allQuiet =
          lines.stream().allMatch(l -> l.valid() && WarmUpCriterion.isQuietInTurns(l));
      quiet = allQuiet ? quiet + 1 : 0;
    }
    pool.place(true);
    round.clock().warmedUp(since);
  }

  /**
   * What a server compiled in the sweep, and after it, counts for its cells by the time they had.
   */
  private List<SliceLine> sweep(Interleaving interleaving, int sweep)
      throws IOException, InterruptedException {
    Instant start = Instant.now();
    Map<Arm, Sample> before = new HashMap<>();
    interleaving.servers().forEach((arm, server) -> before.put(arm, server.sample()));
    List<Interleaving.Swept> swept = interleaving.warmUp(SWEEP_SECONDS);
    pool.awaitIdle(COMPILING_LIMIT);
    Map<Arm, Usage> usages = new HashMap<>();
    interleaving
        .servers()
        .forEach((arm, s) -> usages.put(arm, Usage.between(before.get(arm), s.sample())));
    Map<Arm, Double> seconds =
        swept.stream()
            .collect(groupingBy(s -> s.crew().arm, summingDouble(s -> s.slice().seconds())));
    List<Interleaving.Measured> measured = new ArrayList<>();
    for (Interleaving.Swept cell : swept) {
      Arm arm = cell.crew().arm;
      Usage all = usages.get(arm);
      double share = cell.slice().seconds() / seconds.get(arm);
      CpuClock.Spent spent = new CpuClock.Spent(cell.serving(), share * all.server().compilers());
      Usage usage = all.extrapolated(share, cell.slice().seconds(), spent).with(cell.beside());
      measured.add(cell.measured(usage));
    }
    return slices.keep(Phase.WARMUP, sweep, start, measured);
  }

  private int mostSweeps() {
    return (int) (round.measurement().warmUp().toMillis() / (1000 * SWEEP_SECONDS));
  }
}
