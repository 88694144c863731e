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
  private final LastingAnswer answer = new LastingAnswer("listen", false);

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
  void thatItIsStillStartingIsNoNewsForLongButIsAskedSeldom() {
    answer.take(new HttpAnswer(503, ""), 0);
    assertThat(answer.lasts(seconds(2))).isFalse();
    assertThat(answer.lasts(seconds(4))).isTrue();
    assertThat(answer.isNews(seconds(29))).isFalse();
    assertThat(answer.isNews(seconds(31))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"401, true", "403, true", "302, true", "404, false", "503, false", "0, false"})
  void waitingDoesNotChangeARefusal(int status, boolean last) {
    answer.take(new HttpAnswer(status, ""), 0);
    answer.take(new HttpAnswer(status, ""), seconds(9));
    assertThat(answer.isFinal(0, seconds(9))).isFalse();
    assertThat(answer.isFinal(0, seconds(11))).isEqualTo(last);
    answer.take(new HttpAnswer(200, ""), seconds(12));
    assertThat(answer.isFinal(0, seconds(13))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"401, true", "403, true", "405, true", "302, true", "404, false", "500, false"})
  void aStatusThatSaysThatNothingServesIsNotAdvised(int status, boolean advised) {
    answer.take(new HttpAnswer(status, ""), 0);
    assertThat(answer.advised()).contains("; name by \"ready\" (--ready) a path");
    assertThat(answer.advised().contains("\"PATH " + status + "\"")).isEqualTo(advised);
  }

  /** Routes may be mounted late, by a server that listens already. */
  @Test
  void whatIsMissingMayBeToComeUntilTheServerHasDoneNothingForAMinute() {
    answer.take(new HttpAnswer(404, ""), 0);
    assertThat(answer.isFinal(0, seconds(200))).as("it works").isFalse();
    assertThat(answer.isFinal(seconds(59), seconds(200))).isFalse();
    assertThat(answer.isFinal(seconds(61), seconds(61))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"0, true", "500, true", "429, true", "503, false"})
  void anIdleServerIsWaitedForIfItSaysThatItStarts(int status, boolean last) {
    answer.take(new HttpAnswer(status, ""), 0);
    assertThat(answer.isFinal(seconds(59), seconds(59))).isFalse();
    assertThat(answer.isFinal(seconds(61), seconds(61))).isEqualTo(last);
  }

  /** Such as one that sleeps for long before it listens, or before it mounts its routes. */
  @ParameterizedTest
  @ValueSource(ints = {0, 401, 404, 500})
  void whereItIsSaidHowLongAStartTakesNothingElseEndsTheWaiting(int status) {
    LastingAnswer lasting = new LastingAnswer("listen", true);
    lasting.take(new HttpAnswer(status, ""), 0);
    assertThat(lasting.isFinal(seconds(1_000), seconds(1_000))).isFalse();
  }

  @Test
  void aServerThatKeepsClientsWaitingIsToldOfAndWaitedFor() {
    answer.take(new HttpTimeoutException("request timed out"), 0);
    assertThat(answer.isNews(seconds(4))).isTrue();
    assertThat(answer.isFinal(seconds(100), seconds(100))).isFalse();
  }

  @Test
  void ofOneThatDoesNotListenNothingIsToldAndTheAdviceIsItsOwn() {
    answer.take(new ConnectException("no connection"), 0);
    assertThat(answer.isNews(seconds(100))).isFalse();
    assertThat(answer.advised()).startsWith("no connection; listen; if it only needs time: ");
  }

  private static long seconds(int seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }
}
