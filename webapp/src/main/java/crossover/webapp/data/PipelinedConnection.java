package crossover.webapp.data;

import io.vertx.sqlclient.SqlConnection;
import java.util.concurrent.TimeUnit;

/**
 * An established connection, and how much is under way on it. All but {@link #sql} is guarded by
 * the lock of {@link Connections}.
 */
final class PipelinedConnection {
  private final SqlConnection sql;
  private final int pipelining;
  private int underway;
  private boolean reserved;
  private long progress;

  /** At most {@code pipelining} statements may be under way. */
  PipelinedConnection(SqlConnection sql, int pipelining) {
    this.sql = sql;
    this.pipelining = pipelining;
  }

  SqlConnection sql() {
    return sql;
  }

  int underway() {
    return underway;
  }

  boolean hasRoom(boolean alone) {
    return alone ? underway == 0 : !reserved && underway < pipelining;
  }

  /** A statement begins, beside which nothing else may be under way if {@code alone}. */
  void begin(boolean alone) {
    if (underway++ == 0) {
      progress = System.nanoTime();
    }
    reserved = alone;
  }

  void end() {
    underway--;
    reserved = false;
    progress = System.nanoTime();
  }

  /** Whether it owes an answer for longer than that. */
  boolean isSilent(long now, int seconds) {
    return underway > 0 && now - progress > TimeUnit.SECONDS.toNanos(seconds);
  }
}
