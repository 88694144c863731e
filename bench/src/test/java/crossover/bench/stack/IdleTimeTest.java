package crossover.bench.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IdleTimeTest {
  private static final long LIMIT = IdleTime.LIMIT.toNanos();

  @Test
  void aProcessThatUsesNoCpuIsIdleAfterTheLimit() {
    IdleTime idle = new IdleTime(0);
    assertThat(idle.isOver(0.01, 45_000_000_000L)).as("a script that sleeps first").isFalse();
    assertThat(idle.isOver(3, 46_000_000_000L)).isFalse();
    assertThat(idle.isOver(3.05, LIMIT)).isFalse();
    assertThat(idle.isOver(3.05, 2 * LIMIT)).isTrue();
  }

  /** Such as one that listens on another port than it was told. */
  @Test
  void aJvmThatOnlyWaitsIsIdle() {
    IdleTime idle = new IdleTime(0);
    for (int second = 1; second < 61; second++) {
      assertThat(idle.isOver(second * 0.005, second * 1_000_000_000L)).isFalse();
    }
    assertThat(idle.isOver(61 * 0.005, 61 * 1_000_000_000L)).isTrue();
  }

  @Test
  void oneThatWorksAfterAChildHasEndedIsNot() {
    IdleTime idle = new IdleTime(0);
    assertThat(idle.isOver(60, 0)).isFalse();
    assertThat(idle.isOver(2, LIMIT)).as("the child is counted no more").isFalse();
    assertThat(idle.isOver(4, 2 * LIMIT)).isFalse();
    assertThat(idle.isOver(6, 3 * LIMIT)).isFalse();
  }
}
