package crossover.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * Expected numbers are from SciPy 1.17 (t quantiles) and NumPy's least squares, not from the code
 * tested.
 */
class ComparisonTest {
  private static final Offset<Double> EXACT = within(1e-9);

  private static final double[] CANDIDATE_FIRST = {0.10, 0.08, 0.12, 0.06};
  private static final double[] BASELINE_FIRST = {0.02, 0.05, -0.01, 0.04};

  @Test
  void eightRoundsInBothOrdersGiveTheWorkedExample() {
    Comparison comparison = Comparison.of(day(1, CANDIDATE_FIRST, BASELINE_FIRST), Better.HIGHER);

    assertThat(comparison.rounds()).isEqualTo(8);
    assertThat(comparison.df()).isEqualTo(6);
    assertThat(comparison.sd()).isCloseTo(0.026140645235596872, EXACT);
    assertThat(comparison.ratio()).isCloseTo(1.0591852706547322, EXACT);
    assertThat(comparison.low()).isCloseTo(1.0355009945660483, EXACT);
    assertThat(comparison.high()).isCloseTo(1.0834112603069845, EXACT);
    assertThat(comparison.pValue()).isCloseTo(0.0007967794228228396, EXACT);
    assertThat(comparison.verdict()).isEqualTo(Verdict.FASTER);
    assertThat(comparison.immaterial()).isFalse();
    assertThat(comparison.furtherRounds()).isZero();
  }

  @Test
  void standingFirstIsToldApartFromTheArm() {
    Comparison comparison = Comparison.of(day(1, CANDIDATE_FIRST, BASELINE_FIRST), Better.HIGHER);

    assertThat(comparison.periodEffect().value()).isCloseTo(1.0330338931439726, EXACT);
    assertThat(comparison.periodEffect().low()).isCloseTo(1.0099343839154635, EXACT);
    assertThat(comparison.periodEffect().high()).isCloseTo(1.0566617409805101, EXACT);
  }

  /**
   * By hand: of 2⁸ sign patterns the observed one, the one without −0.01's sign, and their
   * negatives: 4/256.
   */
  @Test
  void theSignFlipTestCountsEveryPattern() {
    Comparison comparison = Comparison.of(day(1, CANDIDATE_FIRST, BASELINE_FIRST), Better.HIGHER);
    assertThat(comparison.permutationP()).isCloseTo(4 / 256.0, EXACT);
  }

  @Test
  void theSignFlipTestNeedsSixRounds() {
    assertThat(
            Comparison.of(day(1, new double[] {.1, .2, .1}, new double[] {.1, .2}), Better.HIGHER)
                .permutationP())
        .isNaN();
    assertThat(
            Comparison.of(
                    day(1, new double[] {.1, .2, .1}, new double[] {.1, .2, .1}), Better.HIGHER)
                .permutationP())
        .isCloseTo(2 / 64.0, EXACT);
  }

  /**
   * Twenty values of one sign: 2/2²⁰ exactly, which 100,000 random flips cannot tell from
   * 1/100,001.
   */
  @Test
  void manyRoundsAreFlippedAtRandom() {
    double[] same = {.1, .1, .1, .1, .1, .1, .1, .1, .1, .1};
    assertThat(Comparison.of(day(1, same, same), Better.HIGHER).permutationP()).isLessThan(1e-4);
  }

  @Test
  void carryOverIsReadFromTheSums() {
    double[] sumsCandidateFirst = {4.0, 4.1, 3.9, 4.2};
    double[] sumsBaselineFirst = {3.95, 4.05, 4.15, 3.85};
    List<LogRatio> rounds = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      rounds.add(new LogRatio(CANDIDATE_FIRST[i], sumsCandidateFirst[i], true, 1));
      rounds.add(new LogRatio(BASELINE_FIRST[i], sumsBaselineFirst[i], false, 1));
    }
    Estimate carryOver = Comparison.of(rounds, Better.HIGHER).carryOver();
    assertThat(carryOver.value()).isCloseTo(1.051271096376024, EXACT);
    assertThat(carryOver.low()).isCloseTo(0.8408252158884877, EXACT);
    assertThat(carryOver.high()).isCloseTo(1.3143884093768874, EXACT);
  }

  @Test
  void threeRoundsHaveAWideIntervalWithOneDegreeOfFreedom() {
    Comparison comparison =
        Comparison.of(day(1, new double[] {.02, .04}, new double[] {.01}), Better.HIGHER);
    assertThat(comparison.df()).isEqualTo(1);
    assertThat(comparison.ratio()).isCloseTo(1.0202013400267558, EXACT);
    assertThat(comparison.low()).isCloseTo(0.913895578408821, EXACT);
    assertThat(comparison.high()).isCloseTo(1.1388727539360008, EXACT);
    assertThat(comparison.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void roundsOfOneOrderAreAnalysedWithoutAPeriodEffect() {
    Comparison comparison =
        Comparison.of(day(1, new double[] {.02, .04, .03, .05}, new double[0]), Better.HIGHER);
    assertThat(comparison.df()).isEqualTo(3);
    assertThat(comparison.ratio()).isCloseTo(1.0356197087996233, EXACT);
    assertThat(comparison.low()).isCloseTo(1.01456241, within(1e-8));
    assertThat(comparison.high()).isCloseTo(1.05711405, within(1e-8));
    assertThat(comparison.pValue()).isCloseTo(0.012307551821486276, EXACT);
    assertThat(comparison.periodEffect().value()).isNaN();
    assertThat(comparison.carryOver().value()).isNaN();
  }

  /**
   * The ratio is also what least squares gives with one arm effect and a period effect for each
   * day.
   */
  @Test
  void daysAreBlocks() {
    List<LogRatio> rounds = day(2, new double[] {.20, .16, .18}, new double[] {.12});
    rounds.addAll(day(1, new double[] {.10, .08}, new double[] {.02, .05, .03}));
    Comparison comparison = Comparison.of(rounds, Better.HIGHER);
    assertThat(comparison.df()).isEqualTo(5);
    assertThat(comparison.sd()).isCloseTo(0.017126976771553507, EXACT);
    assertThat(comparison.ratio()).isCloseTo(1.100363990629443, EXACT);
    assertThat(comparison.low()).isCloseTo(1.0831539216271127, EXACT);
    assertThat(comparison.high()).isCloseTo(1.1178475078178074, EXACT);
  }

  @Test
  void aDayWithOneOrderOnlyJoinsItsNeighbour() {
    List<LogRatio> joined = day(1, CANDIDATE_FIRST, BASELINE_FIRST);
    joined.addAll(day(2, new double[] {.07}, new double[0]));
    List<LogRatio> oneDay = day(1, CANDIDATE_FIRST, BASELINE_FIRST);
    oneDay.addAll(day(1, new double[] {.07}, new double[0]));
    assertThat(Comparison.of(joined, Better.HIGHER))
        .isEqualTo(Comparison.of(oneDay, Better.HIGHER));
  }

  @Test
  void fewerThanThreeRoundsHaveNoInterval() {
    for (List<LogRatio> rounds :
        List.of(
            List.<LogRatio>of(),
            day(1, new double[] {.1}, new double[0]),
            day(1, new double[] {.1}, new double[] {.2}),
            day(1, new double[] {.1, .2}, new double[0]))) {
      Comparison comparison = Comparison.of(rounds, Better.HIGHER);
      assertThat(comparison.verdict()).isEqualTo(Verdict.INSUFFICIENT);
      assertThat(comparison.verdict().label()).isEqualTo("–");
      assertThat(comparison.low()).isNaN();
      assertThat(comparison.high()).isNaN();
      assertThat(comparison.pValue()).isNaN();
      assertThat(comparison.furtherRounds()).isZero();
    }
    assertThat(Comparison.of(List.of(), Better.HIGHER).ratio()).isNaN();
    assertThat(Comparison.of(day(1, new double[] {.1}, new double[] {.2}), Better.HIGHER).ratio())
        .isCloseTo(Math.exp(.15), EXACT);
  }

  @Test
  void threeDaysOfOnePairEachHaveNoDegreeOfFreedomLeft() {
    List<LogRatio> rounds = day(1, new double[] {.1}, new double[] {.2});
    rounds.addAll(day(2, new double[] {.1}, new double[] {.2}));
    rounds.addAll(day(3, new double[] {.1}, new double[] {.2}));
    assertThat(Comparison.of(rounds, Better.HIGHER).verdict()).isEqualTo(Verdict.INSUFFICIENT);
  }

  @Test
  void anUnusableRoundIsLeftOutAndCounted() {
    List<LogRatio> rounds = day(1, CANDIDATE_FIRST, BASELINE_FIRST);
    Comparison without = Comparison.of(rounds, Better.HIGHER);
    rounds.add(LogRatio.ofRound(new double[] {0}, new double[] {100}, true, 1));
    rounds.add(LogRatio.ofRound(new double[] {100}, new double[] {Double.NaN}, false, 1));
    Comparison with = Comparison.of(rounds, Better.HIGHER);
    assertThat(with.discarded()).isEqualTo(2);
    assertThat(with.rounds()).isEqualTo(8);
    assertThat(with.ratio()).isEqualTo(without.ratio());
    assertThat(with.low()).isEqualTo(without.low());
  }

  @Test
  void equalFiguresAreEquivalent() {
    Comparison comparison =
        Comparison.of(day(1, new double[] {0, 0, 0}, new double[] {0, 0, 0}), Better.HIGHER);
    assertThat(comparison.verdict()).isEqualTo(Verdict.EQUIVALENT);
    assertThat(comparison.low()).isEqualTo(1);
    assertThat(comparison.high()).isEqualTo(1);
    assertThat(comparison.pValue()).isEqualTo(1);
    assertThat(comparison.permutationP()).isEqualTo(1);
  }

  @Test
  void lowerIsFasterForTimes() {
    List<LogRatio> rounds = day(1, CANDIDATE_FIRST, BASELINE_FIRST);
    assertThat(Comparison.of(rounds, Better.LOWER).verdict()).isEqualTo(Verdict.SLOWER);
    List<LogRatio> lower = rounds.stream().map(ComparisonTest::swapped).toList();
    assertThat(Comparison.of(lower, Better.LOWER).verdict()).isEqualTo(Verdict.FASTER);
    assertThat(Comparison.of(lower, Better.HIGHER).verdict()).isEqualTo(Verdict.SLOWER);
  }

  @Test
  void swappingTheArmsInvertsTheRatioAndItsInterval() {
    List<LogRatio> rounds = day(1, CANDIDATE_FIRST, BASELINE_FIRST);
    Comparison one = Comparison.of(rounds, Better.HIGHER);
    Comparison other =
        Comparison.of(rounds.stream().map(ComparisonTest::swapped).toList(), Better.HIGHER);
    assertThat(other.ratio()).isCloseTo(1 / one.ratio(), EXACT);
    assertThat(other.low()).isCloseTo(1 / one.high(), EXACT);
    assertThat(other.periodEffect().value()).isCloseTo(one.periodEffect().value(), EXACT);
  }

  @Test
  void aDifferenceWithinTheMarginIsCalledImmaterial() {
    double[] small = {.021, .020, .019, .020};
    Comparison comparison = Comparison.of(day(1, small, small), Better.HIGHER);
    assertThat(comparison.verdict()).isEqualTo(Verdict.FASTER);
    assertThat(comparison.immaterial()).isTrue();
    assertThat(Comparison.of(day(1, small, small), Better.HIGHER, 0.01, 0.05).immaterial())
        .isFalse();
  }

  @Test
  void aWideIntervalIsInconclusiveAndNamesTheRoundsThatWouldProbablySettleIt() {
    double[] wide = {.10, -.08, .06, -.04};
    Comparison comparison = Comparison.of(day(1, wide, wide), Better.HIGHER);
    assertThat(comparison.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(comparison.furtherRounds()).isPositive().isEven();
  }

  @Test
  void aSmallerLevelGivesAWiderInterval() {
    List<LogRatio> rounds = day(1, CANDIDATE_FIRST, BASELINE_FIRST);
    Comparison plain = Comparison.of(rounds, Better.HIGHER);
    Comparison look = Comparison.of(rounds, Better.HIGHER, 0.05, 0.014);
    assertThat(look.low()).isLessThan(plain.low());
    assertThat(look.high()).isGreaterThan(plain.high());
    assertThat(look.ratio()).isEqualTo(plain.ratio());
  }

  @Test
  void aMarginOrLevelOutOfRangeIsRefused() {
    assertThatThrownBy(() -> Comparison.of(List.of(), Better.HIGHER, 0, 0.05))
        .hasMessageContaining("margin");
    assertThatThrownBy(() -> Comparison.of(List.of(), Better.HIGHER, 0.05, 1))
        .hasMessageContaining("level");
  }

  @Test
  void aRoundIsTheMeanOverItsPasses() {
    LogRatio round = LogRatio.ofRound(new double[] {200, 100}, new double[] {100, 100}, true, 1);
    assertThat(round.difference()).isCloseTo(0.34657359027997264, EXACT); // ln 2 ÷ 2
    assertThat(round.sum()).isCloseTo(9.556913963, EXACT); // (ln 20,000 + ln 10,000) ÷ 2
  }

  @Test
  void aPassThatFailedOnOneSideIsLeftOutOnBoth() {
    LogRatio round =
        LogRatio.ofRound(new double[] {200, Double.NaN, 5}, new double[] {100, 50, 0}, false, 1);
    assertThat(round.difference()).isCloseTo(0.6931471805599453, EXACT); // ln 2
  }

  @Test
  void armsWithDifferentNumbersOfPassesAreRefused() {
    assertThatThrownBy(() -> LogRatio.ofRound(new double[2], new double[3], true, 1))
        .hasMessageContaining("the candidate has 2 and the baseline 3");
  }

  private static List<LogRatio> day(int day, double[] candidateFirst, double[] baselineFirst) {
    List<LogRatio> rounds = new ArrayList<>();
    for (double difference : candidateFirst) {
      rounds.add(new LogRatio(difference, 0, true, day));
    }
    for (double difference : baselineFirst) {
      rounds.add(new LogRatio(difference, 0, false, day));
    }
    return rounds;
  }

  private static LogRatio swapped(LogRatio round) {
    return new LogRatio(-round.difference(), round.sum(), !round.candidateFirst(), round.day());
  }
}
