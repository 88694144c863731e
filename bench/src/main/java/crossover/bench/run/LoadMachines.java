package crossover.bench.run;

import static crossover.bench.text.Text.format;

import crossover.bench.experiment.Definition;
import crossover.bench.experiment.SshAddress;
import crossover.bench.experiment.UsageException;
import crossover.bench.experiment.View;
import crossover.bench.load.Engine;
import crossover.bench.load.Engines;
import crossover.bench.load.Generator;
import crossover.bench.probe.Machine;
import crossover.bench.remote.LoadHost;
import crossover.bench.remote.Ssh;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Stack;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The machines that make the load in place of this one. The stack owns what is there. */
public final class LoadMachines {
  private final Map<String, LoadHost> hosts = new LinkedHashMap<>();

  private LoadMachines() {}

  /**
   * Connects to each and brings what it needs.
   *
   * @param names as one would type them after {@code ssh}, each with {@code :port} if need be
   * @throws UsageException if one cannot reach the servers of a site
   */
  public static LoadMachines open(
      List<String> names,
      List<String> client,
      Definition definition,
      Stack stack,
      Installation installation) {
    List<Path> plans = definition.views().stream().map(View::plan).toList();
    LoadMachines machines = new LoadMachines();
    if (names.size() > 1 && definition.measurement().asPlanned()) {
      throw new UsageException(
          "users: plan runs a plan whole, and several --generators would each run all of it:"
              + " name one, or say how many users there are");
    }
    for (String name : names) {
      SshAddress address = SshAddress.require("--generators", name);
      Ssh ssh =
          stack.own(Ssh.connect(address.destination(), address.client(client), stack.watchdog()));
      int number = machines.hosts.size() + 1;
      LoadHost host = stack.own(LoadHost.prepare(ssh, number, installation, plans));
      requireReachable(name, host, definition);
      machines.hosts.put(name, host);
    }
    return machines;
  }

  private static void requireReachable(String name, LoadHost host, Definition definition) {
    boolean here = definition.sites().stream().anyMatch(site -> !site.host().isElsewhere());
    if (here && !host.isHere()) {
      throw new UsageException(
          format(
              "--generators %s cannot reach a server on this machine, which listens on the"
                  + " loopback interface: put the servers on a machine of their own by --site"
                  + " ssh:user@host",
              name));
    }
  }

  public boolean isEmpty() {
    return hosts.isEmpty();
  }

  /** The machines by name. */
  public Map<String, Machine> machines() {
    Map<String, Machine> machines = new LinkedHashMap<>();
    hosts.forEach((name, host) -> machines.put(name, host.machine()));
    return machines;
  }

  /** Starts an engine on each. */
  public Engine start() {
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
