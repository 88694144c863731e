package crossover.webapp.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import crossover.webapp.model.Request;
import crossover.webapp.view.GetWord;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Nothing is read for a request that has waited too long, for a worker say. */
class LateReadsTest {
  private static final TimeLimits LIMITS = new TimeLimits(Duration.ofSeconds(20));

  private final Outage outage = new Outage("The database", () -> {});
  private final Request late =
      new Request("", "/1", null, System.nanoTime() - TimeUnit.SECONDS.toNanos(11));
  private PostgresStub server;

  @BeforeEach
  void open() throws Exception {
    server = new PostgresStub();
  }

  @AfterEach
  void close() throws Exception {
    server.close();
  }

  @Test
  void blocking() {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(
        "jdbc:postgresql://127.0.0.1:"
            + server.port()
            + "/x?user=x&assumeMinServerVersion=17&sslmode=disable");
    SilentConnections silent = new SilentConnections(LIMITS, Runnable::run);
    Words words = new Words(database, LIMITS, silent, () -> true, outage);
    assertThatThrownBy(() -> GetWord.blocking(words).answer(late)).isInstanceOf(Unavailable.class);
    assertThat(server.statements()).isZero();
  }

  @Test
  void nonBlocking() throws Exception {
    Vertx vertx = Vertx.vertx();
    PgConnectOptions connect =
        new PgConnectOptions().setHost("127.0.0.1").setPort(server.port()).setPipeliningLimit(2);
    try (Connections connections =
        new Connections(
            vertx,
            new Connections.Options(connect, true, 1, 2, 10, LIMITS),
            new ConnectionWaits())) {
      connections
          .run(false, System.nanoTime(), connection -> Future.succeededFuture(0))
          .get(10, TimeUnit.SECONDS);
      WordClient words = new WordClient(connections, () -> true, outage);
      assertThatThrownBy(() -> GetWord.nonBlocking(words).answer(late).join())
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(Unavailable.class);
      assertThat(server.statements()).isZero();
    } finally {
      vertx.close().await(10, TimeUnit.SECONDS);
    }
  }
}
