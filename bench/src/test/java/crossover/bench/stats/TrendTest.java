package crossover.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrendTest {

  @Test
  void slicesThatDoubleFromFirstToLastHaveTheTrendTwo() {
    Estimate change =
        Trend.of(
            List.of(
                new double[] {100, 141.4213562373095, 200},
                new double[] {50, 70.71067811865476, 100},
                new double[] {10, 14.142135623730951, 20}));
    assertThat(change.value()).isCloseTo(2, within(1e-9));
    assertThat(Trend.isLeft(change)).isTrue();
  }

  /**
   * SciPy: changes ln 1.2, ln 1.1, ln 1.15; t(0.995, 2) = 9.9248; interval over rounds 0.900 to
   * 1.466.
   */
  @Test
  void theIntervalIsOverRounds() {
    Estimate change =
        Trend.of(
            List.of(new double[] {100, 120}, new double[] {100, 110}, new double[] {100, 115}));
    assertThat(change.value()).isCloseTo(1.149274905, within(1e-6));
    assertThat(change.low()).isCloseTo(0.895672147, within(1e-6));
    assertThat(change.high()).isCloseTo(1.474683356, within(1e-6));
    assertThat(Trend.isLeft(change)).isFalse();
  }

  @Test
  void aCertainTrendThatDoesNotMatterIsNone() {
    assertThat(Trend.isLeft(new Estimate(1.03, 1.02, 1.04))).isFalse();
    assertThat(Trend.isLeft(new Estimate(1.06, 1.02, 1.10))).isTrue();
    assertThat(Trend.isLeft(new Estimate(0.90, 0.85, 0.95))).isTrue();
  }

  @Test
  void oneSliceARoundHasNoTrend() {
    Estimate change = Trend.of(List.of(new double[] {1}, new double[] {2}, new double[] {3}));
    assertThat(change.value()).isNaN();
    assertThat(Trend.isLeft(change)).isFalse();
  }

  @Test
  void aFailedSliceIsLeftOut() {
    Estimate change = Trend.of(List.of(new double[] {100, Double.NaN, 0, 800}));
    assertThat(change.value()).isCloseTo(8, within(1e-9));
  }
}
