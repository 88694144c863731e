package crossover.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import crossover.bench.stats.Difference.Round;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Expected numbers are from NumPy and SciPy 1.17, not from the code tested. */
class DifferenceTest {
  private static final Offset<Double> EXACT = within(1e-9);

  private static final List<Round> ROUNDS =
      List.of(
          new Round(20.4, true, 1),
          new Round(19.8, false, 1),
          new Round(20.1, true, 1),
          new Round(20.0, false, 1),
          new Round(20.6, true, 1));

  @Test
  void fiveRoundsInBothOrdersGiveTheWorkedExample() {
    Difference difference = Difference.of(ROUNDS);
    assertThat(difference.rounds()).isEqualTo(5);
    assertThat(difference.value()).isCloseTo(20.133333333333333, EXACT);
    assertThat(difference.low()).isCloseTo(19.812155510563716, EXACT);
    assertThat(difference.high()).isCloseTo(20.45451115610295, EXACT);
  }

  @Test
  void aRoundWithoutAUsablePassDoesNotCount() {
    List<Round> rounds = new ArrayList<>(ROUNDS);
    rounds.add(Round.of(new double[] {Double.NaN}, new double[] {1}, false, 1));
    assertThat(Difference.of(rounds)).isEqualTo(Difference.of(ROUNDS));
  }

  @Test
  void aRoundIsTheMeanOfItsPasses() {
    Round round = Round.of(new double[] {25, Double.NaN, 28}, new double[] {5, 7, 6}, true, 2);
    assertThat(round).isEqualTo(new Round(21, true, 2));
  }

  @Test
  void tooFewRoundsHaveNoInterval() {
    Difference difference = Difference.of(ROUNDS.subList(0, 2));
    assertThat(difference.value()).isCloseTo(20.1, EXACT);
    assertThat(difference.low()).isNaN();
    assertThat(Difference.of(List.of()).value()).isNaN();
  }
}
