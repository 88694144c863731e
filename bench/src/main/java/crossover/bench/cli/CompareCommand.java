package crossover.bench.cli;

import crossover.bench.analysis.Prospect;
import crossover.bench.experiment.Definition;
import crossover.bench.experiment.Range;
import crossover.bench.experiment.TwoArms;
import crossover.bench.experiment.UsageException;
import crossover.bench.probe.Machine;
import crossover.bench.results.MachineCalibration;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Two releases, or one application run in two ways. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Is the next release slower? Compares two WARs, or one that is run in two ways, under a JMeter"
          + " plan, side by side on this machine.",
      "",
      "  crossover compare old.war new.war --plan checkout.jmx --max-slowdown 3%%",
      "  crossover compare app.war --plan checkout.jmx --a java=17 --b java=25",
      ""
    },
    footer = {"", "KEY is a key of an arm in an experiment file (docs/experiments.md)."})
final class CompareCommand extends MeasureCommand {
  @Parameters(
      arity = "0..2",
      paramLabel = "WAR",
      description = "The old one, which is the baseline, and the new one; or one for both arms.")
  private List<Path> wars = List.of();

  @Option(
      names = "--plan",
      required = true,
      split = ",",
      paramLabel = "FILE",
      description = "A JMeter plan that reads host and port from properties; may be repeated.")
  private List<Path> plans;

  @Option(
      names = "--a",
      paramLabel = "KEY=VALUE",
      description =
          "How the first arm is run: java=17, jvm=-Xmx1g, settings.NAME=VALUE, overlay=DIR,"
              + " ready=/login, …; may be repeated.")
  private List<String> first = List.of();

  @Option(names = "--b", paramLabel = "KEY=VALUE", description = "The same of the second arm.")
  private List<String> second = List.of();

  @Option(names = "--both", paramLabel = "KEY=VALUE", description = "The same of both.")
  private List<String> both = List.of();

  @Option(
      names = "--at-most",
      paramLabel = "TIME",
      defaultValue = "10m",
      description =
          "The time that it may take, such as 3m or 2h (default: ${DEFAULT-VALUE}). Four rounds are"
              + " made in any case.")
  private String atMost;

  @Option(
      names = "--users",
      split = ",",
      paramLabel = "N",
      description = "Concurrent users of the closed loop (default: 32).")
  private List<Integer> users = List.of();

  @Option(
      names = "--print-experiment",
      description = "Print the experiment as YAML, for run --experiment, and measure nothing.")
  private boolean print;

  @Mixin private SiteOptions sites;

  @Mixin private FormatOptions formats;

  @Override
  int execute() throws IOException, InterruptedException {
    requireAttached("--jdbc-password");
    requireAttached("--redis-password");
    formats.require();
    users.forEach(n -> Range.USERS.require("--users", n));
    Definition definition =
        sites.chosen(
            new TwoArms(
                    wars, both, first, second, plans, users, atMost, formats.gates().needsLatency())
                .definition(installation.plans()));
    if (print) {
      System.out.print(definition.toYaml());
      return ExitStatus.DONE;
    }
    if (!definition.arms().stream().allMatch(arm -> arm.java().allows(jdk.version()))) {
      throw new UsageException(
          "an arm needs a later JDK than this run's, which is " + jdk.home() + ": see --java");
    }
    List<Path> folders = List.of(Path.of("").toAbsolutePath(), ReportFiles.DEFAULT_PARENT);
    String expected = Prospect.of(definition, MachineCalibration.best(Machine.here(), folders));
    List<String> notices = new ArrayList<>(List.of(expected));
    return measureNew(output.seeded(definition), notices, sites, formats);
  }

  /** The text may be left out: a word apart, which was taken for it, may be meant as a WAR. */
  private void requireAttached(String option) {
    List<String> words = spec.commandLine().getParseResult().expandedArgs();
    int next = words.indexOf(option) + 1;
    String word = next > 0 && next < words.size() ? words.get(next) : "";
    if (word.endsWith(".war") || new File(word).isFile()) {
      throw new UsageException(
          option + " stands before a WAR: write = before its text, or put it last, to be asked");
    }
  }
}
