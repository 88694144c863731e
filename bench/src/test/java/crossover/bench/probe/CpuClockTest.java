package crossover.bench.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CpuClockTest {
  @BeforeAll
  static void linuxOnly() {
    assumeTrue(Files.isReadable(Path.of("/proc/self/stat")));
  }

  private static final String BUSY = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done";

  /** Every line that it reads has a child of its own do something, and end. */
  private static final String FORKS = "while read line; do (" + BUSY + "); echo done; done; exit 0";

  @Test
  void theTimeOfChildrenThatHaveEndedIsCounted() throws IOException {
    Process shell = new ProcessBuilder("sh", "-c", FORKS).start();
    try (OutputStream lines = shell.getOutputStream()) {
      CpuClock clock = new CpuClock(shell.pid());
      long ticks = ProcessSample.ticks(shell.pid());
      double counted = 0;
      for (int i = 0; i < 5; i++) {
        Map<String, Long> before = clock.read();
        lines.write('\n');
        lines.flush();
        assertThat(shell.getInputStream().readNBytes(5)).hasSize(5);
        counted += clock.since(before).serving();
      }
      double all = (ProcessSample.ticks(shell.pid()) - ticks) / 100.0;
      assertThat(all).isPositive();
      assertThat(counted).isCloseTo(all, within(0.3 * all));
      assertThat(Family.isCounted(shell.pid())).isTrue();
    } finally {
      shell.destroyForcibly();
    }
  }

  @Test
  void whatLinuxDoesNotCountIsNotKnown() throws Exception {
    Process env = new ProcessBuilder("env", "--ignore-signal=CHLD", "true").start();
    assumeTrue(env.waitFor() == 0, "env cannot ignore a signal here");
    Process cat = new ProcessBuilder("env", "--ignore-signal=CHLD", "cat").start();
    cat.getOutputStream().write('\n');
    cat.getOutputStream().flush();
    assertThat(cat.getInputStream().read()).isEqualTo('\n');
    try (ServerProbe probe = new ServerProbe(cat.pid(), Map.of(), true)) {
      CpuClock clock = probe.cpuClock();
      assertThat(clock.since(clock.read()).serving()).isNaN();
      assertThat(probe.sample().process().user()).isNaN();
      assertThat(probe.sample().jvm().threads()).isNaN();
      assertThat(cat.isAlive()).as("a signal for a JVM would end it").isTrue();
    } finally {
      cat.destroyForcibly();
    }
  }
}
