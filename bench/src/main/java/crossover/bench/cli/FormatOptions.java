package crossover.bench.cli;

import static crossover.bench.text.Text.format;

import crossover.bench.analysis.HistoryAnalysis;
import crossover.bench.analysis.LimitCheck;
import crossover.bench.experiment.Definition;
import crossover.bench.experiment.UsageException;
import crossover.bench.report.Format;
import crossover.bench.results.Environment;
import crossover.bench.results.History;
import crossover.bench.results.HistoryStore;
import crossover.bench.results.Limit;
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
    gates.limits();
    if (store != null) {
      FolderOptions.requireWritable("--baseline-store", store);
    }
    if (asked().stream().map(a -> a.file().normalize()).distinct().count() < asked().size()) {
      throw new UsageException("--junit, --markdown and --csv: two name the same file");
    }
    for (Asked asked : asked()) {
      Path folder = asked.file().toAbsolutePath().getParent();
      Path written = Files.exists(asked.file()) ? asked.file() : folder;
      if (Files.isDirectory(asked.file())
          || !Files.isDirectory(folder)
          || !Files.isWritable(written)) {
        throw new UsageException(
            format(
                "%s %s: no file can be written there; name one in a folder that exists",
                asked.option(), asked.file()));
      }
    }
  }

  /** The same with what became of the limits, and among the runs of a store; it is kept there. */
  Summary judged(Definition definition, Environment environment, Summary summary) {
    List<Limit> limits = LimitCheck.of(gates.limits(), summary);
    if (store == null) {
      return summary.with(limits, summary.history());
    }
    HistoryStore records = new HistoryStore(store);
    try {
      return summary.with(limits, HistoryAnalysis.of(definition, environment, summary, records));
    } catch (IOException | UnusableResultsException e) {
      String notice = "The folder of earlier runs cannot be used: " + e.getMessage();
      History none = new History(store.toString(), 0, 0, List.of(notice), List.of());
      return summary.with(limits, none);
    }
  }

  /** Writes those that were asked for; {@code run} is the folder with the results. */
  void write(Summary summary, Path run) throws IOException {
    for (Asked asked : asked()) {
      try {
        Files.writeString(asked.file(), asked.format().of(summary));
      } catch (IOException e) {
        String again = format("./crossover report %s %s FILE", run, asked.option());
        throw new IOException(format("cannot write %s any more: try %s", asked.file(), again), e);
      }
    }
  }
}
