package crossover.bench;

import crossover.bench.load.Engine;
import crossover.bench.plan.Definition;
import crossover.bench.report.Environment;
import crossover.bench.report.Results;
import crossover.bench.report.Summary;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdk;
import crossover.bench.stack.Stack;
import java.io.IOException;
import java.util.List;

/** What a run measures with: its backends, its sites' hosts, and the machines of its load. */
record Equipment(Installation installation, Jdk jdk, Stack stack, Sites sites, LoadMachines load)
    implements AutoCloseable {

  Environment describe(Definition definition, String command, List<String> notices) {
    return Surroundings.describe(
        definition,
        command,
        installation,
        jdk,
        stack,
        sites.machines(),
        sites.facts(),
        load.machines(),
        notices);
  }

  Summary measure(Definition definition, Progress progress, Results results)
      throws IOException, InterruptedException {
    Experiment experiment = new Experiment(definition, installation, jdk, progress);
    if (load.isEmpty()) {
      return experiment.run(stack, sites, results);
    }
    try (Engine engine = load.start()) {
      return experiment.run(sites, engine, results);
    }
  }

  @Override
  public void close() {
    sites.close();
    stack.close();
  }
}
