package crossover.bench.server;

import static java.util.concurrent.CompletableFuture.runAsync;

import crossover.bench.experiment.Arm;
import crossover.bench.stack.StartFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/** The servers that are alive at the same time in a round: a fresh JVM for each of some arms. */
public final class ServerPool implements AutoCloseable {
  private static final Duration IDLE_WINDOW = Duration.ofMillis(100);

  /** Of all servers together in a window: a step of the kernel's clock is 0.01. */
  private static final double IDLE_SECONDS = 0.015;

  private final HostUnderTest host;
  private final Map<String, Server> servers = new LinkedHashMap<>();

  private ServerPool(HostUnderTest host) {
    this.host = host;
  }

  /** Starts all of them side by side, waits until each is ready, and has each set up. */
  public static ServerPool start(HostUnderTest host, List<Arm> arms) throws IOException {
    ServerPool pool = new ServerPool(host);
    try {
      List<Path> sql = arms.stream().flatMap(arm -> arm.sql().stream()).distinct().toList();
      List<Path> refused = sql.stream().filter(script -> !executes(host, script)).toList();
      for (Arm arm : arms) {
        pool.servers.put(arm.name(), host.launch(arm));
      }
      pool.awaitReady();
      refused.forEach(host::execute);
      return pool;
    } catch (IOException | RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  /**
   * Side by side, for each is also connected to, which takes its JVM half a second. When one fails
   * the others are stopped, and none is waited for any more when this returns.
   */
  private void awaitReady() {
    AtomicReference<RuntimeException> failure = new AtomicReference<>();
    servers.values().stream()
        .map(server -> runAsync(() -> awaitReady(server, failure), run -> new Thread(run).start()))
        .toList()
        .forEach(CompletableFuture::join);
    if (failure.get() != null) {
      throw failure.get();
    }
  }

  private void awaitReady(Server server, AtomicReference<RuntimeException> failure) {
    try {
      server.awaitReady();
    } catch (RuntimeException e) {
      if (failure.compareAndSet(null, e)) {
        servers.values().forEach(Server::beginStop);
      }
    }
  }

  /** False for a script that needs tables which the servers make when they start first. */
  private static boolean executes(HostUnderTest host, Path sql) {
    try {
      host.execute(sql);
      return true;
    } catch (StartFailure e) {
      return false;
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
    double[] before;
    double[] after = cpuSeconds();
    do {
      before = after;
      Thread.sleep(IDLE_WINDOW.toMillis());
      after = cpuSeconds();
    } while (spent(before, after) > IDLE_SECONDS && System.nanoTime() < deadline);
  }

  private double[] cpuSeconds() {
    return servers.values().stream().mapToDouble(Server::cpuSeconds).toArray();
  }

  /** By all servers together; that of one that has died is NaN, and left out. */
  private static double spent(double[] before, double[] after) {
    return IntStream.range(0, after.length)
        .mapToDouble(i -> after[i] - before[i])
        .filter(Double::isFinite)
        .sum();
  }

  /** Whether the run is being interrupted: servers end although nothing is wrong with them. */
  public boolean isStopping() {
    return host.isClosing();
  }

  public boolean isAlive(Arm arm) {
    return servers.get(arm.name()).isAlive();
  }

  /** The arm whose server has died, and how it ended. */
  public Optional<String> death() {
    return servers.entrySet().stream()
        .filter(of -> !of.getValue().isAlive())
        .map(of -> of.getKey() + " died" + of.getValue().lastLines())
        .findFirst();
  }

  /** The arm's server; a fresh one where the last has died. */
  public Server server(Arm arm) throws IOException {
    Server server = servers.get(arm.name());
    if (!server.isAlive()) {
      server.close();
      server = host.launch(arm);
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
