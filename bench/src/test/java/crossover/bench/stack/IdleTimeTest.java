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

  @Test
  void oneThatWorksAfterAChildHasEndedIsNot() {
    IdleTime idle = new IdleTime(0);
    assertThat(idle.isOver(60, 0)).isFalse();
    assertThat(idle.isOver(2, LIMIT)).as("the child is counted no more").isFalse();
    assertThat(idle.isOver(4, 2 * LIMIT)).isFalse();
    assertThat(idle.isOver(6, 3 * LIMIT)).isFalse();
  }
}
