package crossover.bench.run;

import crossover.bench.experiment.Definition;
import crossover.bench.load.Engine;
import crossover.bench.results.Environment;
import crossover.bench.results.Results;
import crossover.bench.server.Sites;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdk;
import crossover.bench.stack.Stack;
import java.io.IOException;
import java.util.List;

/**
 * What an experiment is measured with: its backends, its sites' hosts, and the machines of its
 * load.
 */
public record Testbed(
    Installation installation, Jdk jdk, Stack stack, Sites sites, LoadMachines load)
    implements AutoCloseable {

  public Environment describe(Definition definition, String command, List<String> notices) {
    return EnvironmentCollector.describe(
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

  /** Measures what a results folder does not hold yet, with progress on standard output. */
  public void measure(Definition definition, Results results)
      throws IOException, InterruptedException {
    Progress progress = Experiment.progress(definition, results);
    Experiment experiment = new Experiment(definition, installation, jdk, progress);
    try {
      if (load.isEmpty()) {
        experiment.run(stack, sites, results);
        return;
      }
      try (Engine engine = load.start()) {
        experiment.run(sites, engine, results);
      }
    } finally {
      progress.clear();
    }
  }

  @Override
  public void close() {
    sites.close();
    stack.close();
  }
}
