package crossover.bench.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.Main;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CalibrateCommandTest {
  @TempDir Path folder;

  @Test
  void itsHelpNamesEveryOption() {
    assertThat(new CommandLine(new CalibrateCommand()).getUsageMessage())
        .contains("--quick", "--experiment", "--seed", "--out", "--java", "--no-pin", "--jdbc-url");
    assertThat(Main.run("calibrate", "--help")).isEqualTo(ExitStatus.DONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{name: b, path: /wrapped} | {name: c, settings: {crossover.delay: 5}} | b differs from a",
        "{name: b, path: /sync} | {name: c, path: /sync} | one with the setting crossover.delay",
        "{name: b, path: /sync} | {name: c, settings: {crossover.delay: soon}} | not soon",
      })
  void anExperimentThatCannotCalibrateIsRefusedBeforeAnythingStarts(
      String second, String third, String reason) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("mine.yaml"),
            """
            experiment: mine
            arms:
              - {name: a, path: /sync}
              - %s
              - %s
            plans: [get]
            latency: {rate: 100, requests: 100}
            """
                .formatted(second, third));
    String[] said = new String[1];
    int status = listening(said, () -> Main.run("calibrate", "--experiment", file.toString()));
    assertThat(status).isEqualTo(ExitStatus.USAGE);
    assertThat(said[0]).contains("the experiment mine needs").contains(reason);
  }

  private static int listening(String[] said, Supplier<Integer> command) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(bytes, true, UTF_8));
    try {
      return command.get();
    } finally {
      System.setErr(before);
      said[0] = bytes.toString(UTF_8);
    }
  }
}
