package crossover.webapp.data;

import io.vertx.core.Context;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * The words by the non-blocking client. A stage completes on an event loop, so what is chained to
 * it must not block; it fails with {@link Unavailable} when the database does.
 */
public final class WordClient {
  private final Context loop;
  private final SqlClient client;
  private final BooleanSupplier ready;

  /**
   * Uses a client.
   *
   * @param loop where statements begin: not on the thread that asks, since the pool would leave a
   *     thread local on it
   */
  WordClient(Context loop, SqlClient client, BooleanSupplier ready) {
    this.loop = loop;
    this.client = client;
    this.ready = ready;
  }

  /** The word, or empty when there is none of that id. */
  public CompletableFuture<Optional<Word>> find(long id) {
    return query(
        "select id, text, definition from word where id = $1",
        Tuple.of(id),
        rows -> rows.size() == 0 ? Optional.empty() : Optional.of(word(rows.iterator().next())));
  }

  /** Inserts a word, which is committed when the stage completes, and gives its id. */
  public CompletableFuture<Long> insert(String text, String definition) {
    return query(
        "insert into word (text, definition) values ($1, $2) returning id",
        Tuple.of(text, definition),
        rows -> rows.iterator().next().getLong(0));
  }

  private static Word word(Row row) {
    return new Word(row.getLong(0), row.getString(1), row.getString(2));
  }

  private <T> CompletableFuture<T> query(
      String sql, Tuple parameters, Function<RowSet<Row>, T> result) {
    if (!ready.getAsBoolean()) {
      return CompletableFuture.failedFuture(Unavailable.notReady());
    }
    CompletableFuture<T> stage = new CompletableFuture<>();
    loop.runOnContext(
        ignored ->
            client
                .preparedQuery(sql)
                .execute(parameters)
                .onComplete(
                    rows -> stage.complete(result.apply(rows)),
                    error ->
                        stage.completeExceptionally(
                            new Unavailable("The database does not answer", error))));
    return stage;
  }
}
