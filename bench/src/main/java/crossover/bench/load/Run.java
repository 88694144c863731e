package crossover.bench.load;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.jmeter.engine.JMeterEngineException;
import org.apache.jmeter.engine.StandardJMeterEngine;
import org.apache.jmeter.threads.JMeterContextService;
import org.apache.jmeter.util.JMeterUtils;

/** One slice on JMeter's engine: connect, lead in, measure, drain. */
final class Run {
  /** Time for threads that were interrupted to end. */
  private static final Duration CUT_OFF = Duration.ofSeconds(20);

  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final Load load;
  private final Recorder recorder;
  private final Schedule schedule;
  private final StandardJMeterEngine engine = new StandardJMeterEngine();

  Run(Load load) {
    this.load = load;
    recorder = new Recorder(load);
    schedule = load.open() ? new Schedule(load) : null;
  }

  /**
   * Runs the slice.
   *
   * @throws IOException when the plan cannot be measured
   * @throws IllegalStateException when threads go on after they were interrupted: this JVM is then
   *     of no more use
   */
  Slice run(Window window) throws IOException, InterruptedException {
    load.properties().forEach(JMeterUtils::setProperty);
    try {
      engine.configure(TimedPlan.read(load, recorder, schedule));
      engine.runTest();
      return measure(window);
    } catch (JMeterEngineException e) {
      throw new IOException("JMeter cannot run " + load.plan(), e);
    } finally {
      load.properties().keySet().forEach(JMeterUtils.getJMeterProperties()::remove);
    }
  }

  private Slice measure(Window window) throws InterruptedException {
    if (!recorder.connected().await(nanos(load.drain()), TimeUnit.NANOSECONDS)) {
      long waiting = recorder.connected().getCount();
      cutOff();
      return recorder.slice(load, waiting, 0);
    }
    long start = System.nanoTime();
    long opens = start + nanos(load.leadIn());
    long closes = opens + nanos(load.seconds());
    recorder.measure(opens, closes);
    if (schedule != null) {
      schedule.start(start);
    }
    sleepUntil(opens);
    window.opens();
    long cpu = PROCESS.getProcessCpuTime();
    sleepUntil(closes);
    double cpuSeconds = (PROCESS.getProcessCpuTime() - cpu) / 1e9;
    window.closes();
    if (schedule == null) {
      engine.stopTest(false);
    }
    long unfinished = drained() ? 0 : unfinished();
    Slice slice = recorder.slice(load, unfinished, cpuSeconds);
    if (unfinished > 0) {
      cutOff();
    }
    return slice;
  }

  private boolean drained() throws InterruptedException {
    return ended(Duration.ofNanos(nanos(load.drain())));
  }

  private long unfinished() {
    return schedule == null
        ? JMeterContextService.getNumberOfThreads()
        : schedule.due(nanos(load.leadIn()), Long.MAX_VALUE) - recorder.requests();
  }

  private void cutOff() throws InterruptedException {
    recorder.stop();
    engine.stopTest(true);
    if (!ended(CUT_OFF)) {
      throw new IllegalStateException(
          JMeterContextService.getNumberOfThreads() + " users do not end after an interrupt");
    }
  }

  private boolean ended(Duration patience) throws InterruptedException {
    try {
      engine.awaitTermination(patience);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("JMeter's engine failed", e.getCause());
    }
  }

  private static long nanos(double seconds) {
    return Math.round(seconds * 1e9);
  }

  private static void sleepUntil(long nanoTime) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(nanoTime - System.nanoTime());
  }
}
