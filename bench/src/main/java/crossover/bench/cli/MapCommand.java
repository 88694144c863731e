package crossover.bench.cli;

import crossover.bench.experiment.Definition;
import crossover.bench.experiment.Grid;
import crossover.bench.experiment.UsageException;
import crossover.bench.report.ConsoleTable;
import crossover.bench.results.Results;
import crossover.bench.results.Summary;
import crossover.bench.run.Testbed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where one model overtakes another. */
@Command(
    name = "map",
    mixinStandardHelpOptions = true,
    description = {
      "Measures a view over users × delay on the link to the database, and draws which model"
          + " serves most where, and from where on. Without options: 8 to 2,000 users, 0 to 100 ms,"
          + " in less than thirty minutes.",
      "Beside the report the results folder holds map.json.",
      ""
    })
final class MapCommand extends MeasureCommand {
  private static final String VIEW = "get";

  @ArgGroup private Which which = new Which();

  static final class Which {
    @Option(names = "--quick", description = "Four cells, sync and native, in five minutes.")
    private boolean quick;

    @Option(
        names = "--experiment",
        paramLabel = "FILE",
        description =
            "Another grid: a YAML file, or the name of one in bench/experiments, with one view or"
                + " --view, several users, and sites that differ by the delay of database.")
    private Path experiment;

    @Option(
        names = "--resume",
        paramLabel = "DIR",
        description = "Go on with a map that was interrupted or killed, where it stopped.")
    private Path resume;
  }

  @Option(
      names = "--view",
      paramLabel = "VIEW",
      description = "The view: get or form (default: get, or the experiment's only one).")
  private String view;

  @Mixin private ArmOptions arms;

  @Override
  int execute() throws IOException, InterruptedException {
    return which.resume == null ? start() : resume();
  }

  private int start() throws IOException, InterruptedException {
    List<String> notices = new ArrayList<>();
    Definition definition = definition(notices);
    Grid.require(definition);
    return measureNew(definition, notices, new SiteOptions(), new FormatOptions());
  }

  private int resume() throws IOException, InterruptedException {
    if (view != null || arms.given() || output.given()) {
      throw new UsageException(
          "--resume goes on with the map in the folder as it is: leave out --view, --model,"
              + " --seed, --out");
    }
    try (Results results = Results.open(which.resume)) {
      Definition definition = Definition.read(results.experimentFile(), installation.plans());
      Grid.require(definition);
      return goOn(results, definition, new SiteOptions(), new FormatOptions());
    }
  }

  @Override
  int measureMissing(Definition definition, Testbed testbed, Results results, FormatOptions formats)
      throws IOException, InterruptedException {
    Summary summary =
        ReportFiles.measure(
            definition,
            testbed,
            results,
            formats,
            (s, map) -> ConsoleTable.of(map.orElseThrow(), s, results.folder()));
    return status(summary, allowInvalid);
  }

  private Definition definition(List<String> notices) throws IOException {
    Definition read = read(which.experiment, which.quick ? "map-quick" : "map");
    if (view != null) {
      read = read.withViews(List.of(view));
    } else if (read.views().size() > 1) {
      read = read.withViews(List.of(VIEW));
    }
    return output.seeded(arms.of(read, jdk, notices));
  }

  /** Refusals are what a map finds, and its cells say so: any other missed gate is a failure. */
  static int status(Summary summary, boolean allowInvalid) {
    boolean usable =
        summary.gates().stream().allMatch(gate -> gate.passed() || gate.name().equals("errors"));
    return usable || allowInvalid ? ExitStatus.DONE : ExitStatus.NOT_VALID;
  }
}
