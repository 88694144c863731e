package crossover.bench;

import crossover.bench.plan.Arm;
import crossover.bench.probe.Sample;
import crossover.bench.probe.ServerProbe;
import crossover.bench.probe.Usage;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdk;
import crossover.bench.stack.Link;
import crossover.bench.stack.Stack;
import crossover.bench.stack.Tomcat;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The servers of one round: a fresh JVM for every arm, alive and idle while another is measured.
 */
final class Fleet implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(3);

  private static final Duration IDLE_LIMIT = Duration.ofSeconds(10);
  private static final Duration IDLE_WINDOW = Duration.ofMillis(200);
  private static final double IDLE_SHARE = 0.1;

  private final Stack stack;
  private final Links links;
  private final Installation installation;
  private final Jdk jdk;
  private final Map<String, Server> servers = new LinkedHashMap<>();

  /**
   * A server, what leads to it, and what reads its counters.
   *
   * @param port where clients connect: the server's own, or that of the link in front of it
   */
  record Server(Tomcat tomcat, Optional<Link> link, int port, ServerProbe probe) {}

  private Fleet(Stack stack, Links links, Installation installation, Jdk jdk) {
    this.stack = stack;
    this.links = links;
    this.installation = installation;
    this.jdk = jdk;
  }

  /** Starts all of them side by side, and waits until each is ready. */
  static Fleet start(Stack stack, Links links, Installation installation, Jdk jdk, List<Arm> arms)
      throws IOException {
    Fleet fleet = new Fleet(stack, links, installation, jdk);
    try {
      Map<Arm, Tomcat> starting = new LinkedHashMap<>();
      arms.forEach(arm -> starting.put(arm, fleet.launch(arm)));
      for (Map.Entry<Arm, Tomcat> arm : starting.entrySet()) {
        fleet.servers.put(arm.getKey().name(), fleet.ready(arm.getKey(), arm.getValue()));
      }
      return fleet;
    } catch (IOException | RuntimeException e) {
      fleet.close();
      throw e;
    }
  }

  private Tomcat launch(Arm arm) {
    int line = arm.tomcat().equals("11") ? 11 : 10;
    Map<String, String> settings = new TreeMap<>(links.settings());
    // One Redis serves all arms: without a prefix of its own an arm would find another's pages.
    settings.put("crossover.cache.prefix", arm.name() + ":");
    settings.putAll(arm.settings());
    return stack.launch(
        arm.name(),
        arm.war().orElse(installation.war()),
        line,
        arm.overlay(),
        jdk,
        arm.jvm(),
        settings,
        0);
  }

  private Server ready(Arm arm, Tomcat tomcat) throws IOException {
    // Of a foreign WAR all that is asked is that it answers; of ours, that its backends do too.
    tomcat.awaitReady(
        arm.ready(), status -> arm.war().isPresent() ? status < 500 : status == 200, START_LIMIT);
    Map<String, Long> others = new TreeMap<>(stack.backendPids());
    others.putAll(links.pids());
    Optional<Link> link = links.toServer(tomcat);
    int port = link.map(Link::localPort).orElse(tomcat.port());
    return new Server(tomcat, link, port, new ServerProbe(tomcat.pid(), others));
  }

  /** Lets a server use all cores, or its own alone. */
  void place(Arm arm, boolean onItsOwnCores) throws IOException {
    long pid = server(arm).tomcat().pid();
    if (onItsOwnCores) {
      stack.cpus().pin(pid);
    } else {
      stack.cpus().release(pid);
    }
  }

  /**
   * Waits, for a limited time, until no server does anything: all have compiled what they had to.
   */
  void awaitIdle() throws InterruptedException {
    long deadline = System.nanoTime() + IDLE_LIMIT.toNanos();
    boolean busy = true;
    while (busy && System.nanoTime() < deadline) {
      List<Sample> before = servers.values().stream().map(s -> s.probe().sample()).toList();
      Thread.sleep(IDLE_WINDOW.toMillis());
      int next = 0;
      busy = false;
      for (Server server : servers.values()) {
        Usage usage = Usage.between(before.get(next++), server.probe().sample());
        busy |= usage.server().cpu() > IDLE_SHARE * usage.seconds();
      }
    }
  }

  /** Whether the run is being interrupted: servers end although nothing is wrong with them. */
  boolean isStopping() {
    return stack.isClosed();
  }

  boolean isAlive(Arm arm) {
    return servers.get(arm.name()).tomcat().isAlive();
  }

  /** The arm's server; a fresh one where the last has died. */
  Server server(Arm arm) throws IOException {
    Server server = servers.get(arm.name());
    if (!server.tomcat().isAlive()) {
      close(server);
      server = ready(arm, launch(arm));
      servers.put(arm.name(), server);
    }
    return server;
  }

  @Override
  public void close() {
    servers.values().forEach(server -> server.tomcat().beginStop());
    servers.values().forEach(this::close);
  }

  private void close(Server server) {
    server.probe().close();
    server.link().ifPresent(links::forget);
    server.tomcat().close();
  }
}
