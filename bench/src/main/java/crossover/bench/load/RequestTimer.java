package crossover.bench.load;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
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
 * Times a plan's HTTP requests, and holds its users until they may make the next one. JMeter's own
 * clock has steps of 1 ms, so this one is read as JMeter calls a request and when that returns;
 * what came of it is heard after the plan's assertions. One for all threads.
 */
final class RequestTimer extends AbstractTestElement
    implements SampleMonitor, ThreadListener, NoThreadClone {
  private static final long WORTH_SPREADING_NANOS = 20_000_000;

  private final transient Recorder recorder;
  private final transient Gate gate;
  private final transient Arrivals arrivals;
  private final boolean thinks;
  private final boolean planned;
  private final int most;
  private final AtomicInteger spread = new AtomicInteger();
  private final LongAdder gone = new LongAdder();
  private final LongAdder finished = new LongAdder();
  private final LongAccumulator longestThought = new LongAccumulator(Math::max, 0);
  private final CountDownLatch connected;
  private final transient Queue<User> users = new ConcurrentLinkedQueue<>();
  private final transient ThreadLocal<User> user = ThreadLocal.withInitial(this::newUser);
  private volatile boolean hasPauses;
  private volatile boolean started;
  private volatile boolean holds = true;
  private volatile boolean ending;

  /** What one thread remembers from sample to sample. */
  private static final class User {
    final Thread thread = Thread.currentThread();
    volatile boolean inRequest;
    boolean connected;
    boolean awaitsOutcome;
    boolean ready;
    boolean mayEnd;
    boolean isSpread;
    boolean gone;
    long due;
    long start;
    long previousEnd;
    long lastEnd;
  }

  /** {@code arrivals} is null in a closed loop. */
  RequestTimer(Recorder recorder, Traffic traffic, Gate gate, Arrivals arrivals) {
    this.recorder = recorder;
    this.gate = gate;
    this.arrivals = arrivals;
    thinks = traffic.thinkTimes() && !traffic.planned();
    planned = traffic.planned();
    most = traffic.users();
    connected = new CountDownLatch(most);
  }

  /**
   * Counted down when a user has made its first request, which opens its connection, and has
   * thought.
   */
  CountDownLatch connected() {
    return connected;
  }

  /** What each HTTP request needs below it, for what came of it to be recorded. */
  TestElement outcomes() {
    return new ResultListener(result -> outcome(user.get(), result));
  }

  /** What a thread group needs below it, for its transactions to be recorded. */
  TestElement transactions() {
    return new ResultListener(recorder::transaction);
  }

  private User newUser() {
    User mine = new User();
    mine.connected = planned;
    mine.lastEnd = planned ? System.nanoTime() : 0;
    users.add(mine);
    return mine;
  }

  @Override
  public void sampleStarting(Sampler sampler) {
    if (sampler instanceof HTTPSamplerBase) {
      User mine = user.get();
      mine.awaitsOutcome = false;
      mine.due = mine.connected ? await(mine) : 0;
      mine.inRequest = true;
      // Nothing but the sample may stand between the two clocks.
      mine.start = System.nanoTime();
    }
  }

  @Override
  public void sampleEnded(Sampler sampler) {
    long end = System.nanoTime();
    if (sampler instanceof HTTPSamplerBase request) {
      User mine = user.get();
      mine.inRequest = false;
      ended(mine, end);
      // As it was when it was sent: a script may have set it. JMeter uses none without a port.
      if (!request.getProxyHost().isBlank() && request.getProxyPortInt() > 0) {
        recorder.proxied(end, request.getProxyHost() + ":" + request.getProxyPortInt());
      }
    }
  }

  /** Nobody sends until all are connected: else thousands would not get the CPU to start. */
  private long await(User mine) {
    try {
      if (arrivals == null) {
        long thought = System.nanoTime() - mine.lastEnd;
        longestThought.accumulate(mine.ready ? 0 : thought);
        ready(mine);
        if (gate.pass()) {
          spread(mine, thought);
          return 0;
        }
      } else {
        ready(mine);
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

  private void ready(User mine) {
    if (!mine.ready) {
      mine.ready = true;
      connected.countDown();
    }
  }

  /**
   * Takes note that the plan has think times.
   *
   * @param meeting whether users wait for each other: then they cannot all be held at one moment
   */
  void pauses(boolean meeting) {
    hasPauses = true;
    if (meeting) {
      holds = false;
      gate.open();
    }
  }

  boolean hasPauses() {
    return hasPauses;
  }

  /** The longest that a user took from its first answer to its second request, in nanoseconds. */
  long longestThought() {
    return longestThought.get();
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
    User mine = user.get();
    if (!holds) {
      ready(mine);
    }
    PlanErrors.of(this::planFailed);
    started = true;
  }

  /** An error in the plan; what comes of the interrupts at the end is none. */
  void planFailed(String error) {
    if (!ending) {
      recorder.planFailed(error);
    }
  }

  /** Whether the plan's setUp groups are over. */
  boolean started() {
    return started;
  }

  @Override
  public void threadFinished() {
    User mine = user.get();
    ready(mine);
    finished.increment();
    mine.gone = planned || !(ending || mine.mayEnd);
    if (mine.gone && !planned) {
      gone.increment();
      gate.leave();
      recorder.userGone();
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

  private void ended(User mine, long end) {
    if (mine.connected) {
      recorder.cycle(mine.lastEnd, end);
      mine.previousEnd = mine.lastEnd;
      mine.awaitsOutcome = true;
    } else {
      mine.connected = true;
    }
    mine.lastEnd = end;
  }

  private void outcome(User mine, SampleResult result) {
    if (!mine.awaitsOutcome || TransactionController.isFromTransactionController(result)) {
      return;
    }
    mine.awaitsOutcome = false;
    recorder.request(mine.due, mine.start, mine.lastEnd, mine.previousEnd, result);
  }

  /** One request from its start to its outcome. */
  void record(long due, long start, long end, SampleResult result) {
    User mine = user.get();
    mine.due = due;
    mine.awaitsOutcome = false;
    mine.start = start;
    ended(mine, end);
    outcome(mine, result);
  }

  /** Records the time since each user's last answer as part of its cycle. */
  void settle() {
    users.stream()
        .filter(mine -> !mine.gone)
        .forEach(
            mine -> {
              recorder.cycle(mine.lastEnd, Long.MAX_VALUE);
              mine.lastEnd = Math.max(mine.lastEnd, System.nanoTime());
            });
  }

  /** Whether any user waits for an answer. */
  boolean asking() {
    return users.stream().anyMatch(mine -> mine.inRequest);
  }

  /** How many users have ended. */
  long finished() {
    return finished.sum();
  }

  /** When the last answer came. */
  long lastEnd() {
    return users.stream().mapToLong(mine -> mine.lastEnd).max().orElse(0);
  }

  /** How many users have ended before they were told to. */
  long gone() {
    return gone.sum();
  }
}
