package crossover.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HolmTest {

  /** By hand: 4·0.005, 3·0.01, then 2·0.03, and 0.04 may not be below the 0.06 before it. */
  @Test
  void theSmallestPValueIsMultipliedByTheSizeOfTheFamilyAndSoOn() {
    assertThat(Holm.adjusted(new double[] {0.01, 0.04, 0.03, 0.005}))
        .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(1e-12));
  }

  @Test
  void noAdjustedPValueIsAboveOne() {
    assertThat(Holm.adjusted(new double[] {0.6, 0.9})).containsExactly(1, 1);
  }

  @Test
  void aComparisonWithoutPValueStillCountsInTheFamily() {
    assertThat(Holm.adjusted(new double[] {Double.NaN, 0.03})).containsExactly(Double.NaN, 0.06);
  }

  @Test
  void aFamilyOfOneOrNoneIsLeftAlone() {
    assertThat(Holm.adjusted(new double[] {0.02})).containsExactly(0.02);
    assertThat(Holm.adjusted(new double[0])).isEmpty();
  }
}
