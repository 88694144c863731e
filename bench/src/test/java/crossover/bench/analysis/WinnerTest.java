package crossover.bench.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.results.Verdict;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WinnerTest {

  private static Winner winner(Judged judged) {
    return Winner.of(judged.summary(), Judged.PLACE, Map.of());
  }

  @Test
  void theBestOfThoseThatBeatTheBaselineWins() {
    Winner winner =
        winner(
            new Judged()
                .baseline()
                .candidate("wrapped", 1.3, Verdict.FASTER)
                .candidate("native", 3.2, Verdict.FASTER));
    assertThat(winner.name()).isEqualTo("native");
    assertThat(winner.comparison().orElseThrow().ratio()).isEqualTo(3.2);
    assertThat(winner.boundBy()).isEqualTo("database pool");
    assertThat(winner.reason()).contains("sync: Requests waited.", "wrapped: ratio 1.30");
  }

  @Test
  void anArmThatMayBeBetterThanTheOneThatBeatsTheBaselineIsNamedWithIt() {
    Winner winner =
        winner(
            new Judged()
                .baseline()
                .candidate("wrapped", 1.3, Verdict.FASTER)
                .candidate("native", 3.2, Verdict.INCONCLUSIVE)
                .candidate("virtual", 1.1, Verdict.INCONCLUSIVE));
    assertThat(winner.name()).isEqualTo("native or wrapped");
    assertThat(winner.comparison().orElseThrow().candidate()).isEqualTo("wrapped");
  }

  @Test
  void twoThatBeatTheBaselineAndCannotBeToldApartAreBothNamed() {
    Winner winner =
        winner(
            new Judged()
                .baseline()
                .candidate("wrapped", 1.95, Verdict.FASTER)
                .candidate("native", 2.0, Verdict.FASTER)
                .candidate("virtual", 1.5, Verdict.FASTER));
    assertThat(winner.name()).isEqualTo("native or wrapped");
  }

  @Test
  void theBaselineWinsWhenEveryOtherArmIsSlower() {
    Winner winner =
        winner(
            new Judged()
                .baseline()
                .candidate("wrapped", 0.8, Verdict.SLOWER)
                .candidate("virtual", 0.7, Verdict.SLOWER));
    assertThat(winner.name()).isEqualTo("sync");
    assertThat(winner.comparison().orElseThrow().candidate()).isEqualTo("wrapped");
  }

  @Test
  void anEqualArmMakesTheCellEquivalentAlsoWhereOthersAreSlower() {
    Winner winner =
        winner(
            new Judged()
                .baseline()
                .candidate("wrapped", 0.8, Verdict.SLOWER)
                .candidate("native", 1.01, Verdict.EQUIVALENT));
    assertThat(winner.name()).isEqualTo("equivalent");
    assertThat(winner.comparison().orElseThrow().candidate()).isEqualTo("native");
  }

  @Test
  void oneUndecidedArmLeavesACellUndecidedThatNobodyElseWins() {
    Winner winner =
        winner(
            new Judged()
                .baseline()
                .candidate("wrapped", 0.8, Verdict.SLOWER)
                .candidate("native", 1.2, Verdict.INCONCLUSIVE));
    assertThat(winner.name()).isEqualTo("undecided");
  }

  @Test
  void aRatioThatIsNotKnownIsNotNamed() {
    Judged judged = new Judged().baseline().candidate("native", Double.NaN, Verdict.TOO_FEW_ROUNDS);
    assertThat(winner(judged).reason()).contains("native: too few rounds.");
  }

  @Test
  void anArmThatRefusesNeverWinsAndIsNamed() {
    Judged judged =
        new Judged().baseline().refusing("wrapped").candidate("native", 1.01, Verdict.EQUIVALENT);
    Winner winner =
        Winner.of(judged.summary(), Judged.PLACE, Map.of("wrapped", new Refusal(0.93, 0.2)));
    assertThat(winner.name()).isEqualTo("equivalent");
    assertThat(winner.reason())
        .startsWith("wrapped refuses 93 % of requests. wrapped leaves 20 % of its users without");
  }

  @Test
  void whereTheBaselineRefusesTheArmThatHoldsWinsWithoutARatio() {
    Judged judged =
        new Judged()
            .refusing("sync")
            .candidate("native", Double.NaN, Verdict.NOT_VALID)
            .refusing("virtual");
    Winner winner =
        Winner.of(
            judged.summary(),
            Judged.PLACE,
            Map.of("sync", new Refusal(0.5, 0), "native", new Refusal(0, 0)));
    assertThat(winner.name()).isEqualTo("native");
    assertThat(winner.comparison()).isEmpty();
    assertThat(winner.reason()).contains("sync refuses 50 % of requests.", "native serves 406/s");
  }

  private static Judged baselineRefuses() {
    return new Judged().refusing("sync").holding("native").holding("virtual").holding("wrapped");
  }

  @Test
  void whereTheBaselineRefusesTheArmThatNoOtherBeatsWins() {
    Winner winner =
        winner(
            baselineRefuses()
                .pair("virtual", "native", 1.2, Verdict.FASTER)
                .pair("wrapped", "native", 0.9, Verdict.SLOWER)
                .pair("wrapped", "virtual", 0.8, Verdict.SLOWER));
    assertThat(winner.name()).isEqualTo("virtual");
    assertThat(winner.reason()).contains("virtual ÷ native: ratio 1.20 (1.14 – 1.26), faster.");
  }

  @Test
  void whereTheBaselineRefusesThoseThatCannotBeToldApartAreAllNamed() {
    Winner winner =
        winner(
            baselineRefuses()
                .pair("virtual", "native", 1.2, Verdict.INCONCLUSIVE)
                .pair("wrapped", "native", 0.9, Verdict.INCONCLUSIVE)
                .pair("wrapped", "virtual", 0.8, Verdict.SLOWER));
    assertThat(winner.name()).isEqualTo("virtual or native");
  }

  @Test
  void whereTheBaselineRefusesTooFewRoundsLeaveTheCellUndecided() {
    Winner winner =
        winner(
            new Judged()
                .refusing("sync")
                .holding("native")
                .holding("virtual")
                .pair("virtual", "native", Double.NaN, Verdict.TOO_FEW_ROUNDS));
    assertThat(winner.name()).isEqualTo("undecided");
    assertThat(winner.reason()).contains("native serves 406/s.", "virtual serves 407/s.");
  }

  @Test
  void whereAllRefuseNobodyWins() {
    Winner winner = winner(new Judged().refusing("sync").refusing("native"));
    assertThat(winner.name()).isEqualTo("undecided");
  }
}
