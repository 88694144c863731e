package crossover.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LittlesLawTest {

  /** By hand: 10,000 requests a second, each 3.2 ms apart for its user, are 32 users. */
  @Test
  void usersAreThroughputTimesCycle() {
    assertThat(LittlesLaw.ratio(32, 10_000, 3.2)).isCloseTo(1, within(1e-12));
    assertThat(LittlesLaw.ratio(32, 10_000, 1.6)).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void fivePercentMayBeMissing() {
    assertThat(LittlesLaw.holds(0.951)).isTrue();
    assertThat(LittlesLaw.holds(1.049)).isTrue();
    assertThat(LittlesLaw.holds(0.949)).isFalse();
    assertThat(LittlesLaw.holds(1.051)).isFalse();
  }

  @Test
  void whatIsNotKnownDoesNotHold() {
    assertThat(LittlesLaw.holds(LittlesLaw.ratio(0, 0, 5))).isFalse();
  }
}
