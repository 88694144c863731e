package crossover.bench.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdksTest {
  private final Path running = Path.of(System.getProperty("java.home"));

  @Test
  void theRunningJavaIsFoundWithItsVersion() throws Exception {
    assertThat(Jdks.installed())
        .contains(new Jdk(running.toRealPath(), Runtime.version().feature(), version()));
  }

  @Test
  void theNewestWins() {
    int newest = Jdks.newest().version();
    assertThat(Jdks.installed()).allMatch(jdk -> jdk.version() <= newest);
  }

  @Test
  void aJavaIsKnownByItsProgramToo() {
    assertThat(Jdks.at(running.resolve("bin/java"))).isEqualTo(Jdks.at(running));
  }

  @Test
  void aFolderWithoutJavaIsNamedWithThoseThatHaveOne(@TempDir Path empty) {
    assertThatThrownBy(() -> Jdks.at(empty))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("no JDK at " + empty)
        .hasMessageContaining(Jdks.newest().home().toString());
  }

  @Test
  void aVersionThatIsNotInstalledIsNamedWithThoseThatAre() {
    assertThatThrownBy(() -> Jdks.of(99))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("no JDK 99 is here for \"java\", but ")
        .hasMessageContaining(Jdks.newest().home().toString());
  }

  @Test
  void aFileThatIsNoJavaIsNamed(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("java"), "not me", UTF_8);
    assertThatThrownBy(() -> Jdks.at(file)).hasMessageContaining("no JDK at " + file);
  }

  private static String version() {
    return System.getProperty("java.version");
  }
}
