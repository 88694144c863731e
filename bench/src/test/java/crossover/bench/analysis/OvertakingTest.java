package crossover.bench.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import crossover.bench.analysis.Overtaking.Point;
import crossover.bench.results.CrossoverMap.Crossing;
import crossover.bench.results.CrossoverMap.Where;
import java.util.List;
import org.junit.jupiter.api.Test;

class OvertakingTest {

  private static Crossing crossing(Point... points) {
    return Overtaking.of("native", 20, 8, List.of(points), 0.10);
  }

  @Test
  void theCrossingIsInterpolatedInLogarithms() {
    // ln 1.1 is half of ln 1.21, a third of ln 1.331; from 1/1.1 to 1.21 it lies at two thirds.
    Crossing found = crossing(new Point(8, 1.0, 1 / 1.1, 1.0), new Point(128, 1.21, 1.21, 1.331));
    assertThat(found.where()).isEqualTo(Where.WITHIN);
    assertThat(found.users()).isCloseTo(32, within(1e-9));
    assertThat(found.low()).isCloseTo(20.159, within(0.001));
    assertThat(found.high()).isCloseTo(50.797, within(0.001));
  }

  @Test
  void anEstimateThatCrossesWhereNoLowerEndDoesDecidesNothing() {
    Crossing found = crossing(new Point(8, 1.0, 0.9, 1.2), new Point(128, 1.21, 1.05, 1.4));
    assertThat(found.where()).isEqualTo(Where.UNDECIDED);
    assertThat(found.users()).isNaN();
    assertThat(found.low()).isEqualTo(8);
    assertThat(found.high()).isNaN();
  }

  @Test
  void aCandidateThatIsAheadFromTheStartOrNeverSaysSoWhereItsIntervalsDo() {
    assertThat(crossing(new Point(8, 1.3, 1.2, 1.4), new Point(64, 1.5, 1.4, 1.6)).where())
        .isEqualTo(Where.AT_FEWEST);
    assertThat(crossing(new Point(8, 0.8, 0.7, 0.9), new Point(64, 1.05, 1.0, 1.09)).where())
        .isEqualTo(Where.NOT_REACHED);
    assertThat(crossing(new Point(8, 0.8, 0.7, 0.9), new Point(64, 1.05, 1.0, 1.11)).where())
        .isEqualTo(Where.UNDECIDED);
  }

  @Test
  void aCandidateThatIsAheadFromTheFirstLevelThatIsKnownMayHaveBeenSoWithFewerUsers() {
    Crossing found =
        crossing(new Point(8, Double.NaN, Double.NaN, Double.NaN), new Point(64, 1.3, 1.2, 1.4));
    assertThat(found.where()).isEqualTo(Where.UNDECIDED);
    assertThat(found.low()).isNaN();
    assertThat(crossing(new Point(64, 1.3, 1.2, 1.4)).where()).isEqualTo(Where.UNDECIDED);
  }

  @Test
  void aCandidateThatMayBeAheadAtTheFewestHasOvertakenAtTheLatestWhereItsLowerEndCrosses() {
    Crossing found = crossing(new Point(8, 1.2, 1.0, 1.4), new Point(128, 1.5, 1.21, 1.6));
    assertThat(found.where()).isEqualTo(Where.WITHIN);
    assertThat(found.users()).isEqualTo(8);
    assertThat(found.low()).isEqualTo(8);
    assertThat(found.high()).isCloseTo(32, within(1e-9));
  }

  @Test
  void tooFewRoundsDecideNothing() {
    double none = Double.NaN;
    assertThat(crossing(new Point(8, 1.0, none, none), new Point(128, 2.0, none, none)).where())
        .isEqualTo(Where.UNDECIDED);
  }

  @Test
  void aCellThatIsNotKnownLeavesOpenWhetherTheCandidateOvertakesThere() {
    double none = Double.NaN;
    assertThat(crossing(new Point(8, 0.8, 0.7, 0.9), new Point(64, none, none, none)).where())
        .isEqualTo(Where.UNDECIDED);
  }

  @Test
  void aCellWithoutARatioIsPassedOver() {
    Crossing found =
        crossing(
            new Point(8, 1.0, 1.0, 1.0),
            new Point(32, Double.NaN, Double.NaN, Double.NaN),
            new Point(128, 1.21, 1.21, 1.21));
    assertThat(found.users()).isCloseTo(32, within(1e-9));
  }

  @Test
  void whereTheBaselineRefusesTheCrossingLiesSomewhereBelow() {
    Crossing found = crossing(new Point(8, 1.0, 0.9, 1.05), Point.alone(128));
    assertThat(found.where()).isEqualTo(Where.WITHIN);
    assertThat(found.users()).isCloseTo(32, within(1e-9));
    assertThat(found.low()).isEqualTo(8);
    assertThat(found.high()).isEqualTo(128);
  }

  @Test
  void withoutAnyCellNothingIsDecided() {
    assertThat(crossing().where()).isEqualTo(Where.UNDECIDED);
  }
}
