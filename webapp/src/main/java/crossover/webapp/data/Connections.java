package crossover.webapp.data;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The connections of the non-blocking client, spread over the event loops and held open. A
 * statement goes straight to the one with the fewest under way.
 *
 * <p>A pool of Vert.x gives a statement to the first connection of the caller's event loop that has
 * room in its pipeline (SimpleConnectionPool, "Select the first available connection with the same
 * event loop"): with a pipeline of 16, 32 users would meet two connections, however many there are.
 * And it begins on the calling thread, where it would leave a thread local.
 */
final class Connections implements AutoCloseable {
  static final long CHECK_MILLIS = 100;

  private final Options options;
  private final ConnectionWaits waits;
  private final List<ConnectionSlot> slots = new ArrayList<>();

  // Guarded by this, as are all the counts of a connection.
  private final Queue<Statement<?>> waiting = new ArrayDeque<>();
  private int next;
  private boolean closed;
  private Throwable failure;

  /**
   * How to connect.
   *
   * @param size connections
   * @param pipelining statements under way on one connection
   * @param queue statements that may wait
   */
  record Options(
      PgConnectOptions connect,
      boolean keepAlive,
      int size,
      int pipelining,
      int queue,
      TimeLimits limits) {}

  Connections(Vertx vertx, Options options, ConnectionWaits waits) {
    this.options = options;
    this.waits = waits;
    for (int i = 0; i < options.size; i++) {
      slots.add(new ConnectionSlot(options, this, this::connected));
    }
    for (ConnectionSlot slot : slots) {
      var unused = vertx.deployVerticle(slot, new DeploymentOptions());
    }
    vertx.setPeriodic(CHECK_MILLIS, id -> checkTimeLimits());
  }

  /**
   * Runs a statement, as soon as a connection has room for it. The stage completes on an event
   * loop, and fails with {@link Unavailable} if the statement could not start in time.
   *
   * @param alone whether nothing else may be under way on its connection: what is sent cannot be
   *     taken back, and must not wait behind others past its request's time limit
   * @param asked when the request came, in {@link System#nanoTime}
   */
  <T> CompletableFuture<T> run(boolean alone, long asked, Function<SqlConnection, Future<T>> call) {
    Statement<T> statement = new Statement<>(call, alone, asked);
    PipelinedConnection connection = null;
    synchronized (this) {
      if (closed) {
        return CompletableFuture.failedFuture(new Unavailable("The application stops"));
      }
      if (options.limits.isTooLate(asked)) {
        return CompletableFuture.failedFuture(tooLate(failure));
      }
      if (waiting.isEmpty()) {
        connection = claim(statement);
      }
      if (connection == null) {
        if (waiting.size() >= options.queue) {
          return CompletableFuture.failedFuture(
              new Unavailable("More than " + options.queue + " statements wait for a connection"));
        }
        waiting.add(statement);
      }
    }
    if (connection != null) {
      start(statement, connection);
    }
    return statement.result;
  }

  synchronized long waiting() {
    return waiting.size();
  }

  synchronized long active() {
    long active = 0;
    for (ConnectionSlot slot : slots) {
      active += slot.connection() == null ? 0 : slot.connection().underway();
    }
    return active;
  }

  /** The least busy connection with room for the statement; null when there is none. */
  private PipelinedConnection claim(Statement<?> statement) {
    PipelinedConnection best = null;
    for (int i = 0; i < slots.size(); i++) {
      PipelinedConnection candidate = slots.get((next + i) % slots.size()).connection();
      if (candidate != null
          && candidate.hasRoom(statement.alone)
          && (best == null || candidate.underway() < best.underway())) {
        best = candidate;
      }
    }
    next = (next + 1) % slots.size();
    if (best != null) {
      best.begin(statement.alone);
    }
    return best;
  }

  /** Starts what waits and has room now, and fails what has waited too long. */
  private void serve() {
    while (true) {
      Statement<?> statement;
      PipelinedConnection connection = null;
      Throwable cause;
      synchronized (this) {
        statement = waiting.peek();
        if (statement == null) {
          return;
        }
        if (!closed && !options.limits.isTooLate(statement.asked)) {
          connection = claim(statement);
          if (connection == null) {
            return;
          }
        }
        waiting.remove();
        cause = failure;
      }
      if (connection == null) {
        statement.result.completeExceptionally(tooLate(cause));
      } else {
        start(statement, connection);
      }
    }
  }

  private static Unavailable tooLate(Throwable cause) {
    return new Unavailable("No connection to the database was free in time", cause);
  }

  private <T> void start(Statement<T> statement, PipelinedConnection connection) {
    waits.recordConnectionAcquiredNanos(System.nanoTime() - statement.came);
    Future<T> ended;
    try {
      ended = statement.call.apply(connection.sql());
    } catch (RuntimeException e) {
      ended = Future.failedFuture(e);
    }
    ended.onComplete(
        (value, thrown) -> {
          synchronized (this) {
            connection.end(thrown);
          }
          serve();
          if (thrown == null) {
            statement.result.complete(value);
          } else {
            statement.result.completeExceptionally(thrown);
          }
        });
  }

  /** A slot has a connection now, or {@code thrown} says why it has none. */
  private void connected(Throwable thrown) {
    synchronized (this) {
      failure = thrown;
    }
    if (thrown == null) {
      serve();
    }
  }

  /** No event tells that a time limit has passed. */
  private void checkTimeLimits() {
    serve();
    slots.forEach(ConnectionSlot::checkTimeLimits);
  }

  /** Refuses what waits; then closes the connections, whatever is under way on them. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    serve();
    slots.forEach(ConnectionSlot::close);
  }

  private static final class Statement<T> {
    private final Function<SqlConnection, Future<T>> call;
    private final boolean alone;
    private final long asked;
    private final long came = System.nanoTime();
    private final CompletableFuture<T> result = new CompletableFuture<>();

    Statement(Function<SqlConnection, Future<T>> call, boolean alone, long asked) {
      this.call = call;
      this.alone = alone;
      this.asked = asked;
    }
  }
}
