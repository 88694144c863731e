package crossover.bench.cli;

import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;

/** The command above all others. A new command is a class, and one line in this list. */
@Command(
    name = "crossover",
    mixinStandardHelpOptions = true,
    versionProvider = CrossoverCommand.Version.class,
    description = {
      "Which concurrency model should serve a Java web application, by how much, and why: measured"
          + " in matched pairs on this machine.",
      ""
    },
    subcommands = {
      CompareCommand.class,
      RunCommand.class,
      MapCommand.class,
      CalibrateCommand.class,
      ServeCommand.class,
      ReportCommand.class,
      GuiCommand.class,
      DeployCommand.class,
      GenerateCompletion.class,
      HelpCommand.class
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "  0:done",
      "  1:a gate that the user set was missed",
      "  2:wrong usage; the message names the option, or the file, line and key",
      "  3:something could not be started, or failed on the way; the message says what",
      "  4:the measurement is not valid; the message says where and why",
      "130:interrupted"
    })
final class CrossoverCommand {
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = CrossoverCommand.class.getPackage().getImplementationVersion();
      return new String[] {"crossover " + (version == null ? "(unpackaged)" : version)};
    }
  }
}
