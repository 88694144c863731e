package crossover.webapp.data;

import com.zaxxer.hikari.metrics.IMetricsTracker;
import io.vertx.core.spi.metrics.PoolMetrics;
import io.vertx.core.spi.metrics.VertxMetrics;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often, and for how long, requests waited for a database connection, blocking and not.
 * HikariCP and Vert.x both tell the moment a connection is asked for and the moment it is given;
 * the counts only grow.
 */
public final class Waits implements IMetricsTracker {
  private final LongAdder acquisitions = new LongAdder();
  private final LongAdder nanos = new LongAdder();
  private final LongAdder waiting = new LongAdder();
  private final LongAdder active = new LongAdder();

  public long acquisitions() {
    return acquisitions.sum();
  }

  public long nanos() {
    return nanos.sum();
  }

  long waitingStatements() {
    return waiting.sum();
  }

  /** With pipelining there may be more than connections. */
  long activeStatements() {
    return active.sum();
  }

  @Override
  public void recordConnectionAcquiredNanos(long elapsed) {
    acquisitions.increment();
    nanos.add(elapsed);
  }

  VertxMetrics vertx() {
    return new VertxMetrics() {
      @Override
      public PoolMetrics<?, ?> createPoolMetrics(String type, String name, int size) {
        return type.equals("sql") ? new Statements() : null;
      }
    };
  }

  private final class Statements implements PoolMetrics<Long, Object> {
    @Override
    public Long enqueue() {
      waiting.increment();
      return System.nanoTime();
    }

    @Override
    public void dequeue(Long asked) {
      waiting.decrement();
      recordConnectionAcquiredNanos(System.nanoTime() - asked);
    }

    @Override
    public Object begin() {
      active.increment();
      return this;
    }

    @Override
    public void end(Object begun) {
      active.decrement();
    }
  }
}
