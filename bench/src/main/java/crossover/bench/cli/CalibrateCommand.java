package crossover.bench.cli;

import static crossover.bench.text.Text.format;

import crossover.bench.analysis.SelfCheck;
import crossover.bench.experiment.Definition;
import crossover.bench.report.ConsoleTable;
import crossover.bench.results.MachineCalibration;
import crossover.bench.results.Results;
import crossover.bench.results.Summary;
import crossover.bench.run.InvalidMeasurement;
import crossover.bench.run.Testbed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The method tried on this machine: what it finds where there is nothing to find. */
@Command(
    name = "calibrate",
    mixinStandardHelpOptions = true,
    description = {
      "Compares an arm with itself and measures a known delay: how often a difference is found that"
          + " is none, and how small a one can be found here.",
      "Takes a quarter of an hour. The result is kept as calibration.json, in the results folder and"
          + " beside it, where later reports on this machine find it.",
      ""
    })
final class CalibrateCommand extends MeasureCommand {
  @ArgGroup private Which which = new Which();

  static final class Which {
    @Option(
        names = "--quick",
        description = "Within three minutes, with too few comparisons for a share of false alarms.")
    private boolean quick;

    @Option(
        names = "--experiment",
        paramLabel = "FILE",
        description =
            "Another calibration: a YAML file, or the name of one in bench/experiments, with equal"
                + " arms and one that is delayed.")
    private Path experiment;
  }

  @Override
  int execute() throws IOException, InterruptedException {
    Definition definition =
        output.seeded(read(which.experiment, which.quick ? "calibrate-quick" : "calibrate"));
    SelfCheck.require(definition);
    return measureNew(definition, new ArrayList<>(), new SiteOptions(), new FormatOptions());
  }

  @Override
  int measureMissing(Definition definition, Testbed testbed, Results results, FormatOptions formats)
      throws IOException, InterruptedException {
    SelfCheck.require(definition); // A host may not have the Java of an arm.
    Path folder = results.folder();
    Summary summary = ReportFiles.measure(definition, testbed, results, formats, (s, map) -> "");
    MachineCalibration found = SelfCheck.of(definition, summary, results.slices());
    found.save(folder);
    if (load.servers().isEmpty()) { // Else arms take no turns: it says nothing of runs that do.
      found.keep(folder.toAbsolutePath().getParent());
    }
    // The folder's own report quotes it too, or a better one.
    ReportFiles.write(definition, results, formats, (s, map) -> "");
    System.out.print(ConsoleTable.of(found));
    summary.gates().stream()
        .filter(gate -> !gate.passed())
        .forEach(gate -> System.out.println("NOT VALID: " + gate.sentence()));
    System.out.println("Results: " + folder);
    if (!allowInvalid) {
      requireSound(found);
    }
    return formats.status(summary, allowInvalid);
  }

  private static void requireSound(MachineCalibration found) {
    if (found.comparisons() == 0) {
      throw new InvalidMeasurement(
          "no comparison has an interval: of every round there are too few valid slices; let"
              + " nothing else run here, and calibrate again");
    }
    if (!found.isSound()) {
      throw new InvalidMeasurement(
          format(
              "of %d comparisons of an arm with itself %d found a difference, and chance explains %.0f:"
                  + " on this machine, as it was just now, a verdict is wrong more often than 5 times"
                  + " in 100; quieten it, or pin the processes, and calibrate again",
              found.comparisons(),
              found.excludingOne(),
              found.allowedShare() * found.comparisons()));
    }
  }
}
