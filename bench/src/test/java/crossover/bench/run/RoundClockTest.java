package crossover.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoundClockTest {
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

  private String failure() {
    return clock.line(new RoundPlan.Entry(1, 1, List.of()), 1).failure();
  }
}
