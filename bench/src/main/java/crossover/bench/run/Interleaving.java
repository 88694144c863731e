package crossover.bench.run;

import crossover.bench.experiment.Arm;
import crossover.bench.experiment.Cell;
import crossover.bench.load.Slice;
import crossover.bench.load.Turns;
import crossover.bench.probe.BackendSample;
import crossover.bench.probe.BackendUsage;
import crossover.bench.probe.Sample;
import crossover.bench.probe.Usage;
import crossover.bench.server.Server;
import crossover.bench.server.ServerPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The closed slices of one pass, measured in turns: every arm works for a tenth of a second, then
 * the next. What a shared machine does to one of them for half a second, it then does to all.
 * docs/method.md has what that is worth.
 */
final class Interleaving implements AutoCloseable {
  /** Seconds. Shorter turns gain little more, and the caches that a server finds cold count. */
  private static final double SHORTEST_TURN = 0.1;

  /** At a turn's end, users who have their answer wait for those who have not. */
  private static final int CYCLES_PER_TURN = 4;

  /** Of all arms together, connected at the same time; the generator's heap is made for so many. */
  private static final int MOST_USERS = 1000;

  /** Turns of an arm in a sweep of warm-up. */
  private static final int WARM_UP_TURNS = 2;

  /** For what an arm's turns left to compile; a server that never rests costs this much. */
  private static final Duration COMPILING_LIMIT = Duration.ofSeconds(2);

  /** One arm's slice, and what its server used for it. */
  record Measured(Server server, Slice slice, Usage usage) {}

  private final ServerPool fleet;
  private final List<Server> servers;
  private final Turns turns;

  /** Of each server under load, and so with the gauges that tell of it. */
  private final List<Sample> loaded = new ArrayList<>();

  private double slowestCycle;

  /** The servers and their users, in the order of the turns. */
  Interleaving(ServerPool fleet, List<Server> servers, Turns turns) {
    this.fleet = fleet;
    this.servers = servers;
    this.turns = turns;
  }

  /** Whether there are arms enough, few enough users, and no link that makes answers wait. */
  static boolean isPossible(Cell cell, List<Arm> arms) {
    return arms.size() > 1
        && arms.size() * cell.users() <= MOST_USERS
        && cell.site().roundTrip().isZero();
  }

  /** How long a turn is where a user's next answer comes so many seconds after the last. */
  static double turnSeconds(double cycle) {
    return Math.max(SHORTEST_TURN, CYCLES_PER_TURN * cycle);
  }

  /**
   * A sweep of warm-up, on all cores, and then what it left to compile. Servers share their cores:
   * one that compiles in another's turn takes them from it.
   *
   * @param seconds for each arm
   */
  List<Measured> warmUp(double seconds) throws InterruptedException {
    List<Sample> before = sample();
    loaded.clear();
    List<BackendUsage> beside = new ArrayList<>();
    double turn = seconds / WARM_UP_TURNS;
    for (Server server : servers) {
      CompletableFuture<Sample> amidst = amidst(turn, server);
      beside.add(take(beside.size(), turn));
      loaded.add(amidst.join());
    }
    add(beside, sweeps(WARM_UP_TURNS - 1, turn));
    fleet.awaitIdle(COMPILING_LIMIT.multipliedBy(servers.size()));
    List<Measured> measured = measured(before, beside);
    slowestCycle = measured.stream().mapToDouble(m -> cycleSeconds(m.slice())).max().orElse(0);
    return measured;
  }

  /** For most: one answer that took long (or never came) must not make all turns as long. */
  private static double cycleSeconds(Slice slice) {
    double think = slice.meanCycleMillis() - slice.meanResponseMillis();
    return (slice.p90Millis() + think) / 1000;
  }

  /**
   * Measures, once warmed up.
   *
   * @param seconds for each arm
   * @return empty where users wait so long for an answer that turns would be as long as a slice
   */
  Optional<List<Measured>> measure(double seconds) throws InterruptedException {
    int sweeps = (int) (seconds / turnSeconds(slowestCycle));
    if (sweeps == 0) {
      return Optional.empty();
    }
    List<Sample> before = sample();
    return Optional.of(measured(before, sweeps(sweeps, seconds / sweeps)));
  }

  private List<Measured> measured(List<Sample> before, List<BackendUsage> beside) {
    List<Sample> after = sample();
    List<Slice> slices = turns.cut();
    List<Measured> measured = new ArrayList<>();
    for (int arm = 0; arm < servers.size(); arm++) {
      Usage usage =
          Usage.between(before.get(arm), after.get(arm), loaded.get(arm), beside.get(arm));
      measured.add(new Measured(servers.get(arm), slices.get(arm), usage));
    }
    return measured;
  }

  /** A sample in the middle of the time that begins now. */
  private static CompletableFuture<Sample> amidst(double seconds, Server server) {
    return CompletableFuture.supplyAsync(
        server::sample,
        CompletableFuture.delayedExecutor(Math.round(500 * seconds), TimeUnit.MILLISECONDS));
  }

  private List<Sample> sample() {
    return servers.stream().map(Server::sample).toList();
  }

  /** What was used beside each server in its turns. */
  private List<BackendUsage> sweeps(int sweeps, double seconds) throws InterruptedException {
    List<BackendUsage> usages = new ArrayList<>();
    servers.forEach(server -> usages.add(BackendUsage.NONE));
    for (int sweep = 0; sweep < sweeps; sweep++) {
      List<BackendUsage> beside = new ArrayList<>();
      for (int arm = 0; arm < servers.size(); arm++) {
        beside.add(take(arm, seconds));
      }
      add(usages, beside);
    }
    return usages;
  }

  private BackendUsage take(int arm, double seconds) throws InterruptedException {
    BackendSample before = servers.get(arm).backends();
    turns.take(arm, seconds);
    BackendSample after = servers.get(arm).backends();
    if (fleet.isStopping()) {
      throw new InterruptedException("the servers are being stopped");
    }
    return BackendUsage.between(before, after);
  }

  /** Ends all users. */
  @Override
  public void close() {
    turns.close();
  }

  private static void add(List<BackendUsage> sums, List<BackendUsage> more) {
    for (int arm = 0; arm < sums.size(); arm++) {
      sums.set(arm, sums.get(arm).plus(more.get(arm)));
    }
  }
}
