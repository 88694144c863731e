package crossover.bench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Writes crossover.1, the manual page, from what the command line says of itself. */
final class ManPage {
  private static final Pattern NOT_ASCII = Pattern.compile("[^\\x00-\\x7F]");

  private final StringBuilder page = new StringBuilder();

  private ManPage() {}

  /** The build calls it with the file to be written. */
  public static void main(String[] args) throws IOException {
    Files.writeString(Path.of(args[0]), text());
  }

  static String text() {
    CommandSpec crossover = new CommandLine(new CrossoverCommand()).getCommandSpec();
    ManPage man = new ManPage();
    man.macro("TH CROSSOVER 1 \"\" Crossover");
    man.macro("nh"); // options and variables are searched for, and copied
    man.macro("ad l");
    man.macro("SH NAME");
    man.line("crossover - compares servers of Java web applications under load");
    man.macro("SH SYNOPSIS");
    man.macro("B crossover");
    man.line("COMMAND [OPTION]... [ARGUMENT]...");
    man.macro("SH DESCRIPTION");
    man.description(crossover);
    man.macro("SH COMMANDS");
    crossover.subcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(command -> !command.usageMessage().hidden())
        .forEach(man::command);
    man.macro("SH EXIT STATUS");
    crossover
        .usageMessage()
        .exitCodeList()
        .forEach((status, meaning) -> man.entry(status.strip(), meaning));
    return man.page.toString();
  }

  private void command(CommandSpec command) {
    macro("SS " + command.qualifiedName().replace("-", "\\-"));
    description(command);
    macro("PP");
    line(command.commandLine().getHelp().synopsis(0).strip().replaceAll("\\s+", " "));
    Stream<ArgSpec> parameters = command.positionalParameters().stream().map(ArgSpec.class::cast);
    Stream<OptionSpec> options =
        command.options().stream().sorted(Comparator.comparing(OptionSpec::longestName));
    Stream.concat(parameters, options)
        .filter(arg -> !arg.hidden())
        .forEach(arg -> entry(label(arg), plain(arg.description())));
    Stream.of(command.usageMessage().footer()).forEach(this::line);
  }

  private static String label(ArgSpec arg) {
    if (!(arg instanceof OptionSpec option)) {
      return arg.paramLabel();
    }
    String names = String.join(", ", option.names());
    return option.arity().max() == 0 ? names : names + "=" + option.paramLabel();
  }

  private void description(CommandSpec command) {
    List<String> lines = plain(command.usageMessage().description()).lines().toList();
    for (String line : lines) {
      if (line.isBlank()) {
        macro("PP");
      } else if (line.startsWith(" ")) { // an example stands on a line of its own
        macro("br");
        line(line.strip());
      } else {
        line(line);
      }
    }
  }

  /** Without picocli's markup for colours, and with its two formatting directives applied. */
  private static String plain(String... lines) {
    String text = String.join("\n", lines).replace("%%", "%").replace("%n", "\n");
    return Ansi.OFF.string(text);
  }

  private void entry(String label, String text) {
    macro("TP");
    macro("B \"" + escaped(label).replace("\"", "\\(dq") + "\"");
    text.lines().forEach(this::line);
  }

  private void macro(String words) {
    page.append('.').append(words).append('\n');
  }

  /** A line of text; one that is empty would be a gap. */
  private void line(String text) {
    if (text.isBlank()) {
      return;
    }
    page.append(text.matches("[.'].*") ? "\\&" : "").append(escaped(text)).append('\n');
  }

  private static String escaped(String text) {
    String escaped = text.replace("\\", "\\e").replace("-", "\\-");
    return NOT_ASCII
        .matcher(escaped)
        .replaceAll(c -> String.format(Locale.ROOT, "\\\\[u%04X]", (int) c.group().charAt(0)));
  }
}
