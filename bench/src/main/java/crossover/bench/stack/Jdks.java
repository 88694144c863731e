package crossover.bench.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds the Java that serves. */
public final class Jdks {
  private Jdks() {}

  /** The newest Java of JAVA_HOME, PATH and the usual folders. */
  public static Jdk newest() {
    return newest(jdk -> true)
        .orElseThrow(() -> new StartFailure("no JDK found: set JAVA_HOME, or name one by --java"));
  }

  /** The newest installed Java of those that will do; empty if there is none. */
  public static Optional<Jdk> newest(Predicate<Jdk> which) {
    return installed().stream()
        .filter(which)
        .max(Comparator.comparing(jdk -> Runtime.Version.parse(jdk.fullVersion())));
  }

  /** The Java at a path: its folder, or the {@code java} program in it; empty if there is none. */
  public static Optional<Jdk> at(Path named) {
    return Jdk.at(Files.isRegularFile(named) ? homeOfProgram(named) : named);
  }

  /** Every Java found, each once. */
  public static List<Jdk> installed() {
    Set<Path> homes = new LinkedHashSet<>();
    homes.add(Path.of(System.getProperty("java.home")));
    String javaHome = System.getenv("JAVA_HOME");
    if (javaHome != null && !javaHome.isBlank()) {
      homes.add(Path.of(javaHome));
    }
    Tools.find("java").map(Jdks::homeOfProgram).ifPresent(homes::add);
    Path user = Path.of(System.getProperty("user.home"));
    for (Path folder :
        List.of(
            Path.of("/usr/lib/jvm"),
            Path.of("/usr/java"),
            Path.of("/opt"),
            Path.of("/opt/java"),
            Path.of("/Library/Java/JavaVirtualMachines"),
            user.resolve("Library/Java/JavaVirtualMachines"),
            user.resolve(".sdkman/candidates/java"),
            user.resolve(".jdks"))) {
      for (Path child : children(folder)) {
        homes.add(child);
        homes.add(child.resolve("Contents/Home"));
      }
    }
    return homes.stream().flatMap(home -> Jdk.at(home).stream()).distinct().toList();
  }

  private static Path homeOfProgram(Path java) {
    try {
      return java.toRealPath().resolve("../..").normalize();
    } catch (IOException e) {
      return java;
    }
  }

  private static List<Path> children(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** For a message: the folder and the version of each that is installed. */
  public static String found() {
    return String.join(
        ", ", installed().stream().map(j -> j.home() + " (" + j.fullVersion() + ")").toList());
  }
}
