package crossover.bench.run;

import crossover.bench.cli.Progress;
import crossover.bench.cli.ServerOptions;
import crossover.bench.cli.SiteOptions;
import crossover.bench.experiment.Definition;
import crossover.bench.load.Engine;
import crossover.bench.results.Environment;
import crossover.bench.results.Results;
import crossover.bench.results.Summary;
import crossover.bench.server.LoadMachines;
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
public record Equipment(
    Installation installation, Jdk jdk, Stack stack, Sites sites, LoadMachines load)
    implements AutoCloseable {

  /** As it is where the user chooses neither sites nor machines for the load. */
  public static Equipment here(
      ServerOptions servers, Definition definition, Installation installation, Jdk jdk) {
    return new SiteOptions().open(servers, definition, installation, jdk);
  }

  public Environment describe(Definition definition, String command, List<String> notices) {
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

  /** Measures what a results folder does not hold yet, with progress on standard output. */
  public Summary measure(Definition definition, Results results)
      throws IOException, InterruptedException {
    Progress progress = Experiment.progress(definition, results);
    Experiment experiment = new Experiment(definition, installation, jdk, progress);
    try {
      if (load.isEmpty()) {
        return experiment.run(stack, sites, results);
      }
      try (Engine engine = load.start()) {
        return experiment.run(sites, engine, results);
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
