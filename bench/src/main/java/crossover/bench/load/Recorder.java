package crossover.bench.load;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;
import org.apache.jmeter.assertions.AssertionResult;
import org.apache.jmeter.control.TransactionController;
import org.apache.jmeter.samplers.SampleResult;

/**
 * Takes down one slice. One for all threads; a histogram a thread would take 0.5 GB at 5,000 users.
 */
final class Recorder {
  private static final int ERRORS_SHOWN = 5;

  private final boolean open;
  private final RequestTimer timer;
  private final Destination destination;
  private final Histogram responses =
      new AtomicHistogram(1, ResponseTimes.SLOWEST_MICROS, ResponseTimes.DIGITS);
  private final Histogram lateness =
      new AtomicHistogram(1, ResponseTimes.SLOWEST_MICROS, ResponseTimes.DIGITS);
  private final LabelRecorder labels = new LabelRecorder();
  private final LongAdder requests = new LongAdder();
  private final LongAdder answered = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final LongAdder unanswered = new LongAdder();
  private final LongAdder responseNanos = new LongAdder();
  private final LongAdder cycleNanos = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final Map<String, LongAdder> elsewhere = new ConcurrentHashMap<>();
  private final Set<String> errorTexts = new ConcurrentSkipListSet<>();
  private volatile long opens = Long.MAX_VALUE;
  private volatile long closes = Long.MAX_VALUE;
  private long measuredNanos;
  private int windows;

  /** {@code arrivals} is null in a closed loop. */
  Recorder(Traffic traffic, Gate gate, Arrivals arrivals) {
    open = traffic.open();
    timer = new RequestTimer(this, traffic, gate, arrivals);
    destination = Destination.of(traffic.properties());
  }

  /** What tells it of requests. */
  RequestTimer timer() {
    return timer;
  }

  /** Sets the measured window, in {@link System#nanoTime}. */
  void measure(long from, long to) {
    closes = to;
    opens = from;
    measuredNanos += to - from;
    windows++;
  }

  /** Moves the end of a window that has one by now. */
  void endAt(long to) {
    measuredNanos += to - closes;
    closes = to;
  }

  /** Takes back what was recorded so far. */
  void forget() {
    responses.reset();
    requests.reset();
    answered.reset();
    errors.reset();
    unanswered.reset();
    responseNanos.reset();
    cycleNanos.reset();
    bytes.reset();
    errorTexts.clear();
    labels.reset();
    elsewhere.clear();
    measuredNanos = 0;
    windows = 0;
  }

  /** What comes from now on is not recorded. */
  void stop() {
    opens = Long.MAX_VALUE;
  }

  /** A part of a user's time: what of it lies within the window counts. */
  void cycle(long from, long to) {
    cycleNanos.add(inWindow(from, to));
  }

  /** An answer, or none. {@code previousEnd}: when the same user had its last one. */
  void request(long due, long start, long end, long previousEnd, SampleResult result) {
    answered.add(Destination.answers(result));
    if (Destination.leftTheMachine(result) && isMeasured(open ? due : end)) {
      long response = end - (open ? due : start);
      requests.increment();
      responseNanos.add(response);
      responses.recordValue(micros(response));
      labels.record(result, micros(response));
      if (open) {
        lateness.recordValue(micros(ownLateness(due, start, previousEnd)));
      }
      bytes.add(result.getBytesAsLong());
      if (!result.isSuccessful()) {
        failed(result);
      }
      String other = destination.other(result);
      if (other != null) {
        wentTo(other);
      }
    }
  }

  /** A request that a proxy was asked for. */
  void proxied(long end, String proxy) {
    if (isMeasured(end)) {
      wentTo(Misdirected.PROXY + proxy);
    }
  }

  private void wentTo(String other) {
    elsewhere.computeIfAbsent(other, key -> new LongAdder()).increment();
  }

  /** A user has ended by its plan before the slice ended: no other user does its work. */
  void userGone() {
    errorTexts.add("users ended by themselves: the plan stops them before the slice ends");
  }

  private void failed(SampleResult result) {
    errors.increment();
    if (result.getResponseCode().startsWith(Slice.NO_ANSWER)) {
      unanswered.increment();
    }
    if (errorTexts.size() < ERRORS_SHOWN) {
      errorTexts.add(describe(result));
    }
  }

  /** What went wrong in the plan itself; its request may have succeeded all the same. */
  void planFailed(String error) {
    if (errorTexts.size() < ERRORS_SHOWN) {
      errorTexts.add(error.lines().findFirst().orElse(""));
    }
  }

  /** Some of what went wrong so far. */
  List<String> errorTexts() {
    return List.copyOf(errorTexts);
  }

  /** A result of a thread group, which may be a transaction. */
  void transaction(SampleResult result) {
    if (TransactionController.isFromTransactionController(result)
        && isMeasured(System.nanoTime())) {
      labels.record(
          result.getSampleLabel(), Math.max(1, 1_000 * result.getTime()), result.isSuccessful());
    }
  }

  private boolean isMeasured(long moment) {
    return moment >= opens && moment < closes;
  }

  /** A user's cycle may begin before the window and end after it: what of it lies within. */
  private long inWindow(long from, long to) {
    return Math.max(0, Math.min(to, closes) - Math.max(from, opens));
  }

  /**
   * How late the generator itself was. A user whose last answer came after the next arrival fell
   * due was kept by the server, as all others were, or one of them had taken it: that wait is the
   * server's, and part of the response time. What passes between that answer and the next start is
   * the generator's, as is a start that is late although the user was free.
   */
  static long ownLateness(long due, long start, long lastEnd) {
    return start - Math.max(due, lastEnd);
  }

  long requests() {
    return requests.sum();
  }

  /** The slice as recorded, in the units of {@link Slice}. */
  Slice slice(Traffic traffic, long unfinished, double generatorCpuSeconds) {
    long n = requests.sum();
    timer.settle();
    double seconds = windows == 0 ? traffic.seconds() : measuredNanos / 1e9;
    return new Slice(
        open ? "open" : "closed",
        traffic.users(),
        traffic.rate(),
        seconds,
        n,
        errors.sum(),
        errorTexts(),
        Math.max(unfinished, timer.gone()),
        n / seconds,
        meanMillis(responseNanos, n),
        open ? 0 : meanMillis(cycleNanos, n),
        ResponseTimes.percentile(responses, 50),
        ResponseTimes.percentile(responses, 90),
        ResponseTimes.percentile(responses, 99),
        ResponseTimes.percentile(responses, 99.9),
        ResponseTimes.percentile(responses, 100),
        ResponseTimes.percentile(lateness, 99),
        generatorCpuSeconds,
        bytes.sum(),
        ResponseTimes.encode(responses),
        windows,
        labels.figures(),
        Destination.counts(elsewhere),
        answered.sum(),
        0,
        unanswered.sum());
  }

  private static String describe(SampleResult result) {
    for (AssertionResult assertion : result.getAssertionResults()) {
      if (assertion.isFailure() || assertion.isError()) {
        return String.join(
            ": ", result.getResponseCode(), assertion.getName(), assertion.getFailureMessage());
      }
    }
    return result.getResponseCode() + ": " + result.getResponseMessage();
  }

  private static long micros(long nanos) {
    return Math.max(1, Math.min(ResponseTimes.SLOWEST_MICROS, nanos / 1_000));
  }

  private static double meanMillis(LongAdder nanos, long n) {
    return n == 0 ? 0 : nanos.sum() / 1e6 / n;
  }
}
