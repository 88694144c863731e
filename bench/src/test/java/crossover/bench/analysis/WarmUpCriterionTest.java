package crossover.bench.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.probe.ProcessUsage;
import crossover.bench.results.MadeSlice;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import crossover.bench.results.Summary;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmUpCriterionTest {
  private final List<SliceLine> lines = new ArrayList<>();

  @Test
  void howLongItTookAndHowItEndedIsToldOfEveryRound() {
    for (int sweep = 1; sweep <= 6; sweep++) {
      burst(1, sweep, "get", 1, 0.06);
      burst(1, sweep, "form", 2, 0.03); // 0.09 s of 1 s: quiet, and nothing falls
      burst(2, sweep, "get", 1.0 / sweep, 0);
      burst(2, sweep, "form", 2, 0);
    }

    assertThat(WarmUpCriterion.of(lines, "sync")).isEqualTo(new Summary.WarmUp(2, 1, 6, 6));
  }

  @Test
  void anArmIsNotWarmWhileItsCompilersAreBusy() {
    for (int sweep = 1; sweep <= 6; sweep++) {
      burst(1, sweep, "get", 1, 0.06); // of 0.5 s
    }

    assertThat(WarmUpCriterion.isWarm(lines)).isFalse();
  }

  @Test
  void fewerSweepsThanATrendIsSeenInAreNotEnough() {
    for (int sweep = 1; sweep <= 5; sweep++) {
      burst(1, sweep, "get", 1, 0);
    }
    assertThat(WarmUpCriterion.isWarm(lines)).isFalse();
    burst(1, 6, "get", 1, 0);
    assertThat(WarmUpCriterion.isWarm(lines)).isTrue();
  }

  @Test
  void armsThatTookTurnsAreWarmWhenTheLastTwoOfEachCellLeftLittleToCompile() {
    burst(1, 1, "get", 1, 0.4);
    burst(1, 1, "form", 1, 0.4);
    turns(2, "get", 0.3);
    turns(3, "get", 0.04);
    turns(4, "get", 0.04);
    turns(2, "form", 0.04);
    assertThat(WarmUpCriterion.isWarm(lines)).as("one sweep between two waves").isFalse();
    turns(3, "form", 0.3);
    turns(4, "form", 0.04);
    assertThat(WarmUpCriterion.isWarm(lines)).as("a wave not long ago").isFalse();
    turns(5, "form", 0.04);
    assertThat(WarmUpCriterion.isWarm(lines)).isTrue();
    assertThat(WarmUpCriterion.of(lines, "sync")).isEqualTo(new Summary.WarmUp(1, 1, 4.5, 4.5));
  }

  @Test
  void aSweepOfASingleTurnIsOneInTurns() {
    for (int sweep = 2; sweep <= 3; sweep++) {
      line(1, sweep, "get", 1, 0.04, 1, List.of(new SliceLine.Turn(1, 0.5, 500)));
    }

    assertThat(WarmUpCriterion.of(lines, "sync").warm()).isEqualTo(1);
  }

  @Test
  void whatTheKernelDoesNotTellIsNotWarm() {
    for (int sweep = 1; sweep <= 6; sweep++) {
      burst(1, sweep, "get", 1, Double.NaN);
    }

    assertThat(WarmUpCriterion.of(lines, "sync").warm()).isZero();
  }

  @Test
  void anArmThatWasNotWarmedUpHasNone() {
    burst(1, 1, "get", 1, 0);

    assertThat(WarmUpCriterion.of(lines, "wrapped")).isNull();
  }

  /** Half a second and one request, with so much CPU time for it, and of the compilers. */
  private void burst(int round, int sweep, String view, double serving, double compilers) {
    line(round, sweep, view, serving, compilers, 1, List.of());
  }

  /** The same in turns with other arms. */
  private void turns(int sweep, String view, double compilers) {
    line(1, sweep, view, 1, compilers, 2, List.of());
  }

  private void line(
      int round,
      int sweep,
      String view,
      double serving,
      double compilers,
      int turns,
      List<SliceLine.Turn> perTurn) {
    lines.add(
        new MadeSlice()
            .with("round", round)
            .with("view", view)
            .with("users", 4)
            .with("phase", Phase.WARMUP)
            .with("pass", sweep)
            .with("perTurn", perTurn)
            .load("seconds", 0.5)
            .load("turns", turns)
            .usage("server", new ProcessUsage(serving + compilers, 1, 0, compilers, 0, 0))
            .line());
  }
}
