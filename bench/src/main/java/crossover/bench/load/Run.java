package crossover.bench.load;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/** One slice in one piece: connect, lead in, measure, drain. */
final class Run {
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /** Of a whole plan: what takes longer, such as a While Controller, may never end. */
  static final double LONGEST_SECONDS = 7200;

  /** So many think times a slice has room for, or else a user may not ask once in it. */
  private static final double THOUGHTS = 2;

  private final Traffic traffic;
  private final RunningPlan plan;
  private final Recorder recorder;
  private final DoubleSupplier others;

  Run(Traffic traffic) {
    this(traffic, () -> 0);
  }

  /** {@code others}: CPU seconds of this process that are not the generator's. */
  Run(Traffic traffic, DoubleSupplier others) {
    this.traffic = traffic;
    this.others = others;
    plan = new RunningPlan(traffic);
    recorder = plan.recorder();
  }

  /** CPU seconds of this process since its start. */
  static double cpuSeconds() {
    return PROCESS.getProcessCpuTime() / 1e9;
  }

  /**
   * Runs the slice.
   *
   * @throws IOException when the plan cannot be measured
   */
  Slice run(Window window) throws IOException, InterruptedException {
    plan.enter();
    try {
      plan.start();
      return toItsEnd(window);
    } finally {
      plan.leave();
    }
  }

  private Slice toItsEnd(Window window) throws IOException, InterruptedException {
    try {
      return traffic.planned() ? wholePlan(window) : measure(window);
    } catch (IOException | InterruptedException | RuntimeException e) {
      plan.cutOff(); // nobody waits for the users any more
      throw e;
    }
  }

  private Slice measure(Window window) throws IOException, InterruptedException {
    long unconnected = plan.awaitConnected();
    if (unconnected > 0) {
      plan.cutOff();
      return recorder.slice(traffic, unconnected, 0);
    }
    // Users who think begin one after another within their first think time.
    double thought = recorder.timer().longestThought() / 1e9;
    double leadIn = window.connected(Math.max(traffic.leadIn(), thought));
    long start = System.nanoTime();
    long opens = start + nanos(leadIn);
    double thoughts = recorder.timer().hasPauses() ? THOUGHTS * thought : 0;
    long closes = opens + nanos(Math.max(traffic.seconds(), thoughts));
    recorder.measure(opens, closes);
    if (traffic.open()) {
      // Asking a server for its counters stalls it for milliseconds: that shall be over by then.
      window.opens();
      plan.arrivals().start(start);
    } else {
      plan.gate().open();
    }
    sleepUntil(opens);
    if (!traffic.open()) {
      window.opens();
    }
    double cpu = cpuSeconds() - others.getAsDouble();
    sleepUntil(closes);
    cpu = cpuSeconds() - others.getAsDouble() - cpu;
    window.closes();
    long silent = 0;
    if (!traffic.open()) {
      // Users who think come back when they have thought, which may be long.
      silent = recorder.timer().hasPauses() ? 0 : plan.awaitHeld();
      plan.stop();
      plan.gate().close();
    }
    return ended(silent > 0 || plan.drained() ? silent : unfinished(), cpu);
  }

  /** From the first user's start to the last answer, or for the slice's time if there is no end. */
  private Slice wholePlan(Window window) throws IOException, InterruptedException {
    plan.awaitFirst();
    boolean endless = plan.users().endless();
    window.connected(0);
    window.opens();
    double cpu = cpuSeconds();
    long opens = System.nanoTime();
    long closes = opens + nanos(endless ? traffic.seconds() : LONGEST_SECONDS);
    recorder.measure(opens, closes);
    plan.gate().open();
    long tooLong = 0;
    if (endless) {
      sleepUntil(closes);
      plan.stop();
    } else {
      tooLong = plan.awaitUsers(closes);
      recorder.endAt(recorder.timer().lastEnd());
    }
    cpu = cpuSeconds() - cpu;
    window.closes();
    return ended(plan.drained() ? tooLong : unfinished(), cpu);
  }

  private Slice ended(long unfinished, double cpu) throws InterruptedException {
    Slice slice = recorder.slice(traffic, unfinished, cpu);
    if (unfinished > 0) {
      plan.cutOff();
    }
    return slice;
  }

  private long unfinished() {
    return traffic.open()
        ? plan.arrivals().due(nanos(traffic.leadIn()), Long.MAX_VALUE) - recorder.requests()
        : plan.users().active();
  }

  static long nanos(double seconds) {
    return Math.round(seconds * 1e9);
  }

  static void sleepUntil(long nanoTime) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(nanoTime - System.nanoTime());
  }
}
