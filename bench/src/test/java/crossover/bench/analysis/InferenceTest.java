package crossover.bench.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.results.Comparison;
import crossover.bench.results.Summary;
import crossover.bench.results.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From slices to verdicts. */
class InferenceTest {

  @Test
  void theRatioIsThatOfTheRoundsAndItsIntervalCanBeRepeatedFromTheSummary() {
    SimulatedRun run = new SimulatedRun(2, 3, 6).effects(0, -0.2, 0.1);
    Summary summary = run.summary(1);
    assertThat(summary.comparisons()).hasSize(4);
    for (Comparison c : summary.comparisons()) {
      double mean =
          c.logRatios().stream().mapToDouble(Comparison.LogRatio::value).average().orElseThrow();
      assertThat(c.rounds()).isEqualTo(6);
      assertThat(c.logRatios())
          .extracting(Comparison.LogRatio::round)
          .containsExactly(1, 2, 3, 4, 5, 6);
      assertThat(Math.log(c.ratio())).isCloseTo(mean, org.assertj.core.api.Assertions.within(1e-9));
      assertThat(c.high() / c.ratio())
          .isCloseTo(
              Math.exp(c.critical() * c.standardError()),
              org.assertj.core.api.Assertions.within(1e-9));
    }
  }

  @Test
  void whereTheBaselineRefusesTheOthersAreComparedWithEachOtherInTheSameFamily() {
    SimulatedRun run = new SimulatedRun(2, 4, 6).effects(0, 0, 0.3, 0).baselineRefuses();
    Summary summary = run.summary(1);
    double critical = summary.comparisons().get(0).critical();
    assertThat(summary.withoutBaseline())
        .extracting(c -> c.cell().users() + " " + c.candidate() + " ÷ " + c.baseline())
        .containsExactly("20 arm2 ÷ arm1", "20 arm3 ÷ arm1", "20 arm3 ÷ arm2");
    assertThat(summary.withoutBaseline())
        .extracting(Comparison::verdict)
        .containsExactly(Verdict.FASTER, Verdict.INCONCLUSIVE, Verdict.SLOWER);
    // With 10 degrees of freedom in place of 15.
    assertThat(summary.withoutBaseline()).allMatch(c -> c.critical() > critical);
    assertThat(new SimulatedRun(2, 4, 6).summary(1).withoutBaseline()).isEmpty();
  }

  @Test
  void twoRoundsHaveNoInterval() {
    for (Comparison c : new SimulatedRun(2, 3, 2).summary(1).comparisons()) {
      assertThat(c.verdict()).isEqualTo(Verdict.TOO_FEW_ROUNDS);
      assertThat(c.low()).isNaN();
      assertThat(c.ratio()).isPositive();
    }
  }

  @Test
  void noSliceAtAllIsNoError() {
    SimulatedRun run = new SimulatedRun(1, 2, 4);
    Summary summary = run.summary(List.of(), 0);
    assertThat(summary.comparisons())
        .extracting(Comparison::verdict)
        .containsOnly(Verdict.TOO_FEW_ROUNDS);
  }

  @Test
  void aSliceThatFailedCostsItsArmTheRound() {
    SimulatedRun run = new SimulatedRun(1, 3, 8).missing(0.2);
    Summary summary = run.summary(3);
    assertThat(summary.comparisons())
        .allSatisfy(c -> assertThat(c.rounds() + c.discarded()).isLessThanOrEqualTo(8))
        .anySatisfy(c -> assertThat(c.rounds()).isBetween(3, 7));
  }
}
