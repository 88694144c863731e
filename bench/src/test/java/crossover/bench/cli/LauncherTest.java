package crossover.bench.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.stack.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a small checkout, with programs that only tell that they were called. */
class LauncherTest {
  private static final List<String> SOURCES =
      List.of(
          "pom.xml", "webapp/pom.xml", "webapp/src/main/A", "bench/pom.xml", "bench/src/main/B");

  @TempDir Path temp;
  private Path home;

  @BeforeEach
  void makeACheckout() throws IOException {
    home = temp.resolve("checkout");
    for (String source : SOURCES) {
      write(home.resolve(source), source);
    }
    Files.copy(Installation.find().root().resolve("crossover"), home.resolve("crossover"));
    program(
        "mvn",
        "mkdir -p webapp/target bench/target\n"
            + "date > webapp/target/crossover.war\ndate > bench/target/bench.jar");
    java(17);
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void java(int version) throws IOException {
    program(
        "java", "case $1 in -version) echo 'openjdk version \"" + version + ".0.1\"' >&2;; esac");
  }

  private void program(String name, String commands) throws IOException {
    Path file = temp.resolve("bin").resolve(name);
    write(
        file, "#!/bin/sh\necho " + name + " >> " + temp.resolve("calls") + "\n" + commands + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private record Ended(int status, String output, long builds) {}

  private Ended launch(Path checkout) throws Exception {
    Files.writeString(temp.resolve("calls"), "");
    ProcessBuilder builder = new ProcessBuilder("sh", checkout.resolve("crossover").toString());
    builder.environment().put("JAVA_HOME", temp.toString());
    builder
        .environment()
        .merge("PATH", temp.resolve("bin").toString(), (old, own) -> own + ":" + old);
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    int status = process.waitFor();
    long builds = Files.readAllLines(temp.resolve("calls")).stream().filter("mvn"::equals).count();
    return new Ended(status, output, builds);
  }

  @Test
  void whatWasBuiltIsBuiltAgainWhenASourceHasChangedAndNotWhenItIsACopy() throws Exception {
    assertThat(launch(home)).extracting(Ended::status, Ended::builds).containsExactly(0, 1L);
    assertThat(launch(home)).extracting(Ended::status, Ended::builds).containsExactly(0, 0L);

    Path copy = temp.resolve("copy");
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        write(copy.resolve(home.relativize(file).toString()), Files.readString(file));
      }
    }
    FileTime later = FileTime.from(Instant.now().plusSeconds(60));
    for (String source : SOURCES) {
      Files.setLastModifiedTime(copy.resolve(source), later);
    }
    assertThat(launch(copy)).extracting(Ended::status, Ended::builds).containsExactly(0, 0L);
    Files.writeString(copy.resolve("bench/src/main/B"), "changed");
    Files.setLastModifiedTime(copy.resolve("bench/src/main/B"), later);
    assertThat(launch(copy)).extracting(Ended::status, Ended::builds).containsExactly(0, 1L);
  }

  @Test
  void aJavaThatIsTooOldIsNamed() throws Exception {
    java(11);

    Ended ended = launch(home);

    assertThat(ended.status).isEqualTo(ExitStatus.FAILED);
    assertThat(ended.output).contains("Crossover needs Java 17 or later", "is Java 11");
    assertThat(ended.builds).isZero();
  }
}
