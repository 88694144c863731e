package crossover.bench.load;

import crossover.bench.experiment.PlanFile;
import crossover.bench.probe.Machine;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdk;
import crossover.bench.stack.Launch;
import crossover.bench.stack.StartFailure;
import crossover.bench.stack.Watchdog;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stock {@code jmeter-server}s as one engine, through a process here that has JMeter's client. */
public final class RemoteEngines implements Engine {
  /** A server that does not answer within so many milliseconds counts as dead. */
  private static final String PATIENCE = "-Dsun.rmi.transport.tcp.responseTimeout=20000";

  private final Generator client;
  private final Map<String, Machine> machines;

  private RemoteEngines(Generator client, Map<String, Machine> machines) {
    this.client = client;
    this.machines = machines;
  }

  /**
   * Connects to all of them, and checks that they can be used.
   *
   * @param servers each {@code host:port}
   * @param properties a jmeter.properties with what holds for the connections; its folder is that
   *     of the key store, and without one this process's is
   * @param servedHere whether servers under test listen on this machine's loopback interface
   * @param log what the process's own output is appended to
   * @throws StartFailure when one of them cannot be used, with what to do
   */
  public static RemoteEngines connect(
      List<String> servers,
      Optional<Path> properties,
      boolean servedHere,
      Installation installation,
      Jdk jdk,
      Path log,
      Watchdog watchdog) {
    String here = "-D" + PlanFile.WORKING_FOLDER + "=" + Path.of("").toAbsolutePath();
    List<String> command =
        Generator.command(jdk, List.of(PATIENCE, here), installation.jmeter(), Optional.empty());
    Launch launch = new Launch("JMeter's client", command).log(log).piped();
    properties.ifPresent(file -> launch.directory(file.toAbsolutePath().getParent()));
    Generator client = new Generator(launch.start(watchdog));
    try {
      String file = properties.map(path -> path.toAbsolutePath().toString()).orElse("");
      return new RemoteEngines(client, client.remote().use(List.copyOf(servers), file, servedHere));
    } catch (GeneratorFailure e) {
      client.close();
      throw new StartFailure("--remote: " + e.getMessage());
    }
  }

  public Map<String, Machine> machines() {
    return machines;
  }

  @Override
  public Slice run(Traffic traffic, Window window) {
    Path plan = Path.of(traffic.plan()).toAbsolutePath(); // the process may be in another folder
    return client.run(traffic.withPlan(plan.toString()), window);
  }

  @Override
  public Slice alone(Traffic traffic) {
    Slice slice = run(traffic.to(Responder.BESIDE, 0), Window.UNWATCHED);
    if (!slice.lostEngines().isEmpty()) { // no line of the results would name it
      throw new GeneratorFailure(
          String.join("; ", slice.lostEngines()) + ": start it again, or leave it out of --remote");
    }
    return slice;
  }

  /** Engines on several machines have no common moment to begin or end a turn at. */
  @Override
  public Optional<Turns> turns(List<Traffic> traffics) {
    return Optional.empty();
  }

  @Override
  public boolean isAlive() {
    return client.isAlive();
  }

  @Override
  public void close() {
    client.close();
  }
}
