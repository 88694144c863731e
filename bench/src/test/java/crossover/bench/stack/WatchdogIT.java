package crossover.bench.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchdogIT {
  @Test
  void whatIsHeldEndsAndWhatIsReleasedStays() throws Exception {
    Path held = Files.createTempDirectory("crossover watchdog held");
    Path released = Files.createTempDirectory("crossover watchdog released");
    Files.createFile(held.resolve("file"));
    Process free = new ProcessBuilder("sleep", "60").start();
    ProcessBuilder background = new ProcessBuilder("sleep", "60");
    background.environment().put("CROSSOVER_FOLDER", held + "/program-1-a");
    Process stray = background.start();
    ChildProcess child;
    try (Watchdog watchdog = Watchdog.open()) {
      child = new Launch("sleep", List.of("sleep", "60")).start(watchdog);
      watchdog.hold(free.pid(), "TERM");
      watchdog.release(free.pid());
      watchdog.hold(held);
      watchdog.hold(released);
      watchdog.release(released);
    }
    try {
      assertThat(child.isAlive()).isFalse();
      assertThat(free.isAlive()).isTrue();
      assertThat(stray.waitFor()).isEqualTo(128 + 9);
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
    try (Watchdog watchdog = Watchdog.open()) {
      stubborn = new Launch("stubborn", List.of("/bin/sh", "-c", script)).piped().start(watchdog);
      assertThat(stubborn.process().inputReader(UTF_8).readLine()).isEqualTo("deaf");
    }
    assertThat(stubborn.process().waitFor()).isEqualTo(128 + 9);
  }
}
