package crossover.bench.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
    assertThat(Jdks.at(running.resolve("bin/java"))).isPresent().isEqualTo(Jdks.at(running));
  }

  @Test
  void whatIsNoJavaIsNone(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("java"), "not me", UTF_8);
    assertThat(Jdks.at(file)).isEmpty();
    assertThat(Jdks.at(folder)).isEmpty();
    assertThat(Jdks.at(folder.resolve("none"))).isEmpty();
    assertThat(Jdks.at(Path.of("/etc/hostname"))).isEmpty();
  }

  @Test
  void aMessageCanNameAllThatAreInstalled() {
    assertThat(Jdks.found()).contains(Jdks.newest().home() + " (" + Jdks.newest().fullVersion());
  }

  private static String version() {
    return System.getProperty("java.version");
  }
}
