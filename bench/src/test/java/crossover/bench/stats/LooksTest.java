package crossover.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LooksTest {
  private static final Looks STANDARD = Looks.standard();

  /**
   * Pocock 1977, table 1: 0.0158 with a known spread. NumPy, 400,000 runs with an estimated one:
   * 0.0148.
   */
  @Test
  void theStandardLooksHaveALevelALittleBelowPococks() {
    assertThat(STANDARD.level()).isCloseTo(0.0148, within(0.0004));
  }

  /**
   * Pocock 1977, table 1 again: two looks 0.0294 each; after 60 rounds the spread is as good as
   * known.
   */
  @Test
  void twoLateLooksHavePococksLevel() {
    assertThat(Looks.at(60, 120).level()).isCloseTo(0.0294, within(0.001));
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
    Looks looks = STANDARD;
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

  /** The worst that a rule which stops each cell by itself could do to it. */
  @Test
  void aCellThatStopsWhereItLooksMostDifferentIsStillWrongOnceInTwentyTimes() {
    Looks looks = Looks.at(4, 6, 8);
    Random random = new Random(8);
    int runs = 6_000;
    int wrong = 0;
    for (int run = 0; run < runs; run++) {
      List<LogRatio> rounds = new ArrayList<>();
      boolean different = false;
      for (int n = 1; n <= 8; n++) {
        rounds.add(new LogRatio(0.05 * random.nextGaussian(), 0, n % 2 == 0, 1));
        different |=
            looks.includes(n)
                && Comparison.of(rounds, Better.HIGHER, 0.1, looks.level()).excludesOne();
      }
      wrong += different ? 1 : 0;
    }
    assertThat((double) wrong / runs).isCloseTo(0.05, within(0.01));
  }
}
