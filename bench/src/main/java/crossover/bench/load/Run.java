package crossover.bench.load;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
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

  /**
   * The slice's own end is limit enough, and to wait for an answer with a limit of its own costs
   * two system calls more: a tenth of the generator's CPU.
   */
  private static final Map<String, String> NO_TIMEOUT = Map.of("responseTimeout", "0");

  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final Traffic traffic;
  private final Recorder recorder;
  private final Arrivals arrivals;
  private final StandardJMeterEngine engine = new StandardJMeterEngine();

  Run(Traffic traffic) {
    this.traffic = traffic;
    recorder = new Recorder(traffic);
    arrivals = traffic.open() ? new Arrivals(traffic) : null;
  }

  /**
   * Runs the slice.
   *
   * @throws IOException when the plan cannot be measured
   * @throws IllegalStateException when threads go on after they were interrupted: this JVM is then
   *     of no more use
   */
  Slice run(Window window) throws IOException, InterruptedException {
    Map<String, String> properties = new TreeMap<>(NO_TIMEOUT);
    properties.putAll(traffic.properties());
    properties.forEach(JMeterUtils::setProperty);
    try {
      engine.configure(TimedPlan.read(traffic, recorder, arrivals));
      engine.runTest();
      return measure(window);
    } catch (JMeterEngineException e) {
      throw new IOException("JMeter cannot run " + traffic.plan(), e);
    } finally {
      properties.keySet().forEach(JMeterUtils.getJMeterProperties()::remove);
    }
  }

  private Slice measure(Window window) throws InterruptedException {
    if (!recorder.connected().await(nanos(traffic.drain()), TimeUnit.NANOSECONDS)) {
      long waiting = recorder.connected().getCount();
      cutOff();
      return recorder.slice(traffic, waiting, 0);
    }
    long start = System.nanoTime();
    long opens = start + nanos(traffic.leadIn());
    long closes = opens + nanos(traffic.seconds());
    recorder.measure(opens, closes);
    if (arrivals != null) {
      // Asking a server for its counters stalls it for milliseconds: that shall be over by then.
      window.opens();
      arrivals.start(start);
    }
    sleepUntil(opens);
    if (arrivals == null) {
      window.opens();
    }
    long cpu = PROCESS.getProcessCpuTime();
    sleepUntil(closes);
    double cpuSeconds = (PROCESS.getProcessCpuTime() - cpu) / 1e9;
    window.closes();
    if (arrivals == null) {
      engine.stopTest(false);
    }
    long unfinished = drained() ? 0 : unfinished();
    Slice slice = recorder.slice(traffic, unfinished, cpuSeconds);
    if (unfinished > 0) {
      cutOff();
    }
    return slice;
  }

  private boolean drained() throws InterruptedException {
    return ended(Duration.ofNanos(nanos(traffic.drain())));
  }

  private long unfinished() {
    return arrivals == null
        ? JMeterContextService.getNumberOfThreads()
        : arrivals.due(nanos(traffic.leadIn()), Long.MAX_VALUE) - recorder.requests();
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
