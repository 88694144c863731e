package crossover.bench.run;

import crossover.bench.experiment.Cell;
import crossover.bench.experiment.Definition;
import crossover.bench.experiment.UsageException;
import crossover.bench.load.Engine;
import crossover.bench.load.RemoteEngines;
import crossover.bench.probe.Machine;
import crossover.bench.stack.Stack;
import crossover.bench.stack.Watchdog;
import java.nio.file.Path;
import java.util.Map;

/**
 * The {@code jmeter-server}s that make the load in place of this machine.
 *
 * @param machines by the servers' names; empty: the load is made here
 */
public record LoadMachines(TestbedSpec spec, Map<String, Machine> machines) {
  /** With more users a machine does not send more to a server that answers at once. */
  private static final int BUSY_USERS = 64;

  /**
   * Checks them, before anything is started.
   *
   * @throws crossover.bench.stack.StartFailure if one cannot be used, or cannot reach a site
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
    try (Watchdog watchdog = Watchdog.open();
        RemoteEngines engines = connect(spec, definition.servesHere(), null, watchdog)) {
      return new LoadMachines(spec, engines.machines());
    }
  }

  private static RemoteEngines connect(
      TestbedSpec spec, boolean servesHere, Path log, Watchdog watchdog) {
    return RemoteEngines.connect(
        spec.remote(),
        spec.remoteProperties(),
        servesHere,
        spec.installation(),
        spec.jdk(),
        log,
        watchdog);
  }

  public boolean isEmpty() {
    return machines.isEmpty();
  }

  /**
   * With how many users the load's own limit is measured: those of the first cell, and so many that
   * every machine is busy, as far as there are ever so many.
   */
  int limitUsers(Definition definition) {
    int busy = BUSY_USERS * Math.max(1, machines.size());
    int first = Cell.of(definition).get(0).users();
    return Math.max(first, Math.min(busy, definition.users().getMax()));
  }

  /** Connects to them for a run. */
  Engine start(Stack stack) {
    return connect(spec, false, stack.directory().resolve("jmeter-client.log"), stack.watchdog());
  }
}
