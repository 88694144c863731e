package crossover.bench.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LastingAnswerTest {
  private final LastingAnswer answer = new LastingAnswer();

  @Test
  void oneThatLastsIsToldOnceAndAnotherOneAnew() {
    answer.take(401, 0);
    assertThat(answer.isNews(seconds(1))).isFalse();
    assertThat(answer.isNews(seconds(4))).isTrue();
    assertThat(answer.isNews(seconds(5))).isFalse();
    answer.take(500, seconds(6));
    assertThat(answer.isNews(seconds(7))).isFalse();
    assertThat(answer.isNews(seconds(10))).isTrue();
  }

  @Test
  void thatItIsStillStartingIsNoNewsForLong() {
    answer.take(503, 0);
    assertThat(answer.isNews(seconds(29))).isFalse();
    assertThat(answer.isNews(seconds(31))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"401, true", "403, true", "302, true", "404, false", "503, false", "0, false"})
  void waitingDoesNotChangeARefusal(int status, boolean last) {
    answer.take(status, 0);
    answer.take(status, seconds(9));
    assertThat(answer.isFinal(seconds(9))).isFalse();
    assertThat(answer.isFinal(seconds(11))).isEqualTo(last);
    answer.take(200, seconds(12));
    assertThat(answer.isFinal(seconds(13))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"401, true", "403, true", "405, true", "302, true", "404, false", "500, false"})
  void aStatusThatSaysThatNothingServesIsNotAdvised(int status, boolean advised) {
    answer.take(status, 0);
    assertThat(answer.advice()).startsWith("name by \"ready\" a path");
    assertThat(answer.advice().contains("\"ready: PATH " + status + "\"")).isEqualTo(advised);
  }

  private static long seconds(int seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }
}
