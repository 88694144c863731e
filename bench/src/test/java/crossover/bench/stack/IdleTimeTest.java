package crossover.bench.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class IdleTimeTest {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  @Test
  void aProcessThatUsesNoCpuIsIdleSinceItsLastWork() {
    IdleTime idle = new IdleTime(0);
    assertThat(idle.nanos(0.01, 45_000_000_000L)).as("a script sleeps").isEqualTo(45_000_000_000L);
    assertThat(idle.nanos(3, 46_000_000_000L)).isZero();
    assertThat(idle.nanos(3.05, MINUTE)).isEqualTo(14_000_000_000L);
  }

  /** Such as one that listens on another port than it was told. */
  @Test
  void aJvmThatOnlyWaitsIsIdle() {
    IdleTime idle = new IdleTime(0);
    for (int second = 1; second < 100; second++) {
      assertThat(idle.nanos(second * 0.005, second * 1_000_000_000L))
          .isEqualTo(second * 1_000_000_000L);
    }
  }

  @Test
  void oneThatWorksAfterAChildHasEndedIsNot() {
    IdleTime idle = new IdleTime(0);
    assertThat(idle.nanos(60, 0)).isZero();
    assertThat(idle.nanos(2, MINUTE)).as("the child is counted no more").isZero();
    assertThat(idle.nanos(4, 2 * MINUTE)).isZero();
    assertThat(idle.nanos(6, 3 * MINUTE)).isZero();
  }
}
