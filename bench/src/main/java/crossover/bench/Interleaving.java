package crossover.bench;

import crossover.bench.load.Slice;
import crossover.bench.load.Turn;
import crossover.bench.load.Turns;
import crossover.bench.probe.BackendSample;
import crossover.bench.probe.BackendUsage;
import crossover.bench.probe.Sample;
import crossover.bench.probe.Usage;
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
final class Interleaving {
  /** Seconds. Shorter turns gain little more, and the caches that a server finds cold count. */
  private static final double SHORTEST_TURN = 0.1;

  /** At a turn's end, users who have their answer wait for those who have not. */
  private static final int CYCLES_PER_TURN = 4;

  /** For what each arm's first turn left to compile; a server that never rests costs this much. */
  private static final Duration COMPILING_LIMIT = Duration.ofSeconds(2);

  /** One arm's slice, and what its server used for it. */
  record Measured(Slice slice, Usage usage) {}

  private final Fleet fleet;
  private final List<Server> servers;
  private final Turns turns;

  /** The servers and their users, in the order of the turns. */
  Interleaving(Fleet fleet, List<Server> servers, Turns turns) {
    this.fleet = fleet;
    this.servers = servers;
    this.turns = turns;
  }

  /** How long a turn is where a user's next answer comes so many seconds after the last. */
  static double turnSeconds(double cycle) {
    return Math.max(SHORTEST_TURN, CYCLES_PER_TURN * cycle);
  }

  /**
   * Measures.
   *
   * @param users of each arm
   * @param leadIn seconds of a first turn that is not measured, at least
   * @param seconds for each arm
   * @return empty where users wait so long for an answer that turns would be as long as a slice
   */
  Optional<List<Measured>> measure(int users, double leadIn, double seconds)
      throws InterruptedException {
    double cycle = 0;
    double first = Math.max(SHORTEST_TURN, leadIn);
    List<Sample> loaded = new ArrayList<>();
    for (Server server : servers) {
      CompletableFuture<Sample> amidst = amidst(first, server);
      Turn turn = turns.take(loaded.size(), first, false);
      loaded.add(amidst.join());
      cycle = Math.max(cycle, turn.over() ? 0 : users * turn.seconds() / turn.requests());
    }
    int sweeps = (int) (seconds / turnSeconds(cycle));
    if (sweeps == 0) {
      return Optional.empty();
    }
    // The servers share their cores: one that compiles now would take them from all others' turns.
    fleet.finishCompiling(COMPILING_LIMIT.multipliedBy(servers.size()));
    List<Sample> before = sample();
    List<BackendUsage> beside = sweep(sweeps, seconds / sweeps);
    List<Sample> after = sample();
    List<Slice> slices = turns.end();
    List<Measured> measured = new ArrayList<>();
    for (int arm = 0; arm < servers.size(); arm++) {
      Usage usage =
          Usage.between(before.get(arm), after.get(arm), loaded.get(arm), beside.get(arm));
      measured.add(new Measured(slices.get(arm), usage));
    }
    return Optional.of(measured);
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

  private List<BackendUsage> sweep(int sweeps, double seconds) throws InterruptedException {
    List<BackendUsage> usages = new ArrayList<>();
    servers.forEach(server -> usages.add(BackendUsage.NONE));
    for (int sweep = 0; sweep < sweeps; sweep++) {
      for (int arm = 0; arm < servers.size(); arm++) {
        BackendSample before = servers.get(arm).backends();
        turns.take(arm, seconds, true);
        BackendSample after = servers.get(arm).backends();
        usages.set(arm, usages.get(arm).plus(BackendUsage.between(before, after)));
        if (fleet.isStopping()) {
          throw new InterruptedException("the servers are being stopped");
        }
      }
    }
    return usages;
  }
}
