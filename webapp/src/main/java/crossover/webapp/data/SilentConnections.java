package crossover.webapp.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Cuts off JDBC connections whose server does not answer, as {@link ConnectionSlot} does for the
 * other client. The driver's socket timeout would do it too, but on a virtual thread each read with
 * a timeout hands a timer to another thread and wakes it: a tenth of the CPU time of a short
 * request, which no other model pays. Thread-safe.
 */
final class SilentConnections {
  private final Map<Connection, Long> began = new ConcurrentHashMap<>();
  private final long silenceNanos;
  private final Executor closing;

  /** Sockets are closed by {@code closing}: with TLS that may wait for one that is writing. */
  SilentConnections(TimeLimits limits, Executor closing) {
    silenceNanos = TimeUnit.SECONDS.toNanos(limits.silenceSeconds());
    this.closing = closing;
  }

  /** A statement is about to be sent. */
  void begin(Connection connection) {
    began.put(connection, System.nanoTime());
  }

  /** Its answer is there, or will never come. */
  void end(Connection connection) {
    began.remove(connection);
  }

  /** Fails each statement that has waited too long, by closing its connection. */
  void cutOff() {
    long now = System.nanoTime();
    began.forEach(
        (connection, since) -> {
          if (now - since > silenceNanos && began.remove(connection, since)) {
            abort(connection);
          }
        });
  }

  private void abort(Connection connection) {
    try {
      connection.abort(closing);
    } catch (SQLException e) {
      // Closed already: its statement has failed.
    }
  }
}
