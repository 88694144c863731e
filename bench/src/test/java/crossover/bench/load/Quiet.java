package crossover.bench.load;

import static org.junit.jupiter.api.Assumptions.abort;

import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * For what can only be measured on a machine with nothing else to do. Other work only adds to a
 * delay, so one attempt that holds is enough; a fault of ours would be in every one. When none
 * holds, a sleeper beside them tells whether the machine was quiet in any: if not, nothing can be
 * said.
 */
public final class Quiet {
  private static final int ATTEMPTS = 6;
  private static final long NAP_NANOS = 1_000_000;

  private Quiet() {}

  /**
   * Makes attempts until one holds.
   *
   * @param attempt measures, and asserts itself what must hold in each, whatever the machine does;
   *     it returns the assertions of what other work can disturb
   */
  public static void inOneOfSixAttempts(Callable<Runnable> attempt) throws Exception {
    AssertionError failure = null;
    boolean quiet = false;
    for (int i = 0; i < ATTEMPTS; i++) {
      Sleeper sleeper = new Sleeper();
      sleeper.start();
      Runnable timed;
      try {
        timed = attempt.call();
      } finally {
        sleeper.interrupt();
      }
      try {
        timed.run();
        return;
      } catch (AssertionError e) {
        failure = e;
        quiet |= sleeper.oversleptMillisP99() < 1;
      }
    }
    if (quiet) {
      throw failure;
    }
    abort("the machine is busy: a thread that naps for 1 ms wakes up more than 1 ms late");
  }

  private static final class Sleeper extends Thread {
    private final Histogram overslept = new Histogram(3);

    @Override
    public void run() {
      while (!isInterrupted()) {
        long due = System.nanoTime() + NAP_NANOS;
        LockSupport.parkNanos(NAP_NANOS);
        overslept.recordValue(Math.max(0, System.nanoTime() - due));
      }
    }

    double oversleptMillisP99() throws InterruptedException {
      join();
      return overslept.getValueAtPercentile(99) / 1e6;
    }
  }
}
