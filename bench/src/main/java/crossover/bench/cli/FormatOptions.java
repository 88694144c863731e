package crossover.bench.cli;

import static crossover.bench.text.Text.format;

import crossover.bench.analysis.HistoryAnalysis;
import crossover.bench.experiment.Definition;
import crossover.bench.experiment.UsageException;
import crossover.bench.report.Format;
import crossover.bench.results.Environment;
import crossover.bench.results.History;
import crossover.bench.results.HistoryStore;
import crossover.bench.results.Summary;
import crossover.bench.results.UnusableResultsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is made of the verdicts beside the report: files, a history, and an exit status. */
final class FormatOptions {
  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Write the verdicts as JUnit XML too: an arm that is slower is a failure.")
  private Path junit;

  @Option(
      names = "--markdown",
      paramLabel = "FILE",
      description = "Write them as Markdown too, for a pull request or the page of a job.")
  private Path markdown;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Write every comparison as a line of CSV too.")
  private Path csv;

  @Option(
      names = "--baseline-store",
      paramLabel = "DIR",
      description =
          "Keep the ratios of this run in a folder, and show where they changed over the runs in"
              + " it (docs/compare.md).")
  private Path store;

  @Mixin private GateOptions gates = new GateOptions();

  GateOptions gates() {
    return gates;
  }

  private record Asked(String option, Format format, Path file) {}

  private List<Asked> asked() {
    return List.of(
            new Asked("--junit", Format.JUNIT, junit),
            new Asked("--markdown", Format.MARKDOWN, markdown),
            new Asked("--csv", Format.CSV, csv))
        .stream()
        .filter(asked -> asked.file() != null)
        .toList();
  }

  /** Refuses what is no limit, and what could not be written, before anything is started. */
  void require() {
    gates.require();
    if (store != null) {
      FolderOptions.requireWritable("--baseline-store", store);
    }
    for (Asked asked : asked()) {
      Path folder = asked.file().toAbsolutePath().getParent();
      Path written = Files.exists(asked.file()) ? asked.file() : folder;
      if (folder == null
          || !Files.isDirectory(folder)
          || Files.isDirectory(asked.file())
          || !Files.isWritable(written)) {
        throw new UsageException(
            format(
                "%s %s: no file can be written there; name one in a folder that exists",
                asked.option(), asked.file()));
      }
    }
  }

  /** The same among the runs of the store, where the user names one; it is kept there. */
  Summary among(Definition definition, Environment environment, Summary summary) {
    if (store == null) {
      return summary;
    }
    HistoryStore records = new HistoryStore(store);
    try {
      return summary.with(
          summary.limits(), HistoryAnalysis.of(definition, environment, summary, records));
    } catch (IOException | UnusableResultsException e) {
      String notice = "The folder of earlier runs cannot be used: " + e.getMessage();
      return summary.with(
          summary.limits(), new History(store.toString(), 0, 0, List.of(notice), List.of()));
    }
  }

  /** Writes those that were asked for. */
  void write(Summary summary) throws IOException {
    for (Asked asked : asked()) {
      Files.writeString(asked.file(), asked.format().of(summary));
    }
  }
}
