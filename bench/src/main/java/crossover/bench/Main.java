package crossover.bench;

import crossover.bench.cli.CalibrateCommand;
import crossover.bench.cli.DeployCommand;
import crossover.bench.cli.ExitStatus;
import crossover.bench.cli.GuiCommand;
import crossover.bench.cli.MapCommand;
import crossover.bench.cli.ReportCommand;
import crossover.bench.cli.RunCommand;
import crossover.bench.cli.ServeCommand;
import crossover.bench.experiment.UsageException;
import crossover.bench.load.GeneratorFailure;
import crossover.bench.results.UnusableResultsException;
import crossover.bench.run.InvalidMeasurement;
import crossover.bench.stack.StartFailure;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line, and the only place that exits. */
@Command(
    name = "crossover",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Which concurrency model should serve a Java web application, by how much, and why: measured"
          + " in matched pairs on this machine.",
      ""
    },
    subcommands = {
      RunCommand.class,
      MapCommand.class,
      CalibrateCommand.class,
      ServeCommand.class,
      ReportCommand.class,
      GuiCommand.class,
      DeployCommand.class,
      CommandLine.HelpCommand.class
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "  0:done",
      "  1:a gate that the user set was missed",
      "  2:wrong usage; the message names the option, or the file, line and key",
      "  3:something could not be started; the message says what, with the end of its log",
      "  4:the measurement is not valid; the message says where and why",
      "130:interrupted"
    })
public final class Main {
  private Main() {}

  /** Runs one command and exits with its status. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  public static int run(String... args) {
    return new CommandLine(new Main())
        .setParameterExceptionHandler(Main::wrongUsage)
        .setExecutionExceptionHandler((e, command, parsed) -> failed(e, command.getErr()))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .execute(args);
  }

  private static int wrongUsage(ParameterException e, String[] args) {
    PrintWriter err = e.getCommandLine().getErr();
    err.println("crossover: " + e.getMessage());
    UnmatchedArgumentException.printSuggestions(e, err);
    err.println("Try: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    return ExitStatus.USAGE;
  }

  private static int failed(Exception e, PrintWriter err) {
    if (e instanceof InterruptedException || isEnding()) {
      err.println("crossover: interrupted");
      return ExitStatus.INTERRUPTED;
    }
    err.println("crossover: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
    if (e instanceof UsageException || e instanceof UnusableResultsException) {
      return ExitStatus.USAGE;
    }
    if (e instanceof InvalidMeasurement) {
      return ExitStatus.NOT_VALID;
    }
    if (e instanceof StartFailure || e instanceof GeneratorFailure) {
      return ExitStatus.NOT_STARTED;
    }
    // Anything else is a defect of ours: show where.
    e.printStackTrace(err);
    return ExitStatus.NOT_STARTED;
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

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"crossover " + (version == null ? "(unpackaged)" : version)};
    }
  }
}
