package crossover.bench.run;

import static crossover.bench.text.Text.format;

import crossover.bench.experiment.Definition;
import crossover.bench.experiment.UsageException;
import crossover.bench.load.Engine;
import crossover.bench.load.RemoteEngines;
import crossover.bench.probe.Machine;
import crossover.bench.stack.Stack;
import crossover.bench.stack.Watchdog;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The {@code jmeter-server}s that make the load in place of this machine.
 *
 * @param machines by the servers' names; empty: the load is made here
 */
public record LoadMachines(TestbedSpec spec, Map<String, Machine> machines) {
  private static final List<String> LOOPBACK = List.of("localhost", "127.", "[::1]");

  /**
   * Checks them, before anything is started.
   *
   * @throws UsageException if one cannot reach the servers of a site
   * @throws crossover.bench.stack.StartFailure if one cannot be used
   */
  static LoadMachines check(TestbedSpec spec, Definition definition) {
    if (spec.remote().size() > 1 && definition.measurement().asPlanned()) {
      throw new UsageException(
          "users: plan runs a plan whole, and several load machines would each run all of it:"
              + " name one, or say how many users there are");
    }
    if (spec.remote().isEmpty()) {
      return new LoadMachines(spec, Map.of());
    }
    spec.remote().forEach(name -> requireReachable(name, definition));
    try (Watchdog watchdog = Watchdog.open();
        RemoteEngines engines = connect(spec, null, watchdog)) {
      return new LoadMachines(spec, engines.machines());
    }
  }

  private static void requireReachable(String name, Definition definition) {
    boolean here = definition.sites().stream().anyMatch(site -> !site.host().isElsewhere());
    if (here && LOOPBACK.stream().noneMatch(name::startsWith)) {
      throw new UsageException(
          format(
              "--remote %s cannot reach a server on this machine, which listens on the loopback"
                  + " interface: put the servers on a machine of their own (sites: [ssh:user@host] in"
                  + " the experiment, or --site of run and compare)",
              name));
    }
  }

  private static RemoteEngines connect(TestbedSpec spec, Path log, Watchdog watchdog) {
    return RemoteEngines.connect(
        spec.remote(), spec.remoteProperties(), spec.installation(), spec.jdk(), log, watchdog);
  }

  public boolean isEmpty() {
    return machines.isEmpty();
  }

  /** Connects to them for a run. */
  Engine start(Stack stack) {
    return connect(spec, stack.directory().resolve("jmeter-client.log"), stack.watchdog());
  }
}
