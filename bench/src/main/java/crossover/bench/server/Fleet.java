package crossover.bench.server;

import crossover.bench.experiment.Arm;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The servers that are alive at the same time in a round: a fresh JVM for each of some arms. */
public final class Fleet implements AutoCloseable {
  private static final Duration IDLE_WINDOW = Duration.ofMillis(100);

  /** Of all servers together in a window: a step of the kernel's clock is 0.01. */
  private static final double IDLE_SECONDS = 0.015;

  private final Premises premises;
  private final Map<String, Server> servers = new LinkedHashMap<>();

  private Fleet(Premises premises) {
    this.premises = premises;
  }

  /** Starts all of them side by side, and waits until each is ready. */
  public static Fleet start(Premises premises, List<Arm> arms) throws IOException {
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

  /** Lets all servers use all cores, or their own alone. */
  public void place(boolean onTheirOwnCores) {
    servers.values().forEach(server -> server.place(onTheirOwnCores));
  }

  /**
   * Waits, for a limited time, until no server does anything: all have compiled what they had to.
   * The servers share their cores, so one that goes on would take them from the next arm.
   */
  public void awaitIdle(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    double before;
    double after = cpuSeconds();
    do {
      before = after;
      Thread.sleep(IDLE_WINDOW.toMillis());
      after = cpuSeconds();
    } while (after - before > IDLE_SECONDS && System.nanoTime() < deadline);
  }

  private double cpuSeconds() {
    return servers.values().stream().mapToDouble(Server::cpuSeconds).sum();
  }

  /** Whether the run is being interrupted: servers end although nothing is wrong with them. */
  public boolean isStopping() {
    return premises.isClosing();
  }

  public boolean isAlive(Arm arm) {
    return servers.get(arm.name()).isAlive();
  }

  /** The arm's server; a fresh one where the last has died. */
  public Server server(Arm arm) throws IOException {
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
