package crossover.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTestTest {
  private static final int ARMS_OF_CELLS = 25;

  @Test
  void aRunWithoutAnyTrendSeldomHasOneThatIsCertain() {
    Random random = new Random(1);
    long runs =
        IntStream.range(0, 1_000)
            .filter(
                run ->
                    IntStream.range(0, ARMS_OF_CELLS)
                            .mapToObj(arm -> MeanOfRounds.of(rounds(random, 0), ARMS_OF_CELLS))
                            .filter(MeanOfRounds::isCertain)
                            .count()
                        > 0)
            .count();

    // 5 % is 50; three standard deviations are 21.
    assertThat(runs).isBetween(29L, 71L);
  }

  @Test
  void aTrendOfThirtyPercentIsCertain() {
    MeanOfRounds change = MeanOfRounds.of(rounds(new Random(2), 0.3), ARMS_OF_CELLS);

    assertThat(change.isCertain()).isTrue();
    assertThat(change.value()).isBetween(0.2, 0.4);
  }

  /** The changes in six rounds of five turns with noise of 8 %. */
  private static double[] rounds(Random random, double trend) {
    return IntStream.range(0, 6)
        .mapToDouble(
            round ->
                TrendTest.change(
                    IntStream.range(0, 5)
                        .mapToDouble(
                            turn -> Math.exp(trend * turn / 4 + 0.08 * random.nextGaussian()))
                        .toArray()))
        .toArray();
  }
}
