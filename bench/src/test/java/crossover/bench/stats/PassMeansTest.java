package crossover.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PassMeansTest {
  private static final double NONE = Double.NaN;

  @Test
  void completePassesAreAveraged() {
    assertThat(PassMeans.of(new double[][] {{1, 3}, {2, 6}})).containsExactly(2, 4);
  }

  @Test
  void anArmWithoutASliceIsComparedWithTheOthersInItsOwnPasses() {
    double[] means =
        PassMeans.of(new double[][] {{1.0, 1.4, 1.1}, {1.2, NONE, 1.25}, {0.9, 1.35, NONE}});
    // By numpy: least squares for three arms and three passes.
    assertThat(means[1] - means[0]).isCloseTo(0.183333, within(1e-6));
    assertThat(means[2] - means[0]).isCloseTo(-0.083333, within(1e-6));
  }

  @Test
  void armsThatNeverSharedAPassAreNotCompared() {
    assertThat(PassMeans.of(new double[][] {{1, NONE}, {NONE, 2}})).containsExactly(1, NONE);
    assertThat(PassMeans.of(new double[][] {{NONE}, {NONE}})).containsExactly(NONE, NONE);
    assertThat(PassMeans.of(new double[][] {{}, {}})).containsExactly(NONE, NONE);
  }
}
