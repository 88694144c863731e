package crossover.webapp.data;

import io.vertx.pgclient.PgException;
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
  private boolean lost;
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
    return !lost && (alone ? underway == 0 : !reserved && underway < pipelining);
  }

  /** A statement begins, beside which nothing else may be under way if {@code alone}. */
  void begin(boolean alone) {
    if (underway++ == 0) {
      progress = System.nanoTime();
    }
    reserved = alone;
  }

  /**
   * A statement has ended. When a connection breaks, Vert.x fails what is under way on it before it
   * calls the close handler; nothing may begin on it between.
   *
   * @param failure null when the statement succeeded
   */
  void end(Throwable failure) {
    underway--;
    reserved = false;
    progress = System.nanoTime();
    lost |= failure != null && !isRefusal(failure);
  }

  /** Whether PostgreSQL refused the statement only; with 57P… it ends the session. */
  private static boolean isRefusal(Throwable failure) {
    return failure instanceof PgException refused
        && !String.valueOf(refused.getSqlState()).startsWith("57P");
  }

  /** Whether it is to be given up: lost, or it owes an answer for longer than that. */
  boolean isDead(long now, int seconds) {
    return underway == 0 ? lost : now - progress > TimeUnit.SECONDS.toNanos(seconds);
  }
}
