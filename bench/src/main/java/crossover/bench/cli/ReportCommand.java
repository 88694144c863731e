package crossover.bench.cli;

import crossover.bench.experiment.Definition;
import crossover.bench.report.ConsoleTable;
import crossover.bench.results.Results;
import crossover.bench.results.Summary;
import crossover.bench.stack.Installation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes the report of a results folder again. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = "Makes summary.json and report.html of a results folder again, and prints both.")
final class ReportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "A results folder.")
  private Path folder;

  @Mixin private FormatOptions formats;

  @Override
  public Integer call() throws IOException {
    formats.require();
    try (Results results = Results.read(folder)) {
      Definition definition =
          Definition.ofResults(results.experimentFile(), Installation.find().plans());
      formats.gates().limits().requireMetrics(definition);
      Summary summary =
          ReportFiles.write(definition, results, formats, (s, map) -> ConsoleTable.of(s, folder));
      return formats.status(summary, false);
    }
  }
}
