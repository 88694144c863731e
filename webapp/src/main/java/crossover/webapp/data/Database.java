package crossover.webapp.data;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.metrics.MetricsOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlClient;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL, reached in two ways through two pools of the same size: blocking (HikariCP, JDBC) and
 * non-blocking (Vert.x). Opening needs no server; until {@link #migrate} has succeeded once, every
 * query fails with {@link Unavailable}.
 */
public final class Database implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  /** Two loops drive what two cores can serve; the container's threads do the rendering. */
  private static final int EVENT_LOOPS = 2;

  /** Enough for a handful of statements; there are two. */
  private static final int STATEMENT_CACHE = 16;

  /**
   * Where the database is and how long it may take.
   *
   * @param url a JDBC URL
   * @param pool connections of each of the two pools
   * @param pipelining how many statements of the non-blocking client may be under way on one
   *     connection
   * @param queue how many statements of the non-blocking client may wait for a connection
   * @param timeout of a request; the statement may take half of it, waiting for a connection a
   *     third: with what Redis may take before, a silent network is answered within two seconds
   */
  public record Options(
      String url,
      String user,
      String password,
      int pool,
      int pipelining,
      int queue,
      Duration timeout) {
    long halfMillis() {
      return Math.max(250, timeout.toMillis() / 2);
    }

    long thirdMillis() {
      return Math.max(250, timeout.toMillis() / 3);
    }

    /** A link as slow as the requests may be must not look like a dead connection. */
    long validationMillis() {
      return Math.max(250, halfMillis() / 3);
    }

    /** To log in takes several round trips. */
    int loginSeconds() {
      return Math.max(2, socketSeconds());
    }

    /**
     * The driver's socket timeout is in whole seconds; it only matters for a server that has gone
     * silent.
     */
    int socketSeconds() {
      return (int) Math.max(1, (halfMillis() + 999) / 1000);
    }
  }

  private final Options options;
  private final Waits waits = new Waits();
  private final HikariDataSource dataSource;
  private final Vertx vertx;
  private final SqlClient client;
  private final Words words;
  private final WordClient wordClient;
  private volatile boolean ready;

  public Database(Options options) {
    this.options = options;
    dataSource = new HikariDataSource(hikari());
    vertx = vertx();
    client = client();
    words = new Words(dataSource, () -> ready);
    wordClient = new WordClient(vertx.getOrCreateContext(), client, () -> ready);
  }

  public Words words() {
    return words;
  }

  public WordClient wordClient() {
    return wordClient;
  }

  public Waits waits() {
    return waits;
  }

  /** Statements, blocking or not, that wait for a connection now. */
  public long waiting() {
    return dataSource.getHikariPoolMXBean().getThreadsAwaitingConnection()
        + waits.waitingStatements();
  }

  /** Connections in use by blocking statements, and non-blocking statements under way. */
  public long active() {
    return dataSource.getHikariPoolMXBean().getActiveConnections() + waits.activeStatements();
  }

  /**
   * Makes the table and loads the words, unless that is done. Blocks; throws when the database is
   * away.
   */
  public void migrate() {
    Schema.migrate(unlimited());
    ready = true;
  }

  /** The order matters: the client before its event loops. */
  @Override
  public void close() {
    try {
      await(client.close());
      await(vertx.close());
      GlobalEventExecutor.INSTANCE.awaitInactivity(3, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      dataSource.close();
      deregisterDriver();
    }
  }

  private static void await(Future<Void> closed) throws InterruptedException {
    try {
      closed.toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("The non-blocking client did not close", e);
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

  private HikariConfig hikari() {
    HikariConfig config = new HikariConfig();
    config.setPoolName("crossover");
    // Named, because a copy of the driver in the container's lib would hide ours from
    // DriverManager.
    config.setDriverClassName(Driver.class.getName());
    config.setJdbcUrl(options.url);
    config.setUsername(options.user);
    config.setPassword(options.password);
    config.setMaximumPoolSize(options.pool);
    // Named, because a first connection that is cut off while Hikari asks it for the default leaves
    // the pool with level -1, which every later connection refuses.
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    config.setInitializationFailTimeout(-1);
    config.setConnectionTimeout(options.thirdMillis());
    config.setValidationTimeout(options.validationMillis());
    config.setMetricsTrackerFactory((pool, statistics) -> waits);
    set(config, PGProperty.CONNECT_TIMEOUT, 1);
    set(config, PGProperty.LOGIN_TIMEOUT, options.loginSeconds());
    set(config, PGProperty.SOCKET_TIMEOUT, options.socketSeconds());
    set(config, PGProperty.OPTIONS, "-c statement_timeout=" + options.halfMillis());
    set(config, PGProperty.APPLICATION_NAME, "crossover");
    return config;
  }

  private static void set(HikariConfig config, PGProperty property, Object value) {
    config.addDataSourceProperty(property.getName(), value.toString());
  }

  /** For the migration, which may take longer than any request. */
  private PGSimpleDataSource unlimited() {
    PGSimpleDataSource plain = new PGSimpleDataSource();
    plain.setUrl(options.url);
    plain.setUser(options.user);
    plain.setPassword(options.password);
    plain.setConnectTimeout(1);
    plain.setLoginTimeout(2);
    return plain;
  }

  private Vertx vertx() {
    return Vertx.builder()
        .with(
            new VertxOptions()
                .setEventLoopPoolSize(EVENT_LOOPS)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setMetricsOptions(new MetricsOptions().setEnabled(true)))
        .withMetrics(ignored -> waits.vertx())
        .build();
  }

  /** A client, not a pool: only a client pipelines. */
  private SqlClient client() {
    Properties url = Driver.parseURL(options.url, null);
    if (url == null) {
      throw new IllegalArgumentException(
          "crossover.jdbc.url is '"
              + options.url
              + "': it must be jdbc:postgresql://host:port/database");
    }
    PgConnectOptions connect =
        new PgConnectOptions()
            .setHost(url.getProperty(PGProperty.PG_HOST.getName()))
            .setPort(Integer.parseInt(url.getProperty(PGProperty.PG_PORT.getName())))
            .setDatabase(url.getProperty(PGProperty.PG_DBNAME.getName()))
            .setUser(options.user)
            .setPassword(options.password)
            .setCachePreparedStatements(true)
            .setPreparedStatementCacheMaxSize(STATEMENT_CACHE)
            .setPipeliningLimit(options.pipelining)
            .addProperty("application_name", "crossover")
            .addProperty("statement_timeout", Long.toString(options.halfMillis()));
    connect.setReconnectAttempts(0);
    // No timer for each statement: the deadline of the request, and the bound of the queue, do that
    // job.
    PoolOptions pool =
        new PoolOptions()
            .setMaxSize(options.pool)
            .setMaxWaitQueueSize(options.queue)
            .setConnectionTimeout(0)
            .setEventLoopSize(EVENT_LOOPS);
    return PgBuilder.client().with(pool).connectingTo(connect).using(vertx).build();
  }
}
