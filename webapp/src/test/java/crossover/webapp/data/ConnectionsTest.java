package crossover.webapp.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionsTest {
  private static final TimeLimits LIMITS = new TimeLimits(Duration.ofSeconds(20));

  private final Vertx vertx = Vertx.vertx();
  private PostgresStub server;
  private Connections connections;

  @BeforeEach
  void open() throws Exception {
    server = new PostgresStub();
    PgConnectOptions connect =
        new PgConnectOptions().setHost("127.0.0.1").setPort(server.port()).setPipeliningLimit(2);
    connections =
        new Connections(
            vertx, new Connections.Options(connect, true, 1, 2, 10, LIMITS), new ConnectionWaits());
  }

  @AfterEach
  void close() throws Exception {
    connections.close();
    vertx.close().await(10, TimeUnit.SECONDS);
    server.close();
  }

  private static Future<Integer> select(SqlConnection connection) {
    return connection.query("select 1").execute().map(rows -> rows.size());
  }

  private CompletableFuture<Integer> run() {
    return connections.run(false, System.nanoTime(), ConnectionsTest::select);
  }

  /** By closing the socket, or as PostgreSQL does when its administrator stops it. */
  @ParameterizedTest
  @NullSource
  @ValueSource(strings = "57P01")
  void whatWaitsWhenAConnectionBreaksIsServedByTheNextOne(String state) throws Exception {
    assertThat(run().get(10, TimeUnit.SECONDS)).isZero();
    server.setSilent(true);
    CompletableFuture<Integer> first = run();
    CompletableFuture<Integer> second = run();
    CompletableFuture<Integer> waiting = run();
    while (server.statements() < 3) {
      Thread.sleep(1);
    }
    server.setSilent(false);
    server.cut(state);
    assertThat(waiting.get(10, TimeUnit.SECONDS)).isZero();
    assertThat(first).isCompletedExceptionally();
    assertThat(second).isCompletedExceptionally();
  }

  @Test
  void aStatementThatIsTooLateOnArrivalFailsAtOnce() {
    long asked = System.nanoTime() - TimeUnit.SECONDS.toNanos(11);
    assertThat(connections.run(false, asked, ConnectionsTest::select)).isCompletedExceptionally();
    assertThat(connections.waiting()).isZero();
  }
}
