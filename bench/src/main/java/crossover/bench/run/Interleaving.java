package crossover.bench.run;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingDouble;

import crossover.bench.experiment.Arm;
import crossover.bench.experiment.Cell;
import crossover.bench.load.Slice;
import crossover.bench.load.Turn;
import crossover.bench.load.Turns;
import crossover.bench.probe.BackendSample;
import crossover.bench.probe.BackendUsage;
import crossover.bench.probe.CpuClock;
import crossover.bench.probe.Sample;
import crossover.bench.probe.Usage;
import crossover.bench.results.SliceLine;
import crossover.bench.server.Server;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Closed slices that are measured in turns. The users of all arms in some cells are connected all
 * the time; a sweep lets those of one arm in one cell after the other work for a tenth of a second.
 * What a shared machine does to one of them for half a second, it then does to all. Within a cell
 * the arms follow each other in balanced order. docs/method.md has what that is worth.
 */
final class Interleaving implements AutoCloseable {
  /** Of all arms and cells together, connected at once; the generator's heap is made for them. */
  static final int MOST_USERS = 1000;

  /** Seconds. Shorter turns gain little more, and the caches that a server finds cold count. */
  private static final double SHORTEST_TURN = 0.1;

  /** Seconds. A view that answers quickly is asked often enough in less. */
  private static final double SHORTEST_WARM_UP_TURN = SHORTEST_TURN / 3;

  /** Seconds. A slice that is shorter than a turn is made as long as the turn, up to this. */
  private static final double STRETCHED = 10;

  /** At a turn's end, users who have their answer wait for those who have not. */
  private static final int CYCLES_PER_TURN = 4;

  /** Sweeps for each in which all counters are read; of the others the CPU time only. */
  private static final int SWEEPS_PER_SAMPLE = 4;

  private final List<Crew> crews;
  private final Turns turns;
  private final TurnOrder order;
  private final RoundClock clock;

  /** The users of one arm in one cell, and what came of their turns since the last cut. */
  static final class Crew {
    final Cell cell;
    final Arm arm;
    final Server server;
    final CpuClock cpu;
    private final List<SliceLine.Turn> turns = new ArrayList<>();
    private CpuClock.Spent spent = CpuClock.Spent.NONE;
    private Usage sampled;
    private long sampledRequests;
    private long requests;

    /** Under load, in the warm-up, and so with the gauges that tell of it. */
    private Sample loaded;

    /** Seconds from one answer to the user's next. */
    private double cycle;

    /** Seconds that a request took in the latest sweep of warm-up, all users together. */
    private double secondsPerRequest = 1;

    Crew(Cell cell, Arm arm, Server server) {
      this.cell = cell;
      this.arm = arm;
      this.server = server;
      cpu = server.cpuClock();
    }

    private void forget() {
      turns.clear();
      spent = CpuClock.Spent.NONE;
      sampled = null;
      sampledRequests = 0;
      requests = 0;
    }
  }

  /**
   * One arm's slice in one cell.
   *
   * @param usage what its server used for the requests that count in it; null: not known
   */
  record Measured(
      Cell cell, Arm arm, Server server, Slice slice, Usage usage, List<SliceLine.Turn> turns) {}

  /**
   * @param crews cell by cell, each with all arms
   * @param turns of their users, in this order
   * @param seed of the order in which arms follow each other
   */
  Interleaving(List<Crew> crews, Turns turns, long seed, RoundClock clock) {
    this.crews = crews;
    this.turns = turns;
    this.clock = clock;
    int cells = cells().size();
    order = new TurnOrder(cells, crews.size() / cells, seed);
  }

  /** How long the turns of all arms in a cell are. */
  private double turnSeconds(Cell cell) {
    return Math.max(SHORTEST_TURN, CYCLES_PER_TURN * cycleSeconds(cell));
  }

  private double cycleSeconds(Cell cell) {
    return crews.stream()
        .filter(c -> c.cell.equals(cell))
        .mapToDouble(c -> c.cycle)
        .max()
        .orElse(0);
  }

  /** The cells, in the order of their turns. */
  List<Cell> cells() {
    return crews.stream().map(c -> c.cell).distinct().toList();
  }

  /** The servers, each once. */
  Map<Arm, Server> servers() {
    Map<Arm, Server> servers = new HashMap<>();
    crews.forEach(c -> servers.put(c.arm, c.server));
    return servers;
  }

  /**
   * What came of a sweep of warm-up in one cell.
   *
   * @param serving CPU seconds of the server in its turns, without compilers
   * @param beside what was used beside the server in them
   */
  record Swept(
      Crew crew, Slice slice, double serving, BackendUsage beside, List<SliceLine.Turn> turns) {
    Measured measured(Usage usage) {
      return new Measured(crew.cell, crew.arm, crew.server, slice, usage, turns);
    }
  }

  /**
   * A sweep of warm-up. Each arm has about the same time, and divides it so that each of its views
   * is asked as often as the others: what is compiled depends on calls.
   *
   * @param seconds for each arm at least, over all cells
   */
  List<Swept> warmUp(double seconds) throws InterruptedException {
    int cells = cells().size();
    int repeats = (int) Math.ceil(seconds / (SHORTEST_TURN * cells));
    Map<Arm, Double> ofArm =
        crews.stream().collect(groupingBy(c -> c.arm, summingDouble(c -> c.secondsPerRequest)));
    Map<Crew, BackendUsage> beside = new HashMap<>();
    crews.forEach(Crew::forget);
    for (int i = 0; i < repeats; i++) {
      for (int index : order.warmUp()) {
        Crew crew = crews.get(index);
        double share = crew.secondsPerRequest / ofArm.get(crew.arm);
        double turnSeconds = Math.max(SHORTEST_WARM_UP_TURN, SHORTEST_TURN * cells * share);
        CompletableFuture<Sample> amidst = i == 0 ? amidst(crew.server, turnSeconds) : null;
        BackendSample before = crew.server.backends();
        Map<String, Long> cpu = crew.cpu.read();
        Turn turn = turns.take(index, 0, turnSeconds);
        crew.cycle = turn.seconds();
        CpuClock.Spent spent = crew.cpu.since(cpu);
        crew.spent = crew.spent.plus(spent, 1);
        crew.turns.add(new SliceLine.Turn(turn.requests(), turn.window(), 1000 * spent.serving()));
        BackendUsage used = BackendUsage.between(before, crew.server.backends());
        beside.merge(crew, used, BackendUsage::plus);
        if (amidst != null) {
          crew.loaded = amidst.join();
        }
      }
    }
    List<Swept> swept = new ArrayList<>();
    List<Slice> slices = turns.cut();
    for (int i = 0; i < crews.size(); i++) {
      Crew crew = crews.get(i);
      // Answers that take longer than a turn of warm-up are none of its figures.
      crew.cycle = slices.get(i).requests() > 0 ? cycleSeconds(slices.get(i)) : crew.cycle;
      crew.secondsPerRequest = slices.get(i).seconds() / Math.max(1, slices.get(i).requests());
      double serving = crew.spent.serving();
      swept.add(new Swept(crew, slices.get(i), serving, beside.get(crew), List.copyOf(crew.turns)));
    }
    return swept;
  }

  /** For most: one answer that took long (or never came) must not make all turns as long. */
  private static double cycleSeconds(Slice slice) {
    double think = slice.meanCycleMillis() - slice.meanResponseMillis();
    return (slice.p90Millis() + Math.max(0, think)) / 1000;
  }

  /** A sample in the middle of the turn that begins now. */
  private static CompletableFuture<Sample> amidst(Server server, double turnSeconds) {
    return CompletableFuture.supplyAsync(
        server::sample,
        CompletableFuture.delayedExecutor(Math.round(500 * turnSeconds), TimeUnit.MILLISECONDS));
  }

  /**
   * Measures a slice of every arm in every cell.
   *
   * @param seconds of each; where users wait long for their answers, it is one turn, and longer
   */
  List<Measured> measure(double seconds) throws InterruptedException {
    Map<Cell, Integer> turnsOf = new HashMap<>();
    cells().forEach(c -> turnsOf.put(c, Math.max(1, (int) (seconds / turnSeconds(c)))));
    int most = turnsOf.values().stream().max(Integer::compare).orElseThrow();
    crews.forEach(Crew::forget);
    int[] wanted = cells().stream().mapToInt(turnsOf::get).toArray();
    for (int sweep = 0; sweep < most; sweep++) {
      for (int index : order.measured(sweep, most, wanted)) {
        Cell cell = crews.get(index).cell;
        int own = turnsOf.get(cell);
        boolean sampling = sweep % SWEEPS_PER_SAMPLE == 0 || own < most;
        take(index, Math.max(seconds / own, Math.min(turnSeconds(cell), STRETCHED)), sampling);
      }
    }
    List<Slice> slices = turns.cut();
    List<Measured> measured = new ArrayList<>();
    for (int i = 0; i < crews.size(); i++) {
      measured.add(measured(crews.get(i), slices.get(i)));
    }
    return measured;
  }

  private Measured measured(Crew crew, Slice slice) {
    double factor = (double) crew.requests / Math.max(1, crew.sampledRequests);
    Usage usage = crew.sampled.extrapolated(factor, slice.seconds(), crew.spent);
    return new Measured(crew.cell, crew.arm, crew.server, slice, usage, List.copyOf(crew.turns));
  }

  /**
   * One turn. The server's CPU time is read at its two ends, so what the server does while others
   * have their turns is not counted as theirs or its own.
   */
  private void take(int index, double seconds, boolean sampling) throws InterruptedException {
    Crew crew = crews.get(index);
    Sample before = sampling ? crew.server.sample() : null;
    Map<String, Long> cpu = crew.cpu.read();
    Turn turn = turns.take(index, Math.min(cycleSeconds(crew.cell), seconds / 4), seconds);
    CpuClock.Spent all = crew.cpu.since(cpu);
    if (sampling) {
      Sample after = crew.server.sample();
      Usage used = Usage.between(before, after, crew.loaded);
      crew.sampled = crew.sampled == null ? used : crew.sampled.plus(used);
      crew.sampledRequests += turn.begun();
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    // Of the turn's requests some ended outside its window: their share of the CPU time, too.
    double counted = (double) turn.requests() / Math.max(1, turn.begun());
    crew.spent = crew.spent.plus(all, counted);
    crew.requests += turn.requests();
    crew.turns.add(
        new SliceLine.Turn(turn.requests(), turn.window(), 1000 * counted * all.serving()));
    clock.measured(turn.seconds());
  }

  /** Ends all users. */
  @Override
  public void close() {
    turns.close();
  }
}
