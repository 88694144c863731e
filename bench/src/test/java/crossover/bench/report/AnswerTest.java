package crossover.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.experiment.Cell;
import crossover.bench.results.Json;
import crossover.bench.results.Summary;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class AnswerTest {
  private static String answer(String view) {
    Answer answer = Answer.of(MadeUp.summary(), new Cell.Id(view, "localhost", 32));
    return answer.headline() + answer.rest();
  }

  @Test
  void theFastestLeadsWithItsInterval() {
    assertThat(answer("get"))
        .isEqualTo(
            "native is faster than sync by 21 % (18 to 23 %); wrapped is slower by 16 %,"
                + " native-unpipelined by 6 %; virtual makes no difference that matters.");
  }

  @Test
  void severalFasterArmsStandInOrder() {
    assertThat(answer("cached"))
        .startsWith("native-unpipelined is faster than sync by 13 % (10 to 16 %), native by 13 %;");
  }

  @Test
  void withoutAFasterArmNothingIsClaimed() {
    assertThat(answer("page"))
        .startsWith("No arm is shown to be faster than sync; wrapped is slower by 20 %");
  }

  @Test
  void whatIsInconclusiveOrNotValidIsNamedAndNotJudged() {
    assertThat(answer("form"))
        .endsWith("native is inconclusive; virtual was not validly measured.");
  }

  @Test
  void theWholeRunIsAnsweredArmByArm() {
    Answer answer = Answer.of(MadeUp.summary());

    assertThat(answer.headline())
        .isEqualTo(
            "Faster than sync: native in get (by 21 %) and cached (by 13 %);"
                + " native-unpipelined in cached (by 13 %).");
    assertThat(answer.rest())
        .startsWith("Slower: wrapped in page (by 20 %), page-fn (by 20 %), get (by 16 %), form")
        .endsWith(
            "4 of 20 comparisons make no difference that matters."
                + " 1 of 20 comparisons is inconclusive. 1 of 20 comparisons was not validly measured.");
  }

  @Test
  void aRunOfOneCellIsAnsweredAsThatCell() {
    Answer answer = Answer.of(MadeUp.only("get"));

    assertThat(answer.headline()).isEqualTo("native is faster than sync by 21 % (18 to 23 %).");
    assertThat(answer.rest()).startsWith("wrapped is slower by 16 %").endsWith("matters.");
  }

  @Test
  void aRunWhoseBaselineIsNotValidHasNoVerdict() {
    ObjectNode tree = (ObjectNode) Json.MAPPER.<JsonNode>valueToTree(MadeUp.only("get"));
    tree.path("cells").forEach(cell -> ((ObjectNode) cell).put("valid", false));

    Answer answer = Answer.of(Json.MAPPER.treeToValue(tree, Summary.class));

    assertThat(answer)
        .isEqualTo(new Answer("No verdict: the measurement of sync is not valid.", ""));
  }

  @Test
  void aRunWithoutComparisonsSaysSo() {
    assertThat(Answer.of(MadeUp.empty()).headline()).isEqualTo("Nothing was compared.");
  }
}
