package crossover.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;
import org.apache.jmeter.assertions.AssertionResult;
import org.apache.jmeter.control.TransactionController;
import org.apache.jmeter.engine.util.NoThreadClone;
import org.apache.jmeter.protocol.http.sampler.HTTPSamplerBase;
import org.apache.jmeter.samplers.SampleMonitor;
import org.apache.jmeter.samplers.SampleResult;
import org.apache.jmeter.samplers.Sampler;
import org.apache.jmeter.testelement.AbstractTestElement;
import org.apache.jmeter.testelement.TestElement;
import org.apache.jmeter.testelement.ThreadListener;
import org.apache.jorphan.util.JMeterStopThreadException;

/**
 * Takes down one slice. JMeter's own clock has steps of 1 ms, so this one is read as JMeter calls
 * an HTTP request and when it returns; what came of it is heard after the plan's assertions. One
 * for all threads; a histogram a thread would take 0.5 GB at 5,000 users.
 */
final class Recorder extends AbstractTestElement
    implements SampleMonitor, ThreadListener, NoThreadClone {
  private static final int ERRORS_SHOWN = 5;
  private static final long WORTH_SPREADING_NANOS = 20_000_000;

  private final boolean open;
  private final boolean thinks;
  private final int most;
  private final AtomicInteger spread = new AtomicInteger();
  private final transient Gate gate;
  private final transient Arrivals arrivals;
  private final transient Destination destination;
  private final Histogram responses =
      new AtomicHistogram(1, ResponseTimes.SLOWEST_MICROS, ResponseTimes.DIGITS);
  private final Histogram lateness =
      new AtomicHistogram(1, ResponseTimes.SLOWEST_MICROS, ResponseTimes.DIGITS);
  private final transient LabelRecorder labels = new LabelRecorder();
  private final LongAdder requests = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final LongAdder responseNanos = new LongAdder();
  private final LongAdder cycleNanos = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder gone = new LongAdder();
  private final Map<String, LongAdder> elsewhere = new ConcurrentHashMap<>();
  private final Set<String> errorTexts = new ConcurrentSkipListSet<>();
  private final CountDownLatch connected;
  private final transient Queue<User> users = new ConcurrentLinkedQueue<>();
  private final transient ThreadLocal<User> user = ThreadLocal.withInitial(this::newUser);
  private volatile long opens = Long.MAX_VALUE;
  private volatile long closes = Long.MAX_VALUE;
  private volatile boolean started;
  private volatile boolean ending;
  private long measuredNanos;
  private int windows;
  private boolean whole;

  /** What one thread remembers from sample to sample. */
  private static final class User {
    final Thread thread = Thread.currentThread();
    volatile boolean inRequest;
    boolean connected;
    boolean awaitsOutcome;
    boolean mayEnd;
    boolean isSpread;
    boolean gone;
    long due;
    long start;
    long previousEnd;
    long lastEnd;
  }

  /** {@code arrivals} is null in a closed loop. */
  Recorder(Traffic traffic, Gate gate, Arrivals arrivals) {
    open = traffic.open();
    thinks = traffic.thinkTimes();
    most = traffic.users();
    this.gate = gate;
    this.arrivals = arrivals;
    destination = Destination.of(traffic.properties());
    connected = new CountDownLatch(traffic.users());
  }

  /** Counted down when a user has made its first request, which opens its connection. */
  CountDownLatch connected() {
    return connected;
  }

  /** What each HTTP request needs below it, for what came of it to be recorded. */
  TestElement outcomes() {
    return new ResultListener(result -> outcome(user.get(), result));
  }

  /** What a thread group needs below it, for its transactions to be recorded. */
  TestElement transactions() {
    return new ResultListener(this::transaction);
  }

  private User newUser() {
    User mine = new User();
    users.add(mine);
    return mine;
  }

  @Override
  public void sampleStarting(Sampler sampler) {
    if (sampler instanceof HTTPSamplerBase) {
      User mine = user.get();
      starting(mine, mine.connected ? await(mine) : 0);
      mine.inRequest = true;
      // Nothing but the sample may stand between the two clocks.
      mine.start = System.nanoTime();
    }
  }

  @Override
  public void sampleEnded(Sampler sampler) {
    long end = System.nanoTime();
    if (sampler instanceof HTTPSamplerBase) {
      User mine = user.get();
      mine.inRequest = false;
      ended(mine, end);
    }
  }

  /** A user who has connected keeps still until all have: thousands would never get to start. */
  private long await(User mine) {
    try {
      if (arrivals == null) {
        long thought = System.nanoTime() - mine.lastEnd;
        if (gate.pass()) {
          spread(mine, thought);
          return 0;
        }
      } else {
        long due = arrivals.await();
        if (due != Long.MAX_VALUE) {
          return due;
        }
      }
    } catch (InterruptedException e) {
      mine.mayEnd = true;
      throw new JMeterStopThreadException("the slice was cut off", e);
    }
    mine.mayEnd = true;
    throw new JMeterStopThreadException("there are no more turns, or arrivals");
  }

  /**
   * Users who were let go at one moment and think for a second would all come back at one moment,
   * so they begin one after another within the time that they think.
   */
  private void spread(User mine, long thought) throws InterruptedException {
    if (thinks && !mine.isSpread) {
      mine.isSpread = true;
      double share = (spread.getAndIncrement() + 0.5) / most;
      if (thought > WORTH_SPREADING_NANOS) {
        TimeUnit.NANOSECONDS.sleep((long) (share * thought));
      }
    }
  }

  @Override
  public void threadStarted() {
    started = true;
  }

  /** Whether the plan's setUp groups are over. */
  boolean started() {
    return started;
  }

  /** A user whose plan ends it, in place of the slice, leaves its work to nobody. */
  @Override
  public void threadFinished() {
    User mine = user.get();
    if (!ending && !mine.mayEnd) {
      mine.gone = true;
      gone.increment();
      errorTexts.add("users ended by themselves: the plan stops them before the slice ends");
    }
  }

  /** Ends the think times of users who have been told to stop. */
  void wakeThinking() {
    users.stream().filter(mine -> !mine.inRequest).forEach(mine -> mine.thread.interrupt());
  }

  /** From now on users may end. */
  void ending() {
    ending = true;
  }

  /** Sets the measured window, in {@link System#nanoTime}. */
  void measure(long from, long to) {
    closes = to;
    opens = from;
    measuredNanos += to - from;
    windows++;
    whole = true;
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
    labels.reset();
    elsewhere.clear();
    measuredNanos = 0;
    windows = 0;
  }

  /** What comes from now on is not recorded. */
  void stop() {
    opens = Long.MAX_VALUE;
  }

  private static void starting(User mine, long due) {
    mine.due = due;
    mine.awaitsOutcome = false;
  }

  private void ended(User mine, long end) {
    if (mine.connected) {
      cycleNanos.add(inWindow(mine.lastEnd, end));
      mine.previousEnd = mine.lastEnd;
      mine.awaitsOutcome = true;
    } else {
      mine.connected = true;
      connected.countDown();
    }
    mine.lastEnd = end;
  }

  private void outcome(User mine, SampleResult result) {
    if (!mine.awaitsOutcome || TransactionController.isFromTransactionController(result)) {
      return;
    }
    mine.awaitsOutcome = false;
    long end = mine.lastEnd;
    if (Destination.leftTheMachine(result) && isMeasured(open ? mine.due : end)) {
      long response = end - (open ? mine.due : mine.start);
      requests.increment();
      responseNanos.add(response);
      responses.recordValue(micros(response));
      labels.record(result.getSampleLabel(), micros(response), result.isSuccessful());
      if (open) {
        lateness.recordValue(micros(ownLateness(mine.due, mine.start, mine.previousEnd)));
      }
      bytes.add(result.getBytesAsLong());
      if (!result.isSuccessful()) {
        failed(result);
      }
      String other = destination.other(result);
      if (other != null) {
        elsewhere.computeIfAbsent(other, key -> new LongAdder()).increment();
      }
    }
  }

  private void failed(SampleResult result) {
    errors.increment();
    if (errorTexts.size() < ERRORS_SHOWN) {
      errorTexts.add(describe(result));
    }
  }

  private void transaction(SampleResult result) {
    if (TransactionController.isFromTransactionController(result)
        && isMeasured(System.nanoTime())) {
      labels.record(
          result.getSampleLabel(), Math.max(1, 1_000 * result.getTime()), result.isSuccessful());
    }
  }

  /** One request from its start to its outcome. */
  void record(long due, long start, long end, SampleResult result) {
    User mine = user.get();
    starting(mine, due);
    mine.start = start;
    ended(mine, end);
    outcome(mine, result);
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
    if (whole && !open) {
      users.stream()
          .filter(mine -> !mine.gone)
          .forEach(mine -> cycleNanos.add(inWindow(mine.lastEnd, Long.MAX_VALUE)));
      whole = false;
    }
    double seconds = windows == 0 ? traffic.seconds() : measuredNanos / 1e9;
    return new Slice(
        open ? "open" : "closed",
        traffic.users(),
        traffic.rate(),
        seconds,
        n,
        errors.sum(),
        List.copyOf(new ArrayList<>(errorTexts)),
        Math.max(unfinished, gone.sum()),
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
        Destination.counts(elsewhere));
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
