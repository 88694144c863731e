package crossover.bench.cli;

import crossover.bench.experiment.UsageException;
import picocli.CommandLine.Option;

/** Which Tomcat a command uses. */
final class TomcatOption {
  @Option(
      names = "--tomcat",
      defaultValue = "11",
      description = "The line of Tomcat: 11 or 10.1 (default: ${DEFAULT-VALUE}).")
  private String line;

  int major() {
    return switch (line) {
      case "11" -> 11;
      case "10", "10.1" -> 10;
      default -> throw new UsageException("--tomcat is " + line + ", but must be 11 or 10.1");
    };
  }
}
