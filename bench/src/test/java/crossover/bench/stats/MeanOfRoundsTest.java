package crossover.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeanOfRoundsTest {
  /** The quantiles of Student's t with 2 degrees of freedom are those of printed tables. */
  @Test
  void theIntervalIsThatOfStudentsT() {
    MeanOfRounds alone = MeanOfRounds.of(new double[] {1, 2, 3}, 1);
    assertThat(alone.value()).isEqualTo(2);
    assertThat(alone.halfWidth()).isCloseTo(4.3027 / Math.sqrt(3), within(1e-4));

    MeanOfRounds ofMany = MeanOfRounds.of(new double[] {1, 2, 3}, 25);
    assertThat(ofMany.halfWidth()).isCloseTo(22.327 / Math.sqrt(3), within(1e-3));
    assertThat(MeanOfRounds.of(new double[] {20, 21, 22}, 25).isCertain()).isTrue();
    assertThat(ofMany.isCertain()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void fewRoundsTellNothing(int rounds) {
    MeanOfRounds few = MeanOfRounds.of(new double[rounds], 1);
    assertThat(few.halfWidth()).isNaN();
    assertThat(few.isCertain()).isFalse();
  }
}
