package crossover.webapp.data;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Keeps one connection open, and connects again when it is lost; on one event loop for good. */
final class ConnectionSlot extends VerticleBase {
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Connections.Options options;
  private final Object lock;
  private final Consumer<Throwable> connected;
  private volatile Pool pool;

  // Guarded by the lock.
  private PipelinedConnection connection;
  private long since;
  private boolean closed;

  /**
   * Connects once it is deployed.
   *
   * @param lock of {@link Connections}, which guards what this holds
   * @param connected hears of each attempt to connect: null, or why it failed
   */
  ConnectionSlot(Connections.Options options, Object lock, Consumer<Throwable> connected) {
    this.options = options;
    this.lock = lock;
    this.connected = connected;
  }

  /** Null when there is none; to be called with the lock held. */
  PipelinedConnection connection() {
    return connection;
  }

  @Override
  public Future<?> start() {
    connect();
    return Future.succeededFuture();
  }

  /** To close a pool is the one way to cut off a connection that does not answer. */
  private void connect() {
    synchronized (lock) {
      if (closed || pool != null) {
        return;
      }
      since = System.nanoTime();
    }
    Pool attempt =
        PgBuilder.pool()
            .with(new PoolOptions().setMaxSize(1))
            .with(
                new NetClientOptions()
                    .setConnectTimeout(TimeLimits.CONNECT_MILLIS)
                    .setTcpKeepAlive(options.keepAlive()))
            .connectingTo(options.connect())
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
                synchronized (lock) {
                  if (pool == attempt) {
                    connection = new PipelinedConnection(sql, options.pipelining());
                  }
                }
              } else {
                disconnect(attempt);
              }
              connected.accept(thrown);
            });
  }

  /** Does nothing when there is another pool by now. */
  private void disconnect(Pool lost) {
    synchronized (lock) {
      if (lost == null || pool != lost) {
        return;
      }
      pool = null;
      connection = null;
    }
    var unused = lost.close();
  }

  /** Gives up a connection that is lost or silent, and connects when it is time to try again. */
  void checkTimeLimits() {
    long now = System.nanoTime();
    Pool current;
    boolean dead;
    boolean due;
    synchronized (lock) {
      current = pool;
      dead =
          pool != null
              && (connection == null
                  ? now - since > TimeUnit.SECONDS.toNanos(options.limits().loginSeconds())
                  : connection.isDead(now, options.limits().silenceSeconds()));
      due = pool == null && context != null && !closed && now - since > RETRY_NANOS;
      if (due) {
        since = now;
      }
    }
    if (dead) {
      disconnect(current);
    } else if (due) {
      context.runOnContext(none -> connect());
    }
  }

  void close() {
    synchronized (lock) {
      closed = true;
    }
    disconnect(pool);
  }
}
