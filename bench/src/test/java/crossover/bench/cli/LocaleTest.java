package crossover.bench.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command line prints is the same whatever the locale of its shell. */
class LocaleTest {
  private static final String BAD =
      """
      experiment: mine
      arms: [{name: a}, {name: b}]
      plans: [get]
      rounds: 1234567
      """;

  @TempDir private Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"fa-IR", "ar-EG", "tr-TR"})
  void aRefusalHasTheSameDigitsInEveryLanguage(String tag) throws Exception {
    Path file = Files.writeString(temp.resolve("mine.yaml"), BAD);
    assertThat(said(tag, "run", "--experiment", file.toString()))
        .isEqualTo(
            "crossover: %s:4: \"rounds\" is 1234567, but must be a whole number from 1 to 1000\n",
            file);
  }

  @Test
  void theHelpIsTheSameInEveryLanguage() throws Exception {
    assertThat(said("tr-TR", "run", "--help")).isEqualTo(said("en-US", "run", "--help"));
  }

  @Test
  void thePathsOfAShellWithoutALocaleMayHoldEveryLetter() throws Exception {
    Path folder = Files.createDirectories(temp.resolve("Ä ö"));
    Path file = Files.writeString(folder.resolve("Ü.yaml"), BAD);
    ProcessBuilder launcher = launcher("run", "--experiment", file.toString());
    launcher.environment().keySet().removeIf(name -> name.startsWith("LC_"));
    launcher.environment().put("LANG", "C");
    assertThat(output(launcher)).contains(file + ":4: \"rounds\" is 1234567, but must be");
  }

  /** The launcher itself, with what the build has made stood in for by this test's class path. */
  private ProcessBuilder launcher(String... words) throws IOException {
    Path java =
        Files.writeString(
            Files.createDirectories(temp.resolve("jdk/bin")).resolve("java"),
            """
            #!/bin/sh
            [ "$1" != -version ] || exec "%1$s" -version
            while [ "$1" != crossover.bench.Main ]; do shift; done
            exec "%1$s" -cp "$TEST_CLASS_PATH" "$@"
            """
                .formatted(Path.of(System.getProperty("java.home"), "bin/java")));
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Path home = Files.createDirectories(temp.resolve("home"));
    Path launcher = Files.copy(Path.of("../crossover"), home.resolve("crossover"));
    for (String built : List.of("webapp/target/crossover.war", "bench/target/bench.jar")) {
      Files.createDirectories(home.resolve(built).getParent());
      Files.createFile(home.resolve(built));
    }
    List<String> command = new ArrayList<>(List.of("sh", launcher.toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_HOME", temp.resolve("jdk").toString());
    builder.environment().put("TEST_CLASS_PATH", System.getProperty("java.class.path"));
    return builder;
  }

  private static String said(String tag, String... words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.add("-Duser.language=" + tag.substring(0, 2));
    command.add("-Duser.country=" + tag.substring(3));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(words));
    return output(new ProcessBuilder(command));
  }

  private static String output(ProcessBuilder builder) throws Exception {
    Process process = builder.redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), UTF_8);
  }
}
