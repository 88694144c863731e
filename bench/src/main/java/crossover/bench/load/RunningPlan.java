package crossover.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.jmeter.engine.JMeterEngineException;
import org.apache.jmeter.engine.StandardJMeterEngine;
import org.apache.jmeter.threads.JMeterContextService;
import org.apache.jmeter.util.JMeterUtils;

/** A plan on JMeter's engine, from the users' first connections to their end. */
final class RunningPlan {
  /** Time for a plan's setUp groups. */
  private static final Duration SET_UP = Duration.ofMinutes(10);

  /** Think times shorter than this end by themselves when a slice does. */
  private static final Duration THINKING = Duration.ofMillis(200);

  private static final String ENDED = " ended before their first requests";
  private static final String SILENT =
      " made no HTTP request, or no further one, though every user must until the slice ends: look"
          + " at the conditions of its controllers, its data and its pauses";
  private static final long CONNECTED_POLL = 100;
  private static final Duration STEP = Duration.ofMillis(5);

  /** Time for threads that were interrupted to end. */
  private static final Duration CUT_OFF = Duration.ofSeconds(20);

  /**
   * The slice's own end is limit enough, and to wait for an answer with a limit of its own costs
   * two system calls more: a tenth of the generator's CPU. A connection lives as its user; JMeter
   * reads that once, before its first request.
   */
  private static final Map<String, String> OWN =
      Map.of(
          "responseTimeout",
          "0",
          "httpclient4.time_to_live",
          "3600000",
          // Else the names of thread groups begin with that of the jmeter-server.
          JMeterUtils.THREAD_GROUP_DISTRIBUTED_PREFIX_PROPERTY_NAME,
          "");

  private final Traffic traffic;
  private final Map<Object, Object> properties = new HashMap<>(OWN);
  private final Map<Object, Object> others = new HashMap<>();
  private final Recorder recorder;
  private final Gate gate;
  private final Arrivals arrivals;
  private final UserGroups users;
  private final StandardJMeterEngine engine = new StandardJMeterEngine();

  RunningPlan(Traffic traffic) {
    this.traffic = traffic;
    properties.putAll(traffic.filledProperties());
    gate = new Gate(traffic.users());
    arrivals = traffic.open() ? new Arrivals(traffic) : null;
    recorder = new Recorder(traffic, gate, arrivals);
    users = new UserGroups(traffic);
  }

  /**
   * Starts the users; each makes one request, which opens its connection, and then waits.
   *
   * @throws IOException when the plan cannot be measured
   */
  void start() throws IOException {
    try {
      engine.configure(TimedPlan.read(traffic, recorder.timer(), users));
      engine.runTest();
    } catch (JMeterEngineException e) {
      throw new IOException("JMeter cannot run " + traffic.plan(), e);
    }
  }

  /** Puts its JMeter properties in force: a JVM has one set of them, and one listener to errors. */
  void enter() {
    PlanErrors.ofOthers(recorder.timer()::planFailed);
    others.clear();
    others.putAll(JMeterUtils.getJMeterProperties());
    JMeterUtils.getJMeterProperties().putAll(properties);
  }

  /** Puts back the properties that there were, and keeps what the plan's scripts have set. */
  void leave() {
    Properties all = JMeterUtils.getJMeterProperties();
    properties.clear();
    properties.putAll(all);
    all.keySet().retainAll(others.keySet());
    all.putAll(others);
    PlanErrors.ofOthers(error -> {});
  }

  /**
   * Waits for all users' connections; a plan's setUp groups have their time before that.
   *
   * @return how many there are not when the time is over
   * @throws IOException when the users have ended without them, or do not ask for them
   */
  long awaitConnected() throws IOException, InterruptedException {
    CountDownLatch connected = recorder.timer().connected();
    long end = System.nanoTime() + SET_UP.toNanos();
    boolean started = false;
    while (System.nanoTime() < end && !connected.await(CONNECTED_POLL, TimeUnit.MILLISECONDS)) {
      if (ended(Duration.ZERO)) {
        return refuse(connected.getCount(), ENDED);
      }
      if (!started && recorder.timer().started()) {
        started = true;
        end = System.nanoTime() + drainNanos();
      }
    }
    return connected.getCount() > 0 && !recorder.timer().asking()
        ? refuse(connected.getCount(), SILENT)
        : connected.getCount();
  }

  /** Holds all users as they come for their next requests; returns how many do not come. */
  long awaitHeld() throws InterruptedException {
    gate.shut();
    long missing = gate.awaitFull(drainNanos());
    long silent = missing - recorder.timer().gone();
    if (silent > 0 && !recorder.timer().asking()) {
      recorder.planFailed(users(silent, SILENT));
    }
    return missing;
  }

  private String users(long some, String did) {
    return some + " of " + traffic.users() + " users of " + traffic.plan() + did;
  }

  /** Of a server that only answers, users may not get what they need to ask, such as a token. */
  private long refuse(long some, String did) throws IOException {
    if (traffic.thinkTimes()) {
      throw new IOException(users(some, did) + " " + recorder.errorTexts());
    }
    recorder.planFailed(users(some, did));
    return some;
  }

  /**
   * Waits for the first user, who then keeps still, of a plan that runs as it says.
   *
   * @throws IOException when there is none, or not as many as were expected
   */
  void awaitFirst() throws IOException, InterruptedException {
    long end = System.nanoTime() + SET_UP.toNanos();
    while (!recorder.timer().started()) {
      if (ended(STEP) || System.nanoTime() > end) {
        throw new IOException(users(traffic.users(), " made no request ") + recorder.errorTexts());
      }
    }
    if (users.size() != traffic.users()) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s has %d users, but by itself %d: leave their number out of \"jmeter\"",
              traffic.plan(),
              users.size(),
              traffic.users()));
    }
  }

  /**
   * Waits until all users of a plan that runs as it says have ended, or none does anything.
   *
   * @return how many there are still at {@code end}; they are told to stop
   */
  long awaitUsers(long end) throws InterruptedException {
    long answered = -1;
    long since = System.nanoTime();
    while (recorder.timer().finished() < users.size()
        && !ended(STEP) // before all of them have begun, where the plan stops its test
        && System.nanoTime() - since < SET_UP.toNanos()) {
      if (recorder.requests() != answered) {
        answered = recorder.requests();
        since = System.nanoTime();
      }
      if (System.nanoTime() > end) {
        stop();
        return users.size() - recorder.timer().finished();
      }
    }
    return 0;
  }

  /** The plan's users. */
  UserGroups users() {
    return users;
  }

  Recorder recorder() {
    return recorder;
  }

  /** What holds the users of a closed loop. */
  Gate gate() {
    return gate;
  }

  /** When requests of an open loop are due. */
  Arrivals arrivals() {
    return arrivals;
  }

  /** No user begins another request. The engine itself goes on, for a plan's tearDown groups. */
  void stop() {
    recorder.timer().ending();
    users.stop();
  }

  /** Whether all users end within the time to drain. */
  boolean drained() throws InterruptedException {
    if (ended(THINKING)) {
      return true;
    }
    recorder.timer().wakeThinking();
    return ended(Duration.ofNanos(drainNanos()));
  }

  /**
   * Interrupts users; what they still answer is not recorded.
   *
   * @throws IllegalStateException when threads go on after that: this JVM is then of no more use
   */
  void cutOff() throws InterruptedException {
    recorder.stop();
    recorder.timer().ending();
    if (ended(Duration.ZERO)) {
      return;
    }
    engine.stopTest(true);
    if (!ended(CUT_OFF)) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "%d users of %s do not end, even after an interrupt: look for a loop without an end"
                  + " in its scripts",
              JMeterContextService.getNumberOfThreads(),
              traffic.plan()));
    }
  }

  long drainNanos() {
    return Math.round(traffic.drain() * 1e9);
  }

  private boolean ended(Duration patience) throws InterruptedException {
    try {
      engine.awaitTermination(patience);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "JMeter cannot run " + traffic.plan() + ": " + ExceptionUtils.getRootCauseMessage(e), e);
    }
  }
}
