package crossover.bench.cli;

import crossover.bench.experiment.Arm;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Which application a command serves, and how: keys of an arm. */
final class WarOptions {
  @Option(names = "--war", description = "Another WAR, in place of Crossover's own.")
  private Path war;

  @Option(
      names = "--tomcat",
      defaultValue = "11",
      description = "The line of Tomcat: 11 or 10.1 (default: ${DEFAULT-VALUE}).")
  private String tomcat;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description =
          "A system property of the server, such as"
              + " crossover.jdbc.url=jdbc:postgresql://db:5432/crossover; may be repeated.")
  private Map<String, String> settings = Map.of();

  @Option(
      names = "--ready",
      paramLabel = "PATH",
      description =
          "What answers once it is ready (default: /health of Crossover's own WAR, / of another)."
              + " The highest status that will do may follow: --ready '/login 401'.")
  private String ready;

  @Option(
      names = "--start-limit",
      paramLabel = "TIME",
      description =
          "How long the start may take, such as 10min (default: 5min at the most; a server that"
              + " does nothing for 60 s is given up).")
  private String startLimit;

  /** As an arm with the settings of the command, unless the user names others. */
  Arm arm(Map<String, String> usual) {
    Map<String, String> all = new TreeMap<>(usual);
    all.putAll(settings);
    return Arm.ofOptions(war, tomcat, all, ready, startLimit);
  }
}
