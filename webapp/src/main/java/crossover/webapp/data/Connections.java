package crossover.webapp.data;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
  private static final long LOOK_MILLIS = 100;
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Options options;
  private final NetClientOptions net;
  private final Waits waits;
  private final List<Place> places = new ArrayList<>();

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

  Connections(Vertx vertx, Options options, Waits waits) {
    this.options = options;
    this.waits = waits;
    net =
        new NetClientOptions()
            .setConnectTimeout(TimeLimits.CONNECT_MILLIS)
            .setTcpKeepAlive(options.keepAlive);
    for (int i = 0; i < options.size; i++) {
      places.add(new Place());
    }
    for (Place place : places) {
      var unused = vertx.deployVerticle(place, new DeploymentOptions());
    }
    vertx.setPeriodic(LOOK_MILLIS, id -> look());
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
    Connection connection = null;
    synchronized (this) {
      if (closed) {
        return CompletableFuture.failedFuture(new Unavailable("The application stops"));
      }
      if (waiting.isEmpty() && !options.limits.isTooLate(asked)) {
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
      connection.start(statement);
    }
    return statement.result;
  }

  synchronized long waiting() {
    return waiting.size();
  }

  synchronized long active() {
    long active = 0;
    for (Place place : places) {
      active += place.connection == null ? 0 : place.connection.underway;
    }
    return active;
  }

  /** The least busy connection with room for the statement; null when there is none. */
  private Connection claim(Statement<?> statement) {
    Connection best = null;
    for (int i = 0; i < places.size(); i++) {
      Connection candidate = places.get((next + i) % places.size()).connection;
      if (candidate != null
          && candidate.hasRoom(statement)
          && (best == null || candidate.underway < best.underway)) {
        best = candidate;
      }
    }
    next = (next + 1) % places.size();
    if (best != null) {
      best.begin(statement);
    }
    return best;
  }

  /** Starts what waits and has room now, and fails what has waited too long. */
  private void serve() {
    while (true) {
      Statement<?> statement;
      Connection connection = null;
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
        statement.result.completeExceptionally(
            new Unavailable("No connection to the database was free in time", cause));
      } else {
        connection.start(statement);
      }
    }
  }

  /** What no event tells: time limits. */
  private void look() {
    serve();
    places.forEach(Place::look);
  }

  /** Refuses what waits; then closes the connections, whatever is under way on them. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    serve();
    places.forEach(place -> place.disconnect(place.pool));
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

  /** One established connection, until it is lost. */
  private final class Connection {
    private final SqlConnection sql;
    private int underway;
    private boolean reserved;
    private long progress;

    Connection(SqlConnection sql) {
      this.sql = sql;
    }

    boolean hasRoom(Statement<?> statement) {
      return statement.alone ? underway == 0 : !reserved && underway < options.pipelining;
    }

    void begin(Statement<?> statement) {
      if (underway++ == 0) {
        progress = System.nanoTime();
      }
      reserved = statement.alone;
    }

    <T> void start(Statement<T> statement) {
      waits.recordConnectionAcquiredNanos(System.nanoTime() - statement.came);
      Future<T> ended;
      try {
        ended = statement.call.apply(sql);
      } catch (RuntimeException e) {
        ended = Future.failedFuture(e);
      }
      ended.onComplete(
          (value, thrown) -> {
            synchronized (Connections.this) {
              underway--;
              reserved = false;
              progress = System.nanoTime();
            }
            serve();
            if (thrown == null) {
              statement.result.complete(value);
            } else {
              statement.result.completeExceptionally(thrown);
            }
          });
    }

    boolean isSilent(long now) {
      return underway > 0
          && now - progress > TimeUnit.SECONDS.toNanos(options.limits.silenceSeconds());
    }
  }

  /** Where a connection stands, and the next one when it is lost; on one event loop for good. */
  private final class Place extends VerticleBase {
    private volatile Pool pool;
    private Connection connection;
    private long since;

    @Override
    public Future<?> start() {
      connect();
      return Future.succeededFuture();
    }

    /** To close a pool is the one way to cut off a connection that does not answer. */
    private void connect() {
      synchronized (Connections.this) {
        if (closed || pool != null) {
          return;
        }
        since = System.nanoTime();
      }
      Pool attempt =
          PgBuilder.pool()
              .with(new PoolOptions().setMaxSize(1))
              .with(net)
              .connectingTo(options.connect)
              .using(vertx)
              .build();
      pool = attempt;
      attempt
          .getConnection()
          .onComplete(
              (sql, thrown) -> {
                if (thrown == null) {
                  sql.exceptionHandler(e -> {}); // Each statement tells its own.
                  sql.closeHandler(none -> disconnect(attempt));
                }
                synchronized (Connections.this) {
                  failure = thrown;
                  if (pool == attempt && thrown == null) {
                    connection = new Connection(sql);
                  }
                }
                if (thrown == null) {
                  serve();
                } else {
                  disconnect(attempt);
                }
              });
    }

    /** Does nothing when the place has another pool by now. */
    private void disconnect(Pool lost) {
      synchronized (Connections.this) {
        if (lost == null || pool != lost) {
          return;
        }
        pool = null;
        connection = null;
      }
      var unused = lost.close();
    }

    private void look() {
      long now = System.nanoTime();
      Pool current;
      boolean silent;
      boolean due;
      synchronized (Connections.this) {
        current = pool;
        silent =
            pool != null
                && (connection == null
                    ? now - since > TimeUnit.SECONDS.toNanos(options.limits.loginSeconds())
                    : connection.isSilent(now));
        due = pool == null && context != null && !closed && now - since > RETRY_NANOS;
        if (due) {
          since = now;
        }
      }
      if (silent) {
        disconnect(current);
      } else if (due) {
        context.runOnContext(none -> connect());
      }
    }
  }
}
