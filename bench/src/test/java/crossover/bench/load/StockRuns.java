package crossover.bench.load;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.apache.jmeter.JMeter;
import org.apache.jmeter.engine.StandardJMeterEngine;
import org.apache.jmeter.testelement.TestStateListener;

/**
 * Stock JMeter's own start without a window, {@code jmeter -n}, for one plan after another: to
 * start a JVM for each would take minutes.
 */
final class StockRuns {
  private StockRuns() {}

  /** Takes a file of lines: plan, tab, port. */
  public static void main(String[] args) throws Exception {
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      String[] run = line.split("\t", 2);
      CountDownLatch ended = new CountDownLatch(1);
      StandardJMeterEngine.register(new End(ended));
      new JMeter()
          .start(
              new String[] {
                "-n", "-t", run[0], "-j", run[0] + ".log", "-Jhost=127.0.0.1", "-Jport=" + run[1]
              });
      ended.await();
    }
    Runtime.getRuntime().halt(0);
  }

  private record End(CountDownLatch ended) implements TestStateListener {
    @Override
    public void testStarted() {}

    @Override
    public void testStarted(String host) {}

    @Override
    public void testEnded() {
      ended.countDown();
    }

    @Override
    public void testEnded(String host) {}
  }
}
