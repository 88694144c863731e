package crossover.bench.run;

import static crossover.bench.text.Text.format;

import crossover.bench.experiment.Definition;
import crossover.bench.experiment.SshAddress;
import crossover.bench.experiment.UsageException;
import crossover.bench.experiment.View;
import crossover.bench.load.Engine;
import crossover.bench.load.Engines;
import crossover.bench.load.Generator;
import crossover.bench.load.RemoteEngines;
import crossover.bench.probe.Machine;
import crossover.bench.remote.LoadHost;
import crossover.bench.remote.Ssh;
import crossover.bench.stack.Stack;
import crossover.bench.stack.StartFailure;
import crossover.bench.stack.Watchdog;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The machines that make the load in place of this one. The stack owns what is there. */
public final class LoadMachines {
  private static final List<String> LOOPBACK = List.of("localhost", "127.", "[::1]");

  private final Map<String, LoadHost> hosts = new LinkedHashMap<>();
  private final TestbedSpec spec;
  private final Stack stack;
  private final Map<String, Machine> servers;

  private LoadMachines(TestbedSpec spec, Stack stack, Map<String, Machine> servers) {
    this.spec = spec;
    this.stack = stack;
    this.servers = servers;
  }

  /**
   * Checks the {@code jmeter-server}s, before anything is started.
   *
   * @return their machines by name; empty: there are none
   * @throws UsageException if one cannot reach the servers of a site
   * @throws StartFailure if one cannot be used
   */
  static Map<String, Machine> check(TestbedSpec spec, Definition definition) {
    if (spec.loadMachines().size() > 1 && definition.measurement().asPlanned()) {
      throw new UsageException(
          "users: plan runs a plan whole, and several load machines would each run all of it:"
              + " name one, or say how many users there are");
    }
    spec.remote().forEach(name -> requireReachable("--remote", name, isHere(name), definition));
    if (spec.remote().isEmpty()) {
      return Map.of();
    }
    try (Watchdog watchdog = Watchdog.open();
        RemoteEngines engines = connect(spec, null, watchdog)) {
      return engines.machines();
    }
  }

  private static RemoteEngines connect(TestbedSpec spec, Path log, Watchdog watchdog) {
    return RemoteEngines.connect(
        spec.remote(), spec.remoteProperties(), spec.installation(), spec.jdk(), log, watchdog);
  }

  /**
   * Connects to those that SSH reaches, and brings what each needs.
   *
   * @param servers what {@link #check} has returned
   * @throws UsageException if one cannot reach the servers of a site
   */
  static LoadMachines open(
      TestbedSpec spec, Map<String, Machine> servers, Definition definition, Stack stack) {
    List<Path> plans = definition.views().stream().map(View::plan).toList();
    LoadMachines machines = new LoadMachines(spec, stack, servers);
    for (String name : spec.generators()) {
      SshAddress address = SshAddress.require("--generators", name);
      Ssh ssh =
          stack.own(
              Ssh.connect(address.destination(), address.client(spec.ssh()), stack.watchdog()));
      int number = machines.hosts.size() + 1;
      LoadHost host = stack.own(LoadHost.prepare(ssh, number, spec.installation(), plans));
      requireReachable("--generators", name, host.isHere(), definition);
      machines.hosts.put(name, host);
    }
    return machines;
  }

  private static boolean isHere(String server) {
    return LOOPBACK.stream().anyMatch(server::startsWith);
  }

  private static void requireReachable(
      String option, String name, boolean isHere, Definition definition) {
    boolean here = definition.sites().stream().anyMatch(site -> !site.host().isElsewhere());
    if (here && !isHere) {
      throw new UsageException(
          format(
              "%s %s cannot reach a server on this machine, which listens on the"
                  + " loopback interface: put the servers on a machine of their own by --site"
                  + " ssh:user@host",
              option, name));
    }
  }

  public boolean isEmpty() {
    return spec.loadMachines().isEmpty();
  }

  /** The machines by name. */
  public Map<String, Machine> machines() {
    Map<String, Machine> machines = new LinkedHashMap<>(servers);
    hosts.forEach((name, host) -> machines.put(name, host.machine()));
    return machines;
  }

  /** Starts an engine on each; those of {@code jmeter-server}s run already. */
  public Engine start() {
    if (!servers.isEmpty()) {
      return connect(spec, stack.directory().resolve("jmeter-client.log"), stack.watchdog());
    }
    Engines engines = new Engines();
    hosts.forEach(
        (name, host) ->
            engines.add(
                name,
                Generator.over(
                    host.start(
                        "the load engine",
                        Generator.arguments("bench.jar", "lib/*", "jmeter", Optional.empty()))),
                host::plan));
    return engines;
  }
}
