package crossover.bench.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The tables of docs/method.md, which say what the tests find. */
final class Document {
  private Document() {}

  /** Prints a line, which must stand in the document. */
  static void line(String line) {
    System.out.println(line);
    try {
      assertThat(Files.readAllLines(Path.of("../docs/method.md"))).contains(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
