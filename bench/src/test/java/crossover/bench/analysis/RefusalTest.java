package crossover.bench.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalTest {
  @Test
  void whatFailedAndWhatWasNeverAnsweredAreToldApart() {
    assertThat(new Refusal(0.93, 0.4).sentences("sync"))
        .containsExactly(
            "sync refuses 93 % of requests.", "sync leaves 40 % of its users without an answer.");
    assertThat(new Refusal(0.0004, 0).sentences("sync"))
        .containsExactly("sync refuses 0.040 % of requests.");
  }

  @Test
  void anArmThatWasNotMeasuredFellShortOfNothing() {
    assertThat(Refusal.of(List.of()).sentences("sync")).isEmpty();
  }
}
