package crossover.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LooksTest {

  /**
   * Pocock 1977, table 1: with a known spread five looks have 0.0158 each; an estimated one needs a
   * little less.
   */
  @Test
  void theStandardLooksHaveALevelALittleBelowPococks() {
    assertThat(Looks.standard().level()).isBetween(0.0130, 0.0158);
  }

  /**
   * Pocock 1977, table 1 again: two looks 0.0294 each; at 200 rounds the spread is as good as
   * known.
   */
  @Test
  void twoLateLooksHavePococksLevel() {
    assertThat(Looks.at(100, 200).level()).isCloseTo(0.0294, within(0.001));
  }

  @Test
  void oneLookIsAPlainComparison() {
    Looks once = Looks.at(12);
    assertThat(once.level()).isEqualTo(0.05);
    assertThat(once.overall(0.03)).isEqualTo(0.03);
  }

  @Test
  void theSameLooksAlwaysHaveTheSameLevel() {
    assertThat(Looks.at(4, 8).level()).isEqualTo(Looks.at(4, 8).level());
  }

  @Test
  void aPValueSeenAtALookIsWorthLessOverAllLooks() {
    Looks looks = Looks.standard();
    assertThat(looks.overall(looks.level())).isCloseTo(0.05, within(0.0005));
    assertThat(looks.overall(0.001)).isBetween(0.002, 0.005);
    assertThat(looks.overall(1e-12)).isBetween(1e-12, 1e-4);
    assertThat(looks.overall(1)).isEqualTo(1);
    assertThat(looks.overall(0)).isZero();
    assertThat(looks.overall(Double.NaN)).isNaN();
  }

  @Test
  void theNextLookIsFound() {
    Looks looks = Looks.at(8, 16);
    assertThat(looks.after(0)).hasValue(8);
    assertThat(looks.after(8)).hasValue(16);
    assertThat(looks.after(16)).isEmpty();
    assertThat(looks.includes(16)).isTrue();
    assertThat(looks.includes(12)).isFalse();
  }

  @Test
  void looksThatDoNotRiseOrStartTooEarlyAreRefused() {
    assertThatThrownBy(Looks::at).hasMessageContaining("rising");
    assertThatThrownBy(() -> Looks.at(2, 8)).hasMessageContaining("not [2, 8]");
    assertThatThrownBy(() -> Looks.at(8, 8)).hasMessageContaining("not [8, 8]");
  }
}
