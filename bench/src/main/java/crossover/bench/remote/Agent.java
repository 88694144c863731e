package crossover.bench.remote;

import crossover.bench.probe.BackendSample;
import crossover.bench.probe.JvmProbe;
import crossover.bench.probe.Machine;
import crossover.bench.probe.Sample;
import crossover.bench.probe.ServerProbe;
import crossover.bench.stack.Calls;
import crossover.bench.stack.Cpus;
import crossover.bench.stack.Database;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdk;
import crossover.bench.stack.Ports;
import crossover.bench.stack.Stack;
import crossover.bench.stack.StartFailure;
import crossover.bench.stack.Tomcat;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A process on another host that does there what the runner does here, with the same classes. It
 * serves {@link Calls} of {@link HostAgent}, by way of the SSH connection. When its input ends it
 * stops everything that it started, and ends. The working folder is laid out like the root of the
 * repository.
 */
public final class Agent implements HostAgent {
  /** The first of the ports of servers: a firewall has to let it pass. */
  private static final int FIRST_PORT = 18_080;

  private static final class Server {
    private final Tomcat tomcat;
    private final int managementPort;
    private Optional<ServerProbe> probe = Optional.empty();
    private Optional<Sample> last = Optional.empty();

    Server(Tomcat tomcat, int managementPort) {
      this.tomcat = tomcat;
      this.managementPort = managementPort;
    }
  }

  private final Installation installation = new Installation(Path.of("").toAbsolutePath());
  private final Map<Integer, Server> servers = new HashMap<>();
  private Stack stack;

  private Agent() {}

  /** Serves until its input ends. */
  public static void main(String[] args) throws IOException {
    Calls.ofParent().serve(HostAgent.class, new Agent());
    System.exit(0); // the stack's shutdown hook stops everything
  }

  @Override
  public Machine machine() {
    return Machine.here();
  }

  @Override
  public void startBackends(Database database, URI redis) {
    stack = Stack.open(installation, Cpus.free(), database, redis);
  }

  @Override
  public void execute(String name, String sql) {
    stack.database().execute(name, sql);
  }

  @Override
  public int launch(Launch launch) {
    int managementPort = Ports.free();
    Map<String, String> settings = new HashMap<>(JvmProbe.managed(managementPort));
    settings.putAll(launch.settings());
    try {
      Tomcat tomcat =
          stack.launch(
              new Tomcat.Spec(
                  launch.name(),
                  Path.of(launch.war()),
                  launch.context(),
                  launch.tomcat(),
                  Optional.ofNullable(launch.overlay()).map(Path::of),
                  Jdk.of(Path.of(launch.java())),
                  launch.jvmOptions(),
                  settings,
                  Ports.freeFrom(FIRST_PORT)));
      servers.put(tomcat.port(), new Server(tomcat, managementPort));
      return tomcat.port();
    } catch (StartFailure e) {
      Ports.release(managementPort);
      throw e;
    }
  }

  @Override
  public void awaitReady(int port, String path, int most, Duration limit, boolean probed) {
    Server server = servers.get(port);
    server.tomcat.awaitReady(path, most, Optional.ofNullable(limit));
    long pid = server.tomcat.pid();
    Map<String, Long> pids = stack.backendPids();
    server.probe =
        Optional.of(
            probed
                ? new ServerProbe(pid, pids, server.managementPort)
                : new ServerProbe(pid, pids, false));
  }

  @Override
  public Sample sample(int port) {
    Server server = servers.get(port);
    Sample sample = server.probe.orElseThrow().sample();
    server.last = Optional.of(sample);
    return sample.with(Sample.NotCounted.HERE);
  }

  @Override
  public double requests(int port) {
    return servers.get(port).probe.orElseThrow().requests();
  }

  @Override
  public double pinned(int port, Instant from, Instant to) throws IOException {
    Optional<Sample> last = servers.get(port).last;
    return last.isPresent() ? last.get().pinning().count(from, to) : Double.NaN;
  }

  @Override
  public BackendSample backends() {
    return BackendSample.of(stack.backendPids());
  }

  @Override
  public double cpuSeconds(int port) {
    return servers.get(port).tomcat.cpuSeconds();
  }

  @Override
  public boolean isAlive(int port) {
    return servers.get(port).tomcat.isAlive();
  }

  @Override
  public String lastLines(int port) {
    return servers.get(port).tomcat.lastLines();
  }

  @Override
  public void stop(int port) {
    Server server = servers.remove(port);
    if (server != null) {
      server.probe.ifPresent(ServerProbe::close);
      server.tomcat.close();
      Ports.release(server.managementPort);
    }
  }
}
