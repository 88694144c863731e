package crossover.bench;

import crossover.bench.plan.Arm;
import crossover.bench.probe.ServerProbe;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdk;
import crossover.bench.stack.Stack;
import crossover.bench.stack.Tomcat;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The servers of one round: a fresh JVM for every arm, alive and idle while another is measured.
 */
final class Fleet implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(3);

  private final Stack stack;
  private final Installation installation;
  private final Jdk jdk;
  private final Map<String, Server> servers = new LinkedHashMap<>();

  /** A server and what reads its counters. */
  record Server(Tomcat tomcat, ServerProbe probe) implements AutoCloseable {
    @Override
    public void close() {
      probe.close();
      tomcat.close();
    }
  }

  private Fleet(Stack stack, Installation installation, Jdk jdk) {
    this.stack = stack;
    this.installation = installation;
    this.jdk = jdk;
  }

  /** Starts all of them side by side, and waits until each is ready. */
  static Fleet start(Stack stack, Installation installation, Jdk jdk, List<Arm> arms) {
    Fleet fleet = new Fleet(stack, installation, jdk);
    try {
      Map<Arm, Tomcat> starting = new LinkedHashMap<>();
      arms.forEach(arm -> starting.put(arm, fleet.launch(arm)));
      starting.forEach((arm, tomcat) -> fleet.servers.put(arm.name(), fleet.ready(arm, tomcat)));
      return fleet;
    } catch (RuntimeException e) {
      fleet.close();
      throw e;
    }
  }

  private Tomcat launch(Arm arm) {
    int line = arm.tomcat().equals("11") ? 11 : 10;
    return stack.launch(
        arm.name(),
        arm.war().orElse(installation.war()),
        line,
        arm.overlay(),
        jdk,
        arm.jvm(),
        arm.settings(),
        0);
  }

  private Server ready(Arm arm, Tomcat tomcat) {
    // Of a foreign WAR all that is asked is that it answers; of ours, that its backends do too.
    tomcat.awaitReady(
        arm.ready(), status -> arm.war().isPresent() ? status < 500 : status == 200, START_LIMIT);
    return new Server(tomcat, new ServerProbe(tomcat.pid(), stack.backendPids()));
  }

  /** Whether the run is being interrupted: servers end although nothing is wrong with them. */
  boolean isStopping() {
    return stack.isClosed();
  }

  boolean isAlive(Arm arm) {
    return servers.get(arm.name()).tomcat().isAlive();
  }

  /** The arm's server; a fresh one where the last has died. */
  Server server(Arm arm) {
    Server server = servers.get(arm.name());
    if (!server.tomcat().isAlive()) {
      server.close();
      server = ready(arm, launch(arm));
      servers.put(arm.name(), server);
    }
    return server;
  }

  @Override
  public void close() {
    servers.values().forEach(server -> server.tomcat().beginStop());
    servers.values().forEach(Server::close);
  }
}
