package crossover.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ErrorRateTest {
  @Test
  void falseAlarmsThatFivePercentExplain() {
    assertThat(ErrorRate.mostFalseAlarms(1)).as("once in 20, not less").isEqualTo(1);
    assertThat(ErrorRate.mostFalseAlarms(20)).isEqualTo(3);
    assertThat(ErrorRate.mostFalseAlarms(100)).isEqualTo(9);
  }

  /** By Python, with exact binomial sums. */
  @Test
  void aDoubledErrorRateIsSeenInManyComparisonsOnly() {
    assertThat(ErrorRate.power(20)).isCloseTo(0.133, within(0.001));
    assertThat(ErrorRate.power(100)).isCloseTo(0.549, within(0.001));
  }

  /** Chi-squared, 2 degrees of freedom: 0.0506 and 7.378. */
  @Test
  void aSpreadOfTwoDegreesOfFreedomIsHardlyKnown() {
    assertThat(ErrorRate.interval(0.01, 2)[0]).isCloseTo(0.00521, within(1e-5));
    assertThat(ErrorRate.interval(0.01, 2)[1]).isCloseTo(0.06285, within(1e-4));
    assertThat(ErrorRate.interval(0.01, 0)).containsOnly(Double.NaN);
  }
}
