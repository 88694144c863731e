package crossover.bench.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * An installed Java.
 *
 * @param home its folder, that of bin/java
 * @param version the feature version: 17, 21, 25 …
 * @param fullVersion such as 25.0.3
 */
public record Jdk(Path home, int version, String fullVersion) {
  public Path java() {
    return home.resolve("bin/java");
  }

  /**
   * The Java of a program that is known to run; with our own version where it does not tell its.
   */
  public static Jdk of(Path program) {
    Path home = program.getParent().getParent();
    Runtime.Version own = Runtime.version();
    return at(home).orElseGet(() -> new Jdk(home, own.feature(), own.toString()));
  }

  /** Reads the {@code release} file that every Java since 9 brings; empty where none is. */
  static Optional<Jdk> at(Path home) {
    if (!Files.isExecutable(home.resolve("bin/java"))) {
      return Optional.empty();
    }
    Properties release = new Properties();
    try (InputStream in = Files.newInputStream(home.resolve("release"))) {
      release.load(new java.io.InputStreamReader(in, UTF_8));
      String full = release.getProperty("JAVA_VERSION", "").replace("\"", "");
      return Optional.of(new Jdk(home.toRealPath(), Runtime.Version.parse(full).feature(), full));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
