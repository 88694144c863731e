package crossover.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import crossover.bench.stats.BlockDesign.Spot;
import crossover.bench.stats.BlockDesign.Value;
import crossover.bench.stats.ErrorModel.Contrast;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CriticalValuesTest {

  private static double critical(int cells, int arms, int rounds) {
    List<List<Value>> values = new ArrayList<>();
    List<Contrast> family = new ArrayList<>();
    for (int cell = 0; cell < cells; cell++) {
      List<Value> own = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        for (int arm = 0; arm < arms; arm++) {
          own.add(new Value(new Spot(round, 1, arm, 0), round * arm % 3));
        }
      }
      values.add(own);
      for (int arm = 1; arm < arms; arm++) {
        family.add(Contrast.of(cell, arms, arm, 0));
      }
    }
    ErrorModel model = ErrorModel.alike(values, arms);
    return CriticalValues.of(model, family, ErrorModel.LEVEL).at((rounds - 1) * (arms - 1));
  }

  /** Of a table of the t distribution. */
  @ParameterizedTest
  @CsvSource({
    "12.7062, 1, 0.05",
    "4.302653, 2, 0.05",
    "3.182446, 3, 0.05",
    "2.796940, 24, 0.01",
    "3.373454, 120, 0.001",
    "0, 7, 1",
    "0.0, 8, 1"
  })
  void theTailsOfStudentsT(double t, int df, double probability) {
    assertThat(CriticalValues.beyond(t, df)).isCloseTo(probability, within(1e-6));
  }

  @Test
  void oneComparisonHasStudentsT() {
    assertThat(critical(1, 2, 4)).isCloseTo(3.182, within(0.12));
    assertThat(critical(1, 2, 12)).isCloseTo(2.201, within(0.05));
  }

  /** Dunnett (1955), table 2: 4 treatments, 24 degrees of freedom, two-sided 5 %: 2.76. */
  @Test
  void ofKnownEqualSharesItIsNearDunnettsTable() {
    // Somewhat more here, for the shares are estimated.
    assertThat(critical(1, 5, 7)).isBetween(2.70, 3.2);
  }

  @Test
  void moreComparisonsNeedMore() {
    assertThat(critical(5, 5, 6)).isGreaterThan(critical(1, 5, 6) + 0.3);
    assertThat(critical(5, 5, 4)).isEqualTo(critical(5, 5, 4));
  }

  @Test
  void twoLooksHavePococksLevel() {
    // Pocock (1977): 0.0294 for a known spread; a spread of 7 degrees of freedom costs a little.
    assertThat(Looks.level(List.of(8, 16), 1, 2)).isCloseTo(0.0284, within(0.0015));
    assertThat(Looks.level(List.of(8), 5, 5)).isEqualTo(0.05);
    Assertions.assertThatThrownBy(() -> Looks.level(List.of(2, 8), 1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("8, 16, 24");
  }
}
