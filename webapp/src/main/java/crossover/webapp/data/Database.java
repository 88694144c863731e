package crossover.webapp.data;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL, reached in two ways by the same number of connections: blocking (HikariCP, JDBC) and
 * non-blocking (Vert.x). Opening needs no server; until {@link #migrate} has succeeded once, every
 * query fails with {@link Unavailable}.
 */
public final class Database implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  /** The least that HikariCP allows. */
  private static final long KEEPALIVE_MILLIS = 30_000;

  /** Enough for a handful of statements; there are two. */
  private static final int STATEMENT_CACHE = 16;

  /**
   * Where the database is and how long it may take.
   *
   * @param url a JDBC URL; what its parameters say holds for both clients
   * @param user where the URL names none; so is the password
   * @param pool connections of each of the two clients
   * @param pipelining how many statements of the non-blocking client may be under way on one
   *     connection
   * @param queue how many statements of the non-blocking client may wait for a connection
   */
  public record Options(
      String url,
      String user,
      String password,
      int pool,
      int pipelining,
      int queue,
      TimeLimits limits) {}

  private final DatabaseUrl url;
  private final TimeLimits limits;
  private final ConnectionWaits waits = new ConnectionWaits();
  private final HikariDataSource dataSource;
  private final Vertx vertx;
  private final Connections connections;
  private final Words words;
  private final WordClient wordClient;
  private volatile long lastWord;
  private volatile Readiness readiness = new Readiness(Readiness.State.DOWN, "not tried yet");

  /**
   * Opens both clients.
   *
   * @throws IllegalArgumentException if the URL makes no sense or asks for what one of them cannot
   *     do; nothing is left open then
   */
  public Database(Options options) {
    url = new DatabaseUrl(options.url, options.user, options.password);
    limits = options.limits;
    dataSource = pool(hikari(options.pool));
    vertx = vertx(options.pool);
    connections = connections(options);
    // What stands idle in the pool is as dead as what was found dead.
    Outage outage =
        new Outage("The database", () -> dataSource.getHikariPoolMXBean().softEvictConnections());
    SilentConnections silent = new SilentConnections(limits, this::closeConnection);
    vertx.setPeriodic(Connections.CHECK_MILLIS, id -> silent.cutOff());
    words = new Words(dataSource, limits, silent, this::isReady, outage);
    wordClient = new WordClient(connections, this::isReady, outage);
  }

  public Words words() {
    return words;
  }

  public WordClient wordClient() {
    return wordClient;
  }

  public ConnectionWaits waits() {
    return waits;
  }

  /** Statements, blocking or not, that wait for a connection now. */
  public long waiting() {
    return dataSource.getHikariPoolMXBean().getThreadsAwaitingConnection() + connections.waiting();
  }

  /** Connections in use by blocking statements, and non-blocking statements under way. */
  public long active() {
    return dataSource.getHikariPoolMXBean().getActiveConnections() + connections.active();
  }

  private void closeConnection(Runnable close) {
    var unused = vertx.executeBlocking(Executors.callable(close), false);
  }

  private boolean isReady() {
    return readiness.isUp();
  }

  /**
   * Makes the schema and loads the words, unless that is done. Blocks; {@link #readiness} tells
   * what came of it.
   */
  public Readiness migrate() {
    // Without the requests' limit on a statement: this may take longer.
    Logins database = new Logins(url, limits);
    try {
      database.getConnection().close();
      readiness = new Readiness(Readiness.State.LOADING, "the words are being loaded");
      Schema.migrate(database, url.schema());
      readiness = Readiness.UP;
    } catch (SQLException | IOException | RuntimeException e) {
      readiness = Readiness.of(e);
    }
    return readiness;
  }

  /**
   * Whether words can be read and written; asks the database once {@link #migrate} has succeeded.
   */
  public Readiness readiness() {
    if (isReady()) {
      try {
        lastWord = words.last();
      } catch (RuntimeException e) {
        return Readiness.of(e);
      }
    }
    return readiness;
  }

  /** The highest id, when the database was last asked for its {@link #readiness}. */
  public long lastWord() {
    return lastWord;
  }

  /** The order matters: the connections before their event loops. */
  @Override
  public void close() {
    try {
      connections.close();
      vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
      GlobalEventExecutor.INSTANCE.awaitInactivity(3, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("The non-blocking client did not close", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      dataSource.close();
      deregisterDriver();
    }
  }

  /** DriverManager outlives the application. */
  private static void deregisterDriver() {
    try {
      Driver.deregister();
    } catch (SQLException e) {
      throw new IllegalStateException("The JDBC driver cannot be deregistered", e);
    }
  }

  /**
   * HikariCP tests a connection that was idle for half a second before it gives it away, a round
   * trip that the non-blocking client does not make, and tells no setting of that but a system
   * property, which it reads when a pool is made. Idle connections are tested in the background
   * instead, and all are dropped when one is found dead.
   */
  private static HikariDataSource pool(HikariConfig config) {
    String untested = "com.zaxxer.hikari.aliveBypassWindowMs";
    String given = System.getProperty(untested);
    if (given != null) {
      return new HikariDataSource(config);
    }
    System.setProperty(untested, Long.toString(config.getKeepaliveTime()));
    try {
      return new HikariDataSource(config);
    } finally {
      System.clearProperty(untested);
    }
  }

  private HikariConfig hikari(int pool) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("crossover");
    Logins logins = new Logins(url, limits);
    logins.set(PGProperty.OPTIONS.getName(), statementTimeout());
    config.setDataSource(logins);
    config.setMaximumPoolSize(pool);
    // Named, because a first connection that is cut off while Hikari asks it for the default leaves
    // the pool with level -1, which every later connection refuses.
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    config.setInitializationFailTimeout(-1);
    config.setConnectionTimeout(limits.startMillis());
    config.setKeepaliveTime(KEEPALIVE_MILLIS);
    // A link as slow as the requests may be must not look like a dead connection.
    config.setValidationTimeout(Math.max(250, limits.startMillis() / 3));
    config.setMetricsTrackerFactory((name, statistics) -> waits);
    return config;
  }

  /** For both clients: with what the URL says, which comes first, so that it cannot be undone. */
  private String statementTimeout() {
    String own = "-c statement_timeout=" + limits.statementMillis();
    String given = url.jdbc().getProperty(PGProperty.OPTIONS.getName());
    return given == null ? own : given + " " + own;
  }

  /**
   * As many event loops as there are cores: what they do never waits. Workers close connections.
   */
  private static Vertx vertx(int pool) {
    return Vertx.vertx(
        new VertxOptions()
            .setEventLoopPoolSize(Runtime.getRuntime().availableProcessors())
            .setWorkerPoolSize(pool)
            .setInternalBlockingPoolSize(1));
  }

  private Connections connections(Options options) {
    return new Connections(
        vertx,
        new Connections.Options(
            url.vertx()
                .setCachePreparedStatements(true)
                .setPreparedStatementCacheMaxSize(STATEMENT_CACHE)
                .setPipeliningLimit(options.pipelining)
                .addProperty("options", statementTimeout()),
            url.keepAlive(),
            options.pool,
            options.pipelining,
            options.queue,
            limits),
        waits);
  }
}
