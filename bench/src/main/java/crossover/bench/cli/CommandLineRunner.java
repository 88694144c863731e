package crossover.bench.cli;

import crossover.bench.text.Secrets;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs one command: what it throws becomes a line for people and an exit status. */
public final class CommandLineRunner {
  private CommandLineRunner() {}

  /** Runs a command with its arguments and returns its exit status. */
  public static int run(String... args) {
    try {
      return new CommandLine(new CrossoverCommand())
          .setParameterExceptionHandler(CommandLineRunner::wrongUsage)
          .setExecutionExceptionHandler((e, command, parsed) -> failed(e, command.getErr()))
          .setCaseInsensitiveEnumValuesAllowed(true)
          .execute(args);
    } catch (Error e) { // picocli lets it pass, and the JVM would end with another status
      e.printStackTrace();
      return ExitStatus.FAILED;
    }
  }

  private static int wrongUsage(ParameterException e, String[] args) {
    PrintWriter err = e.getCommandLine().getErr();
    err.println("crossover: " + Secrets.masked(e.getMessage()));
    UnmatchedArgumentException.printSuggestions(e, err);
    err.println("Try: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    return ExitStatus.USAGE;
  }

  private static int failed(Exception e, PrintWriter err) {
    if (isEnding()) {
      err.println("crossover: interrupted");
      return ExitStatus.INTERRUPTED;
    }
    err.println("crossover: " + Secrets.masked(ExitStatus.message(e)));
    if (ExitStatus.isDefect(e)) {
      e.printStackTrace(err);
    }
    return ExitStatus.of(e);
  }

  /** Whether the JVM is being stopped: what fails then fails because its servers were stopped. */
  private static boolean isEnding() {
    try {
      Thread probe = new Thread(() -> {}, "never started");
      Runtime.getRuntime().addShutdownHook(probe);
      Runtime.getRuntime().removeShutdownHook(probe);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }
}
