package crossover.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ManPageTest {
  @Test
  void everyCommandAndOptionIsInIt() {
    String page = ManPage.text();
    new CommandLine(new CrossoverCommand())
        .getSubcommands()
        .values()
        .forEach(
            command -> {
              assertThat(page).contains("\n.SS crossover " + roff(command.getCommandName()));
              command
                  .getCommandSpec()
                  .options()
                  .forEach(o -> assertThat(page).contains("\n.B \"" + roff(o.names()[0])));
            });
    assertThat(page)
        .contains("\n.B \"130\"\ninterrupted\n")
        .doesNotContain("${", "%%", "%n", "@|", "\n\n");
  }

  @Test
  void itHasTheMacrosOfAManualPageOnly() {
    Stream<String> macros = ManPage.text().lines().filter(line -> line.matches("[.'].*"));
    assertThat(macros).allMatch(line -> line.matches("\\.(TH|SH|SS|TP|PP|B|br|nh|ad)( .*)?"));
  }

  @Test
  void optionsAreFoundByTheAlphabetAndNotBroken() {
    String page = ManPage.text();
    assertThat(page).contains("\n.nh\n.ad l\n.SH NAME");
    assertThat(page.substring(page.indexOf("\n.SS crossover compare")))
        .containsSubsequence("\n.B \"\\-\\-a=", "\n.B \"\\-\\-plan=", "\n.B \"\\-\\-users=");
  }

  private static String roff(String text) {
    return text.replace("-", "\\-");
  }
}
