package crossover.bench.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeashIT {
  @Test
  void whatIsHeldEndsAndWhatIsReleasedStays() throws Exception {
    Path held = Files.createTempDirectory("crossover leash held");
    Path released = Files.createTempDirectory("crossover leash released");
    Files.createFile(held.resolve("file"));
    Process free = new ProcessBuilder("sleep", "60").start();
    ChildProcess child;
    try (Leash leash = Leash.open()) {
      child = new Launch("sleep", List.of("sleep", "60")).start(leash);
      leash.hold(free.pid(), "TERM");
      leash.release(free.pid());
      leash.hold(held);
      leash.hold(released);
      leash.release(released);
    }
    try {
      assertThat(child.isAlive()).isFalse();
      assertThat(free.isAlive()).isTrue();
      assertThat(held).doesNotExist();
      assertThat(released).exists();
    } finally {
      free.destroy();
      Files.delete(released);
    }
  }

  @Test
  void aProcessThatIgnoresItsSignalIsKilled() throws Exception {
    ChildProcess stubborn;
    String script = "trap '' TERM; echo deaf; while :; do sleep 1; done";
    try (Leash leash = Leash.open()) {
      stubborn = new Launch("stubborn", List.of("/bin/sh", "-c", script)).piped().start(leash);
      assertThat(stubborn.process().inputReader(UTF_8).readLine()).isEqualTo("deaf");
    }
    assertThat(stubborn.process().waitFor()).isEqualTo(128 + 9);
  }
}
