package crossover.bench.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LastingAnswerTest {
  private final LastingAnswer answer = new LastingAnswer(false, "listen");

  @Test
  void oneThatLastsIsToldOnceAndAnotherOneAnew() {
    answer.take(new HttpAnswer(401, ""), 0);
    assertThat(answer.isNews(seconds(1))).isFalse();
    assertThat(answer.isNews(seconds(4))).isTrue();
    assertThat(answer.isNews(seconds(5))).isFalse();
    answer.take(new HttpAnswer(500, ""), seconds(6));
    assertThat(answer.isNews(seconds(7))).isFalse();
    assertThat(answer.isNews(seconds(10))).isTrue();
  }

  @Test
  void thatItIsStillStartingIsNoNewsForLong() {
    answer.take(new HttpAnswer(503, ""), 0);
    assertThat(answer.isNews(seconds(29))).isFalse();
    assertThat(answer.isNews(seconds(31))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"401, true", "403, true", "302, true", "404, false", "503, false", "0, false"})
  void waitingDoesNotChangeARefusal(int status, boolean last) {
    answer.take(new HttpAnswer(status, ""), 0);
    answer.take(new HttpAnswer(status, ""), seconds(9));
    assertThat(answer.isFinal(seconds(9))).isFalse();
    assertThat(answer.isFinal(seconds(11))).isEqualTo(last);
    answer.take(new HttpAnswer(200, ""), seconds(12));
    assertThat(answer.isFinal(seconds(13))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"401, true", "403, true", "405, true", "302, true", "404, false", "500, false"})
  void aStatusThatSaysThatNothingServesIsNotAdvised(int status, boolean advised) {
    answer.take(new HttpAnswer(status, ""), 0);
    assertThat(answer.advice()).startsWith("name by \"ready\" a path");
    assertThat(answer.advice().contains("\"ready: PATH " + status + "\"")).isEqualTo(advised);
  }

  /** A Tomcat listens once its application has started; another server may deploy it then. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsMissingStaysSoWhereTheApplicationIsThere(boolean complete) {
    LastingAnswer missing = new LastingAnswer(complete, "listen");
    missing.take(new HttpAnswer(404, ""), 0);
    assertThat(missing.isFinal(seconds(11))).isEqualTo(complete);
  }

  @Test
  void aServerThatKeepsClientsWaitingIsToldOfAndWaitedFor() {
    answer.take(new HttpTimeoutException("request timed out"), 0);
    assertThat(answer.isNews(seconds(4))).isTrue();
    assertThat(answer.isFinal(seconds(100))).isFalse();
    assertThat(answer.advice()).startsWith("name by \"ready\" a path");
  }

  @Test
  void ofOneThatDoesNotListenNothingIsToldAndTheAdviceIsItsOwn() {
    answer.take(new ConnectException("no connection"), 0);
    assertThat(answer.isNews(seconds(100))).isFalse();
    assertThat(answer.advice()).isEqualTo("listen");
  }

  private static long seconds(int seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }
}
