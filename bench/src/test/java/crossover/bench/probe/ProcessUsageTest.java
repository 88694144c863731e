package crossover.bench.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessUsageTest {
  private static ProcessSample sample(double user, double system, Map<Long, ThreadSample> threads) {
    return new ProcessSample(user, system, threads, 0, 1);
  }

  @Test
  void theThreadsNanosecondsAreUsedWhereTheCoarseClockAgrees() {
    ProcessUsage usage =
        ProcessUsage.between(
            sample(1.00, 0.50, Map.of(1L, new ThreadSample("a", 1_500_000_000L, 10, 2))),
            sample(
                1.30,
                0.60,
                Map.of(
                    1L, new ThreadSample("a", 1_800_000_000L, 15, 2),
                    2L, new ThreadSample("a", 111_000_000L, 4, 1))));
    assertThat(usage.cpu()).isCloseTo(0.411, within(1e-9));
    assertThat(usage.user()).isCloseTo(0.411 * 0.75, within(1e-9));
    assertThat(usage.system()).isCloseTo(0.411 * 0.25, within(1e-9));
    assertThat(usage.voluntarySwitches()).isEqualTo(9);
    assertThat(usage.involuntarySwitches()).isEqualTo(1);
  }

  @Test
  void theTimeOfThreadsThatEndedIsNotLost() {
    ProcessUsage usage =
        ProcessUsage.between(
            sample(1, 1, Map.of(1L, new ThreadSample("a", 0, 0, 0))), sample(1.5, 1.5, Map.of()));
    assertThat(usage.cpu()).isCloseTo(1.0, within(1e-9));
  }

  @Test
  void anUnknownProcessUsesNaN() {
    ProcessUsage usage = ProcessUsage.between(ProcessSample.none(), ProcessSample.none());
    assertThat(usage.cpu()).isNaN();
    assertThat(usage.voluntarySwitches()).isNaN();
  }

  @Test
  void aPoolIsItsThreadsNameWithoutTheNumber() {
    assertThat(ThreadSample.pool("exec-12")).isEqualTo("exec");
    assertThat(ThreadSample.pool("GC Thread#3")).isEqualTo("GC Thread");
    assertThat(ThreadSample.pool("7")).isEqualTo("7");
  }
}
