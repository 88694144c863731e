package crossover.bench.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import crossover.bench.experiment.Limits;
import crossover.bench.report.MadeUp;
import crossover.bench.results.Json;
import crossover.bench.results.Limit;
import crossover.bench.results.Limit.Outcome;
import crossover.bench.results.Summary;
import crossover.bench.results.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class LimitCheckTest {
  /** The interval is ratio × exp(±0.051); the limit 3 % is a ratio of 0.97. */
  @ParameterizedTest
  @CsvSource({
    "1.05,  PASSED",
    "1.021, PASSED",
    "1.020, UNDECIDED",
    "0.922, UNDECIDED",
    "0.921, FAILED",
    "0.80,  FAILED"
  })
  void theWholeIntervalMustLieOnOneSideOfTheLimit(double ratio, Outcome outcome) {
    Summary summary = new Judged().baseline().candidate("b", ratio, Verdict.INCONCLUSIVE).summary();

    assertThat(slowdown("3%", summary)).extracting(Limit::outcome).containsExactly(outcome);
  }

  /** 6 rounds × (0.051 × (1 + 0.8416 ÷ 3) ÷ ln(1 ÷ 0.97))² = 27.6 rounds; made in pairs. */
  @Test
  void anUndecidedLimitSaysHowManyRoundsWouldDecideIt() {
    Summary summary = new Judged().baseline().candidate("b", 1, Verdict.INCONCLUSIVE).summary();

    assertThat(slowdown("3 %", summary))
        .singleElement()
        .satisfies(limit -> assertThat(limit.fails(false)).isFalse())
        .satisfies(limit -> assertThat(limit.fails(true)).isTrue())
        .extracting(Limit::sentence)
        .asString()
        .startsWith("get · far · 64 users · b: throughput is 1.000 of sync's (0.950 – 1.050)")
        .contains(
            "may be 0.970 at the least (3 % slower)",
            "about 22 more rounds", "by ./crossover run --append DIR --rounds 22");
  }

  @Test
  void whatWasNotMeasuredOrNotValidlyIsNotPassed() {
    Summary summary = new Judged().baseline().refusing("b").summary();

    assertThat(LimitCheck.of(Limits.of("3%", "250ms", "0"), summary))
        .extracting(Limit::option, Limit::outcome)
        .containsExactly(
            tuple("--max-slowdown", Outcome.NOT_JUDGED),
            tuple("--max-p99", Outcome.NOT_JUDGED),
            tuple("--max-errors", Outcome.FAILED));
    Summary answering = new Judged().baseline().candidate("b", 1, Verdict.EQUIVALENT).summary();
    assertThat(LimitCheck.of(Limits.of(null, null, "0"), answering))
        .extracting(Limit::outcome)
        .containsExactly(Outcome.PASSED);
  }

  @Test
  void withoutAnIntervalNothingIsJudged() {
    Summary two =
        new Judged().baseline().candidate("b", Double.NaN, Verdict.TOO_FEW_ROUNDS).summary();
    ObjectNode tree = (ObjectNode) Json.MAPPER.valueToTree(MadeUp.summary());
    for (JsonNode cell : tree.path("cells")) {
      if (cell.path("latency").path("p99") instanceof ObjectNode p99) {
        p99.putNull("low").putNull("high");
      }
    }
    Summary short99 = Json.MAPPER.treeToValue(tree, Summary.class);

    assertThat(slowdown("3%", two)).extracting(Limit::outcome).containsExactly(Outcome.NOT_JUDGED);
    assertThat(LimitCheck.of(Limits.of(null, "1 min", null), short99))
        .isNotEmpty()
        .allMatch(limit -> limit.outcome() == Outcome.NOT_JUDGED);
  }

  @Test
  void aLimitOnAp99IsHeldAgainstEveryArmButTheBaseline() {
    Summary summary = MadeUp.summary();

    assertThat(LimitCheck.of(Limits.of(null, "1 min", null), summary))
        .filteredOn(limit -> limit.outcome() == Outcome.PASSED)
        .hasSizeGreaterThan(15)
        .noneMatch(limit -> limit.cell().endsWith("· sync"));
    assertThat(LimitCheck.of(Limits.of(null, "1 us", null), summary))
        .noneMatch(limit -> limit.outcome() == Outcome.PASSED)
        .anyMatch(limit -> limit.outcome() == Outcome.FAILED);
  }

  /** In the made-up summary p99 of wrapped is longer by 5 % and more, and p50 less so. */
  @Test
  void longerResponseTimesFailASlowdownAndShorterOnesAreNoPass() {
    List<Limit> found = slowdown("90%", MadeUp.summary());
    List<Limit> strictest = slowdown("0", MadeUp.summary());

    assertThat(found).noneMatch(limit -> limit.sentence().contains("at a fixed rate"));
    assertThat(strictest)
        .filteredOn(limit -> limit.sentence().contains("p50 at a fixed rate"))
        .isNotEmpty()
        .allMatch(limit -> limit.outcome() == Outcome.FAILED)
        .noneMatch(limit -> limit.cell().startsWith("get") && limit.cell().endsWith("· native"));
  }

  private static List<Limit> slowdown(String most, Summary summary) {
    return LimitCheck.of(Limits.of(most, null, null), summary);
  }
}
