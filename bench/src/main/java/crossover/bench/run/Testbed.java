package crossover.bench.run;

import crossover.bench.experiment.Definition;
import crossover.bench.experiment.View;
import crossover.bench.load.Generator;
import crossover.bench.load.GeneratorJdk;
import crossover.bench.results.Environment;
import crossover.bench.results.Results;
import crossover.bench.server.Sites;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdk;
import crossover.bench.stack.Stack;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What an experiment is measured with: its backends, its sites' hosts, and the machines of its
 * load.
 */
public record Testbed(TestbedSpec spec, Stack stack, Sites sites, LoadMachines load)
    implements AutoCloseable {

  /** Starts and connects to everything that a run needs, but for the servers themselves. */
  public static Testbed open(TestbedSpec spec, Definition definition) {
    boolean own = spec.areNamedFromElsewhere(definition);
    Installation installation = spec.installation();
    Sites.require(definition, spec.jdk());
    LoadMachines load = LoadMachines.check(spec, definition);
    Stack stack =
        Stack.open(
            installation,
            spec.cpus(),
            own ? null : spec.database().orElse(null),
            own ? null : spec.redis().orElse(null));
    try {
      Sites sites =
          Sites.open(stack, definition, spec.remoteBackends(definition), installation, spec.jdk());
      return new Testbed(spec, stack, sites, load);
    } catch (RuntimeException e) {
      stack.close();
      throw e;
    }
  }

  public Environment describe(Definition definition, String command, List<String> notices) {
    return EnvironmentCollector.describe(definition, command, this, notices);
  }

  /**
   * Measures what a results folder does not hold yet, with progress on standard output.
   *
   * @return the last failure that left something unmeasured; empty if nothing is missing
   */
  public Optional<RuntimeException> measure(Definition definition, Results results)
      throws IOException, InterruptedException {
    Progress progress = new Progress(System.out, Boolean.getBoolean("crossover.terminal"));
    try {
      return new Experiment(definition, this, results, progress).run();
    } finally {
      progress.clear();
    }
  }

  /** The Java of the load generator on this machine. */
  Jdk generatorJdk(Definition definition) {
    return GeneratorJdk.of(definition.views().stream().map(View::plan).toList(), spec.jdk());
  }

  Generator startGenerator(Definition definition) {
    return Generator.start(
        spec.installation().jmeter(),
        spec.plugins(),
        generatorJdk(definition),
        List.of(),
        definition.users().getMax(),
        stack.directory().resolve("generator.log"),
        stack.watchdog());
  }

  @Override
  public void close() {
    sites.close();
    stack.close();
  }
}
