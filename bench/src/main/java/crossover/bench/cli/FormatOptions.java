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
import crossover.bench.results.Limit.Outcome;
import crossover.bench.results.Summary;
import crossover.bench.results.UnusableResultsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

  private boolean unwritten;

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
    Set<Path> files = new HashSet<>();
    for (Asked asked : asked()) {
      Path file = asked.file().toAbsolutePath();
      boolean device = Files.exists(file) && !Files.isRegularFile(file);
      if (!files.add(file.normalize()) && !device) {
        throw new UsageException("--junit, --markdown and --csv: two name the same file");
      }
      Path folder = file.getParent();
      Path written = Files.exists(file) ? file : folder;
      if (Files.isDirectory(file) || !Files.isDirectory(folder) || !Files.isWritable(written)) {
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

  /** Writes those that were asked for, and says which it cannot; {@code run} holds the results. */
  void write(Summary summary, Path run) {
    for (Asked asked : asked()) {
      try {
        Files.writeString(asked.file(), asked.format().of(summary));
      } catch (IOException e) {
        unwritten = true;
        System.err.println(
            format(
                "crossover: cannot write %s (%s): try ./crossover report %s %s FILE",
                asked.file(), ExitStatus.message(e), run, asked.option()));
      }
    }
  }

  /**
   * The exit status. A limit of the user's that was missed comes first, a file that could not be
   * written last. A smoke run proves nothing in any case: of it only failed requests are a failure,
   * and an arm that was not measured.
   */
  int status(Summary summary, boolean allowInvalid) {
    boolean usable =
        summary.smoke()
            ? summary.cells().stream().allMatch(cell -> cell.errors() == 0 && cell.rounds() > 0)
            : summary.fit();
    if (summary.limits().stream().anyMatch(limit -> limit.outcome() == Outcome.FAILED)) {
      return ExitStatus.GATE_MISSED;
    }
    if (!usable && !allowInvalid) {
      return ExitStatus.NOT_VALID;
    }
    if (summary.limits().stream().anyMatch(limit -> limit.fails(gates.strict()))) {
      return ExitStatus.GATE_MISSED;
    }
    return unwritten ? ExitStatus.FAILED : ExitStatus.DONE;
  }
}
