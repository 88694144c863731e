package crossover.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Map;
import org.apache.jmeter.protocol.http.sampler.HTTPSampleResult;
import org.apache.jmeter.samplers.SampleResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecorderTest {
  private static final long MILLI = 1_000_000;
  private static final Traffic OPEN = Traffic.open(Path.of("page.jmx"), Map.of(), 1, 100, 0, 1);

  private final Recorder recorder = recorder(OPEN);

  /** A user's first request opens its connection and is not measured. */
  @BeforeEach
  void connect() {
    recorder.timer().record(0, 0, 0, ok());
    recorder.measure(10 * MILLI, 1_000 * MILLI);
  }

  @Test
  void aFreeThreadThatStartsLateIsTheGeneratorsFault() {
    recorder.timer().record(20 * MILLI, 25 * MILLI, 27 * MILLI, ok());

    assertThat(slice().latenessP99Millis()).isCloseTo(5, within(0.01));
    assertThat(slice().p99Millis()).isCloseTo(7, within(0.01));
  }

  @Test
  void theWaitForAThreadThatTheServerKeepsIsResponseTimeAndNotLateness() {
    recorder.timer().record(20 * MILLI, 20 * MILLI, 520 * MILLI, ok());
    recorder.timer().record(30 * MILLI, 520 * MILLI + 10_000, 521 * MILLI, ok());

    assertThat(slice().latenessP99Millis()).isLessThan(0.02);
    assertThat(slice().p50Millis()).isCloseTo(491, within(1.0));
  }

  @Test
  void afterTheServersAnswerALateStartIsTheGeneratorsFaultAgain() {
    recorder.timer().record(20 * MILLI, 20 * MILLI, 520 * MILLI, ok());
    recorder.timer().record(30 * MILLI, 523 * MILLI, 524 * MILLI, ok());

    assertThat(slice().latenessP99Millis()).isCloseTo(3, within(0.01));
  }

  @Test
  void aTurnCountsWhatEndsInItsWindow() {
    Traffic closed = Traffic.closed(Path.of("page.jmx"), Map.of(), 1, 0, 1);
    Recorder turns = recorder(closed);
    turns.timer().record(0, 0, 0, ok());
    turns.measure(100 * MILLI, 110 * MILLI);
    turns.timer().record(0, 101 * MILLI, 104 * MILLI, ok());
    turns.timer().record(0, 104 * MILLI, 107 * MILLI, ok());
    turns.timer().record(0, 110 * MILLI, 112 * MILLI, ok());
    turns.measure(500 * MILLI, 510 * MILLI);
    turns.timer().record(0, 500 * MILLI, 509 * MILLI, ok());
    turns.timer().record(0, 509 * MILLI, 512 * MILLI, ok());
    Slice slice = turns.slice(closed, 0, 0);

    assertThat(slice.requests()).isEqualTo(3);
    assertThat(slice.turns()).isEqualTo(2);
    assertThat(slice.seconds()).isCloseTo(0.020, within(1e-9));
    assertThat(slice.throughput()).isCloseTo(150, within(1e-6));
    assertThat(slice.meanResponseMillis()).isCloseTo(15.0 / 3, within(1e-6));
    assertThat(slice.meanCycleMillis()).isCloseTo(20.0 / 3, within(1e-6));
  }

  @Test
  void whatIsForgottenNeverHappened() {
    Traffic closed = Traffic.closed(Path.of("page.jmx"), Map.of(), 1, 0, 1);
    Recorder turns = recorder(closed);
    turns.timer().record(0, 0, 0, ok());
    turns.measure(0, 3 * MILLI);
    turns.timer().record(0, 1, 2 * MILLI, ok());
    turns.forget();
    turns.measure(4 * MILLI, 6 * MILLI);
    turns.timer().record(0, 4 * MILLI, 5 * MILLI, ok());
    Slice slice = turns.slice(closed, 0, 0);

    assertThat(slice.requests()).isEqualTo(1);
    assertThat(slice.turns()).isEqualTo(1);
    assertThat(slice.seconds()).isCloseTo(0.002, within(1e-9));
    assertThat(slice.meanCycleMillis()).isCloseTo(2, within(1e-6));
  }

  @Test
  void aRedirectIsTwoAnswersAndMayLeadToAnotherServer() throws Exception {
    Traffic closed = Traffic.closed(Path.of("p.jmx"), Map.of("host", "a", "port", "80"), 1, 0, 1);
    Recorder redirected = recorder(closed);
    redirected.timer().record(0, 0, 0, ok());
    redirected.measure(0, 3 * MILLI);
    SampleResult all = ok();
    all.addRawSubResult(answer("http://a/old"));
    all.addRawSubResult(answer("http://b:81/new"));
    redirected.timer().record(0, 1, 2 * MILLI, all);
    redirected.timer().record(0, 2, 3 * MILLI - 1, answer("http://a/"));
    SampleResult page = answer("http://a/");
    SampleResult frame = answer("http://a/frame");
    frame.addRawSubResult(answer("http://c:82/picture"));
    page.addRawSubResult(frame);
    redirected.timer().record(0, 2, 3 * MILLI - 1, page);
    Slice slice = redirected.slice(closed, 0, 0);

    assertThat(slice.requests()).isEqualTo(3);
    assertThat(slice.answered()).isEqualTo(4);
    assertThat(slice.elsewhere()).isEqualTo(Map.of("b:81", 1L, "c:82", 1L));
  }

  /** As JMeter asks for it: without a host. */
  @Test
  void aLocalFileThatIsMissingIsAnErrorAndNoOtherServer() throws Exception {
    Traffic closed = Traffic.closed(Path.of("p.jmx"), Map.of("host", "a", "port", "80"), 1, 0, 1);
    Recorder files = recorder(closed);
    files.timer().record(0, 0, 0, ok());
    files.measure(0, 3 * MILLI);
    HTTPSampleResult missing = new HTTPSampleResult();
    missing.setSampleLabel("file");
    missing.setURL(new URL("file", null, "none.html"));
    missing.setResponseCode("Non HTTP response code: java.io.FileNotFoundException");
    files.timer().record(0, 1, 2 * MILLI, missing);
    Slice slice = files.slice(closed, 0, 0);

    assertThat(slice.errors()).isEqualTo(1);
    assertThat(slice.elsewhere()).isEmpty();
  }

  private static SampleResult answer(String url) throws MalformedURLException {
    HTTPSampleResult result = new HTTPSampleResult();
    result.setSampleLabel(url);
    result.setURL(new URL(url));
    result.setResponseHeaders("HTTP/1.1 200 OK");
    result.setSuccessful(true);
    return result;
  }

  @Test
  void answersOutsideOfTheWindowDoNotHideThatThereWereNoneInIt() {
    Traffic closed = Traffic.closed(Path.of("page.jmx"), Map.of(), 1, 0, 1);
    Recorder limit = recorder(closed);
    limit.measure(100 * MILLI, 200 * MILLI);
    limit.timer().record(0, 1, 2 * MILLI, ok());
    limit.timer().record(0, 2 * MILLI, 3 * MILLI, ok());
    assertThat(limit.slice(closed, 0, 0).lacksAnswers()).isFalse();
    assertThat(limit.slice(closed, 1, 0).lacksAnswers()).isTrue();
    SampleResult none = new SampleResult();
    none.setSampleLabel("page");
    none.setResponseCode("Non HTTP response code: java.net.SocketTimeoutException");
    limit.timer().record(0, 101 * MILLI, 150 * MILLI, none);
    Slice slice = limit.slice(closed, 0, 0);

    assertThat(slice.answered()).isGreaterThanOrEqualTo(slice.requests());
    assertThat(slice.lacksAnswers()).isTrue();
  }

  @Test
  void aRequestWithoutAnAnswerCountsHoweverManyErrorsThereAre() {
    Traffic closed = Traffic.closed(Path.of("page.jmx"), Map.of(), 1, 0, 1);
    Recorder limit = recorder(closed);
    limit.timer().record(0, 0, 0, ok());
    limit.measure(100 * MILLI, 200 * MILLI);
    for (int i = 0; i < 6; i++) {
      SampleResult failed = new SampleResult();
      failed.setSampleLabel("page");
      failed.setResponseHeaders("HTTP/1.1 500");
      failed.setResponseCode(i < 5 ? "50" + i : "Non HTTP response code: SocketException");
      limit.timer().record(0, 101 * MILLI, 102 * MILLI, failed);
    }
    Slice slice = limit.slice(closed, 0, 0);

    assertThat(slice.errorSample()).allMatch(error -> error.startsWith("50"));
    assertThat(slice.unanswered()).isEqualTo(1);
    assertThat(slice.lacksAnswers()).isTrue();
  }

  @Test
  void whatAPlanMeetsWhenItIsEndedIsNoError() {
    recorder.timer().planFailed("no data.csv");
    recorder.timer().ending();
    recorder.timer().planFailed("sleep interrupted");

    assertThat(slice().errorSample()).containsExactly("no data.csv");
  }

  @Test
  void anAnswerThatThePlanDoesNotLikeIsAnAnswer() {
    Traffic closed = Traffic.closed(Path.of("page.jmx"), Map.of(), 1, 0, 1);
    Recorder limit = recorder(closed);
    limit.timer().record(0, 0, 0, ok());
    limit.measure(100 * MILLI, 200 * MILLI);
    SampleResult refused = ok();
    refused.setSuccessful(false);
    refused.setResponseCode("200");
    limit.timer().record(0, 101 * MILLI, 102 * MILLI, refused);

    assertThat(limit.slice(closed, 0, 0).errors()).isEqualTo(1);
    assertThat(limit.slice(closed, 0, 0).lacksAnswers()).isFalse();
  }

  private static Recorder recorder(Traffic traffic) {
    return new Recorder(traffic, new Gate(1), null);
  }

  private static SampleResult ok() {
    SampleResult result = new SampleResult();
    result.setSampleLabel("page");
    result.setResponseHeaders("HTTP/1.1 200 OK");
    result.setSuccessful(true);
    return result;
  }

  private Slice slice() {
    return recorder.slice(OPEN, 0, 0);
  }
}
