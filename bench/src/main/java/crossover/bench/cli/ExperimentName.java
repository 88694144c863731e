package crossover.bench.cli;

import static crossover.bench.text.Text.format;

import crossover.bench.experiment.UsageException;
import crossover.bench.stack.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the user writes after {@code --experiment}: a file, or the name of one of the project's. */
final class ExperimentName {
  private ExperimentName() {}

  /** Its file; one that has an ending need not exist. */
  static Path file(Installation installation, String name) throws IOException {
    Path file = Path.of(name);
    Path own = installation.experiments().resolve(name + ".yaml");
    if (Files.isRegularFile(own) && !Files.isRegularFile(file)) {
      return own;
    }
    if (Files.exists(file) || name.contains(".") || name.contains("/")) {
      return file;
    }
    try (Stream<Path> files = Files.list(installation.experiments())) {
      throw new UsageException(
          format(
              "--experiment: there is no experiment \"%s\"; name a file, or one of %s",
              name,
              files
                  .map(known -> known.getFileName().toString().replace(".yaml", ""))
                  .sorted()
                  .collect(Collectors.joining(", "))));
    }
  }
}
