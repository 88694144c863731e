package crossover.bench.cli;

import static crossover.bench.text.Text.format;

import crossover.bench.experiment.UsageException;
import crossover.bench.report.Format;
import crossover.bench.results.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is made of the verdicts for other programs: files, and an exit status. */
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

  /** Writes those that were asked for. */
  void write(Summary summary) throws IOException {
    for (Asked asked : asked()) {
      Files.writeString(asked.file(), asked.format().of(summary));
    }
  }
}
