package crossover.bench.cli;

import crossover.bench.stack.Jdk;
import crossover.bench.stack.Jdks;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which JDK a command uses. */
final class JavaOption {
  @Option(
      names = "--java",
      paramLabel = "DIR",
      description =
          "The JDK to use. Without it: the newest found in JAVA_HOME, on the PATH or in the usual"
              + " folders.")
  private Path java;

  Jdk jdk() {
    return java == null ? Jdks.newest() : Jdks.at(java);
  }
}
