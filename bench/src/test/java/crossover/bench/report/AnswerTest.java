package crossover.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnswerTest {
  private static String answer(String view) {
    Answer answer = Answer.of(MadeUp.summary(), new Place(view, "localhost", 32));
    return answer.headline() + answer.rest();
  }

  @Test
  void theWinnerLeadsWithItsInterval() {
    assertThat(answer("get"))
        .isEqualTo(
            "native beats sync by 21 % (18 to 23 %); wrapped trails by 16 %, native-unpipelined by 6 %; virtual makes no difference that matters.");
  }

  @Test
  void severalWinnersStandInOrder() {
    assertThat(answer("cached"))
        .startsWith("native-unpipelined beats sync by 13 % (10 to 16 %), native by 13 %;");
  }

  @Test
  void withoutAWinnerNothingIsClaimed() {
    assertThat(answer("page")).startsWith("Nothing is shown to beat sync; wrapped trails by 20 %");
  }

  @Test
  void whatIsUndecidedOrNotValidIsNamedAndNotJudged() {
    assertThat(answer("form")).endsWith("native is undecided; virtual was not validly measured.");
  }
}
