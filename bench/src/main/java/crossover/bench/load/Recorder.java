package crossover.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;
import org.apache.jmeter.assertions.AssertionResult;
import org.apache.jmeter.engine.util.NoThreadClone;
import org.apache.jmeter.samplers.SampleEvent;
import org.apache.jmeter.samplers.SampleListener;
import org.apache.jmeter.samplers.SampleResult;
import org.apache.jmeter.testelement.AbstractTestElement;

/**
 * Takes down one slice: the samples from {@link TimedSampler}, and, as a listener that JMeter calls
 * after the plan's assertions, which of them failed. One for all threads; a histogram a thread
 * would take 0.5 GB at 5,000 users.
 */
final class Recorder extends AbstractTestElement implements SampleListener, NoThreadClone {
  private static final int ERRORS_SHOWN = 5;

  private final boolean open;
  private final Histogram responses =
      new AtomicHistogram(1, ResponseTimes.SLOWEST_MICROS, ResponseTimes.DIGITS);
  private final Histogram lateness =
      new AtomicHistogram(1, ResponseTimes.SLOWEST_MICROS, ResponseTimes.DIGITS);
  private final LongAdder requests = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final LongAdder responseNanos = new LongAdder();
  private final LongAdder cycleNanos = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final Set<String> errorTexts = new ConcurrentSkipListSet<>();
  private final CountDownLatch connected;
  private final transient Queue<User> users = new ConcurrentLinkedQueue<>();
  private final transient ThreadLocal<User> user = ThreadLocal.withInitial(this::newUser);
  private volatile long opens = Long.MAX_VALUE;
  private volatile long closes = Long.MAX_VALUE;
  private long measuredNanos;
  private int windows;

  /** What one thread remembers from sample to sample. */
  private static final class User {
    boolean connected;
    boolean counted;
    long lastEnd;
  }

  Recorder(Traffic traffic) {
    open = traffic.open();
    connected = new CountDownLatch(traffic.users());
  }

  /** Counted down when a user has made its first request, which opens its connection. */
  CountDownLatch connected() {
    return connected;
  }

  boolean firstOfUser() {
    return !user.get().connected;
  }

  private User newUser() {
    User mine = new User();
    users.add(mine);
    return mine;
  }

  /** Sets the measured window, in {@link System#nanoTime}. */
  void measure(long from, long to) {
    closes = to;
    opens = from;
    measuredNanos += to - from;
    windows++;
  }

  /** Begins a window, at a moment when no request is in flight. */
  void begin(long now) {
    closes = Long.MAX_VALUE;
    opens = now;
  }

  /**
   * Ends that window, at another such moment. Each user has waited since its last answer: that time
   * is the user's, too.
   */
  void end(long now) {
    long began = opens;
    users.forEach(
        mine -> {
          cycleNanos.add(now - Math.max(began, mine.lastEnd));
          mine.lastEnd = now;
        });
    stop();
    measuredNanos += now - began;
    windows++;
  }

  /** Takes back what was recorded so far. */
  void forget() {
    responses.reset();
    requests.reset();
    errors.reset();
    responseNanos.reset();
    cycleNanos.reset();
    bytes.reset();
    errorTexts.clear();
    measuredNanos = 0;
    windows = 0;
  }

  /** What comes from now on is not recorded. */
  void stop() {
    opens = Long.MAX_VALUE;
  }

  void record(long due, long start, long end, SampleResult result) {
    User mine = user.get();
    if (!mine.connected) {
      mine.connected = true;
      connected.countDown();
      mine.lastEnd = end;
      return;
    }
    long deciding = open ? due : end;
    mine.counted = deciding >= opens && deciding < closes;
    cycleNanos.add(inWindow(mine.lastEnd, end));
    if (mine.counted) {
      long response = end - (open ? due : start);
      requests.increment();
      responseNanos.add(response);
      responses.recordValue(micros(response));
      if (open) {
        lateness.recordValue(micros(ownLateness(due, start, mine.lastEnd)));
      }
      if (result != null) {
        bytes.add(result.getBytesAsLong());
      }
    }
    mine.lastEnd = end;
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

  @Override
  public void sampleOccurred(SampleEvent event) {
    SampleResult result = event.getResult();
    if (!result.isSuccessful() && user.get().counted) {
      errors.increment();
      if (errorTexts.size() < ERRORS_SHOWN) {
        errorTexts.add(describe(result));
      }
    }
  }

  @Override
  public void sampleStarted(SampleEvent event) {}

  @Override
  public void sampleStopped(SampleEvent event) {}

  long requests() {
    return requests.sum();
  }

  /** The slice as recorded, in the units of {@link Slice}. */
  Slice slice(Traffic traffic, long unfinished, double generatorCpuSeconds) {
    long n = requests.sum();
    double seconds = windows == 0 ? traffic.seconds() : measuredNanos / 1e9;
    return new Slice(
        open ? "open" : "closed",
        traffic.users(),
        traffic.rate(),
        seconds,
        n,
        errors.sum(),
        List.copyOf(new ArrayList<>(errorTexts)),
        unfinished,
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
        windows);
  }

  private static String describe(SampleResult result) {
    for (AssertionResult assertion : result.getAssertionResults()) {
      if (assertion.isFailure() || assertion.isError()) {
        return result.getResponseCode()
            + ": "
            + assertion.getName()
            + ": "
            + assertion.getFailureMessage();
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
