package crossover.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoundClockTest {
  private static final RoundPlan.Entry ROUND = new RoundPlan.Entry(1, 1, List.of());

  private final RoundClock clock = new RoundClock();

  @Test
  void aRoundThatIsNotCompletedWasInterrupted() {
    assertThat(failure()).isEqualTo("interrupted");
    clock.completed();
    assertThat(failure()).isNull();
  }

  @Test
  void whatEndedARoundIsKept() {
    clock.failed("the generator died");
    assertThat(failure()).isEqualTo("the generator died");
  }

  @Test
  void anAttemptThatIsVoidStaysSo() {
    assertThat(clock.line(ROUND, 1).voided()).isFalse();
    clock.voided();
    clock.failed("a proxy answered");
    assertThat(clock.line(ROUND, 1).voided()).isTrue();
  }

  private String failure() {
    return clock.line(ROUND, 1).failure();
  }
}
