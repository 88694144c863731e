package crossover.bench.load;

import static org.junit.jupiter.api.Assumptions.abort;

import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

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

  /** Runs an attempt until one holds. */
  public static void inOneOfSixAttempts(ThrowingCallable attempt) throws Throwable {
    AssertionError failure = null;
    boolean quiet = false;
    for (int i = 0; i < ATTEMPTS; i++) {
      Sleeper sleeper = new Sleeper();
      sleeper.start();
      try {
        attempt.call();
        return;
      } catch (AssertionError e) {
        failure = e;
        quiet |= sleeper.oversleptMillisP99() < 1;
      } finally {
        sleeper.interrupt();
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
      interrupt();
      join();
      return overslept.getValueAtPercentile(99) / 1e6;
    }
  }
}
