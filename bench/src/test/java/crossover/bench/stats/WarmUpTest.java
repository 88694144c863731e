package crossover.bench.stats;

import static crossover.bench.stats.WarmUp.State.GIVEN_UP;
import static crossover.bench.stats.WarmUp.State.WARM;
import static crossover.bench.stats.WarmUp.State.WARMING;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WarmUpTest {

  @Test
  void noArmIsWarmBeforeItsSixthSlice() {
    assertThat(WarmUp.after(new double[] {5, 5, 5, 5, 5}, Better.HIGHER, 20)).isEqualTo(WARMING);
    assertThat(WarmUp.after(new double[] {5, 5, 5, 5, 5, 5}, Better.HIGHER, 20)).isEqualTo(WARM);
  }

  /**
   * By hand: all 15 pairs improve; then 10 of 15 improve and 5 do not, S = 5; then 9 and 6, S = 3.
   */
  @Test
  void risingThroughputIsNotWarm() {
    assertThat(WarmUp.after(new double[] {1, 2, 3, 4, 5, 6}, Better.HIGHER, 20)).isEqualTo(WARMING);
    assertThat(WarmUp.after(new double[] {2, 6, 1, 3, 4, 5}, Better.HIGHER, 20)).isEqualTo(WARMING);
    assertThat(WarmUp.after(new double[] {2, 6, 1, 3, 5, 4}, Better.HIGHER, 20)).isEqualTo(WARM);
  }

  @Test
  void fallingCpuTimeIsNotWarmButFallingThroughputIs() {
    double[] falling = {6, 5, 4, 3, 2, 1};
    assertThat(WarmUp.after(falling, Better.LOWER, 20)).isEqualTo(WARMING);
    assertThat(WarmUp.after(falling, Better.HIGHER, 20)).isEqualTo(WARM);
  }

  @Test
  void onlyTheLastSixSlicesCount() {
    assertThat(WarmUp.after(new double[] {1, 2, 3, 9, 8, 9, 8, 9, 8}, Better.HIGHER, 20))
        .isEqualTo(WARM);
  }

  @Test
  void aFailedSliceIsWaitedOut() {
    double[] slices = {5, 5, Double.NaN, 5, 5, 5, 5, 5};
    assertThat(WarmUp.after(slices, Better.HIGHER, 20)).isEqualTo(WARMING);
    assertThat(WarmUp.after(new double[] {Double.NaN, 5, 5, 5, 5, 5, 5}, Better.HIGHER, 20))
        .isEqualTo(WARM);
  }

  @Test
  void warmingUpIsBounded() {
    double[] rising = {1, 2, 3, 4, 5, 6, 7, 8};
    assertThat(WarmUp.after(rising, Better.HIGHER, 9)).isEqualTo(WARMING);
    assertThat(WarmUp.after(rising, Better.HIGHER, 8)).isEqualTo(GIVEN_UP);
    assertThat(WarmUp.after(new double[] {1, 2}, Better.HIGHER, 2)).isEqualTo(GIVEN_UP);
  }
}
