package crossover.bench.delay;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Holds every request for a known time before the application sees it: the truth that a calibration
 * looks for. Or stalls now and then for that time: who arrives in a stall waits for its end. Only
 * the Tomcat of the delayed arm has this class.
 */
public final class DelayValve extends ValveBase {
  /**
   * A parked thread wakes late by about this much; the rest is spun, so that the delay is exact.
   */
  private static final long SPUN_NANOS = 100_000;

  private final long began = System.nanoTime();
  private long nanos;
  private long period;

  /** A valve without delay. */
  public DelayValve() {
    super(true);
  }

  /** The delay, in milliseconds. */
  public void setMillis(long millis) {
    nanos = TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /** From the beginning of a stall to that of the next, in milliseconds; 0: every request waits. */
  public void setEvery(long millis) {
    period = TimeUnit.MILLISECONDS.toNanos(millis);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    // A request that comes back from asynchronous work has waited already.
    if (!request.isAsyncDispatching()) {
      delay();
    }
    getNext().invoke(request, response);
  }

  private void delay() {
    long now = System.nanoTime();
    long left = period == 0 ? nanos : nanos - (now - began) % period;
    long end = now + left;
    while (left > 0) {
      if (left > SPUN_NANOS) {
        LockSupport.parkNanos(left - SPUN_NANOS);
      } else {
        Thread.onSpinWait();
      }
      left = end - System.nanoTime();
    }
  }
}
