package crossover.bench.cli;

import static crossover.bench.text.Text.format;

import crossover.bench.experiment.Definition;
import crossover.bench.experiment.UsageException;
import crossover.bench.report.ConsoleTable;
import crossover.bench.report.Figures;
import crossover.bench.results.ContentDigest;
import crossover.bench.results.Results;
import crossover.bench.results.Summary;
import crossover.bench.run.Testbed;
import crossover.bench.run.TestbedSpec;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the commands that measure have in common: options, and how a measurement begins. */
abstract class MeasureCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Mixin FolderOptions output;

  @Option(
      names = "--allow-invalid",
      description = "End with status 0 although a validity gate was missed; the report marks it.")
  boolean allowInvalid;

  @Mixin ServerOptions servers;

  @Mixin LoadOptions load;

  Installation installation;
  Jdk jdk;

  @Override
  public final Integer call() throws IOException, InterruptedException {
    installation = Installation.find();
    jdk = servers.jdk();
    return execute();
  }

  /** Does what the options ask for, and returns the exit status. */
  abstract int execute() throws IOException, InterruptedException;

  /**
   * Begins a measurement: refuses a load that cannot be made, says what is about to be measured,
   * and keeps other runs off this machine.
   */
  private void begin(Path folder, Definition definition, List<String> notices) {
    servers.requireLoad(definition, installation, load.servers().size());
    System.out.printf(
        Locale.ROOT,
        "%s: %s, %s, %s; the servers run on JDK %s (%s)%n",
        definition.name(),
        Figures.count(definition.arms().size(), "arm"),
        Figures.count(definition.views().size(), "view"),
        Figures.count(definition.rounds(), "round"),
        jdk.fullVersion(),
        jdk.home());
    notices.forEach(System.out::println);
    output.lockMachine(folder);
  }

  /** Measures a new experiment, prints and writes its verdicts, and returns the exit status. */
  final int measureNew(
      Definition definition, List<String> notices, SiteOptions sites, FormatOptions formats)
      throws IOException, InterruptedException {
    formats.gates().limits().requireMetrics(definition);
    TestbedSpec wanted = sites.testbed(servers, load, installation, jdk);
    Path folder = output.folder(definition);
    begin(folder, definition, notices);
    try (Testbed testbed = Testbed.open(wanted, definition)) {
      Definition possible = testbed.sites().possible(definition, notices);
      try (Results results =
          Results.create(
              folder,
              possible.toYaml(),
              testbed.describe(possible, output.command(spec, possible), notices))) {
        return measureMissing(possible, testbed, results, formats);
      }
    }
  }

  /** Goes on with what the results hold, on the same JDK, backends and load machines. */
  final int goOn(Results results, Definition definition, SiteOptions sites, FormatOptions formats)
      throws IOException, InterruptedException {
    formats.gates().limits().requireMetrics(definition);
    requireSame(results, definition);
    TestbedSpec wanted = sites.testbed(servers, load, installation, jdk);
    SiteOptions.requireSame(results, wanted, definition);
    load.requireSame(results);
    begin(results.folder(), definition, List.of());
    try (Testbed testbed = Testbed.open(wanted, definition)) {
      return measureMissing(definition, testbed, results, formats);
    }
  }

  /**
   * Measures what the results do not hold yet, prints what was found, and returns the exit status.
   */
  int measureMissing(Definition definition, Testbed testbed, Results results, FormatOptions formats)
      throws IOException, InterruptedException {
    Summary summary =
        ReportFiles.measure(
            definition,
            testbed,
            results,
            formats,
            (s, map) -> ConsoleTable.of(s, results.folder()));
    return formats.status(summary, allowInvalid);
  }

  /** What was measured on one JDK, with some WARs and plans, does not go on with others. */
  private void requireSame(Results results, Definition definition) throws IOException {
    Map<String, String> before = results.environments().get(0).versions();
    String server = before.get("server JDK");
    if (!jdk.fullVersion().equals(server)) {
      throw new UsageException(
          format(
              "%s was measured on JDK %s, and this would be %s (%s): name that JDK by --java",
              results.folder(), server, jdk.fullVersion(), jdk.home()));
    }
    ContentDigest.of(definition)
        .forEach(
            (what, now) -> {
              if (!now.equals(before.getOrDefault(what, now))) {
                throw new UsageException(
                    format(
                        "the %s is another one than when %s was measured: put that one back, or"
                            + " begin a new run",
                        what, results.folder()));
              }
            });
  }

  /** The experiment that the user names, or else one of this project's. */
  final Definition read(Path named, String own) throws IOException {
    return Definition.read(
        ExperimentName.file(installation, named == null ? own : named.toString()),
        installation.plans());
  }
}
