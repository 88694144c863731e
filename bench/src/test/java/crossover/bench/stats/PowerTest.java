package crossover.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Expected numbers are from SciPy 1.17 (noncentral t by scipy.integrate.quad, solved by brentq).
 */
class PowerTest {
  private static final Offset<Double> NEAR = within(1e-4);

  @ParameterizedTest
  @CsvSource({
    "2, 6, 0.05, 0.391060671",
    "3, 14, 0.014, 0.586434224",
    "10, 2, 0.05, 0.992746660",
    "25, 1, 0.05, 0.950176640",
    "0, 5, 0.05, 0.05"
  })
  void thePowerOfATTestIsThatOfTheNoncentralT(double shift, int df, double level, double power) {
    assertThat(Power.ofTTest(shift, df, level)).isCloseTo(power, NEAR);
  }

  @ParameterizedTest
  @CsvSource({
    "3, 0.648927110",
    "4, 0.151813010",
    "5, 0.102000489",
    "8, 0.061325772",
    "16, 0.038384205",
    "32, 0.025921870"
  })
  void moreRoundsDetectASmallerDifference(int rounds, double effect) {
    assertThat(Power.detectable(0.05, rounds, 0.05)).isCloseTo(effect, NEAR);
  }

  @Test
  void nothingIsDetectableWithFewerThanThreeRoundsOrAnUnknownSpread() {
    assertThat(Power.detectable(0.05, 2, 0.05)).isNaN();
    assertThat(Power.detectable(Double.NaN, 8, 0.05)).isNaN();
  }

  @Test
  void withoutSpreadEverythingIsDetectable() {
    assertThat(Power.detectable(0, 8, 0.05)).isZero();
  }

  /**
   * SciPy: at 28 rounds t(26) = 2.0555, reach = 2.0555·0.05/√28, and P(settled) is first above 0.8.
   */
  @Test
  void furtherRoundsAreTheFewestThatWouldProbablySettle() {
    assertThat(Power.furtherRounds(0.01, 0.05, 8, Math.log1p(0.05), 0.05)).isEqualTo(6);
  }

  @Test
  void hopelesslyNoisyComparisonsNameTheMost() {
    assertThat(Power.furtherRounds(0.02, 5, 8, Math.log1p(0.05), 0.05)).isEqualTo(1000);
  }

  /** The figure assumes that effect and spread are as seen; so does this simulation. */
  @Test
  void theFurtherRoundsSettleFourComparisonsInFive() {
    double effect = 0.03;
    double sd = 0.08;
    int total = 8 + Power.furtherRounds(effect, sd, 8, Math.log1p(0.05), 0.05);
    Random random = new Random(1);
    int settled = 0;
    for (int run = 0; run < 2_000; run++) {
      List<LogRatio> rounds = new ArrayList<>();
      for (int round = 0; round < total; round++) {
        rounds.add(new LogRatio(effect + sd * random.nextGaussian(), 0, round % 2 == 0, 0));
      }
      Verdict verdict = Comparison.of(rounds, Better.HIGHER).verdict();
      settled += verdict == Verdict.INCONCLUSIVE ? 0 : 1;
    }
    assertThat(settled / 2_000.0).isBetween(0.77, 0.85);
  }
}
