package crossover.bench;

import crossover.bench.plan.Arm;
import crossover.bench.probe.Sample;
import crossover.bench.probe.Usage;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The servers that are alive at the same time in a round: a fresh JVM for each of some arms. */
final class Fleet implements AutoCloseable {
  private static final Duration IDLE_LIMIT = Duration.ofSeconds(10);
  private static final Duration IDLE_WINDOW = Duration.ofMillis(200);
  private static final double IDLE_SHARE = 0.1;

  private final Premises premises;
  private final Map<String, Server> servers = new LinkedHashMap<>();

  private Fleet(Premises premises) {
    this.premises = premises;
  }

  /** Starts all of them side by side, and waits until each is ready. */
  static Fleet start(Premises premises, List<Arm> arms) throws IOException {
    Fleet fleet = new Fleet(premises);
    try {
      for (Arm arm : arms) {
        fleet.servers.put(arm.name(), premises.launch(arm));
      }
      fleet.servers.values().forEach(Server::awaitReady);
      return fleet;
    } catch (IOException | RuntimeException e) {
      fleet.close();
      throw e;
    }
  }

  /** Lets a server use all cores, or its own alone. */
  void place(Arm arm, boolean onItsOwnCores) throws IOException {
    server(arm).place(onItsOwnCores);
  }

  /**
   * Waits, for a limited time, until no server does anything: all have compiled what they had to.
   */
  void awaitIdle() throws InterruptedException {
    long deadline = System.nanoTime() + IDLE_LIMIT.toNanos();
    boolean busy = true;
    while (busy && System.nanoTime() < deadline) {
      List<Sample> before = servers.values().stream().map(Server::sample).toList();
      Thread.sleep(IDLE_WINDOW.toMillis());
      int next = 0;
      busy = false;
      for (Server server : servers.values()) {
        Usage usage = Usage.between(before.get(next++), server.sample());
        busy |= usage.server().cpu() > IDLE_SHARE * usage.seconds();
      }
    }
  }

  /** Whether the run is being interrupted: servers end although nothing is wrong with them. */
  boolean isStopping() {
    return premises.isClosing();
  }

  boolean isAlive(Arm arm) {
    return servers.get(arm.name()).isAlive();
  }

  /** The arm's server; a fresh one where the last has died. */
  Server server(Arm arm) throws IOException {
    Server server = servers.get(arm.name());
    if (!server.isAlive()) {
      server.close();
      server = premises.launch(arm);
      servers.put(arm.name(), server);
      server.awaitReady();
    }
    return server;
  }

  @Override
  public void close() {
    servers.values().forEach(Server::beginStop);
    servers.values().forEach(Server::close);
  }
}
