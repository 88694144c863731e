package crossover.webapp.data;

import com.zaxxer.hikari.metrics.IMetricsTracker;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often, and for how long, requests waited for a database connection, blocking and not; the
 * counts only grow.
 */
public final class ConnectionWaits implements IMetricsTracker {
  private final LongAdder acquisitions = new LongAdder();
  private final LongAdder nanos = new LongAdder();

  public long acquisitions() {
    return acquisitions.sum();
  }

  public long nanos() {
    return nanos.sum();
  }

  @Override
  public void recordConnectionAcquiredNanos(long elapsed) {
    acquisitions.increment();
    nanos.add(elapsed);
  }
}
