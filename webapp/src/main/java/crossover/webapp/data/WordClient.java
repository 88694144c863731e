package crossover.webapp.data;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * The words by the non-blocking client. A stage completes on an event loop, so what is chained to
 * it must not block; it fails with {@link Unavailable} when the database is away or slow, else with
 * the failure as it came.
 */
public final class WordClient {
  private final Connections connections;
  private final BooleanSupplier ready;
  private final Outage outage;

  WordClient(Connections connections, BooleanSupplier ready, Outage outage) {
    this.connections = connections;
    this.ready = ready;
    this.outage = outage;
  }

  /**
   * The word, or empty when there is none of that id.
   *
   * @param asked when the request came, in {@link System#nanoTime}: too late, nothing is read
   */
  public CompletableFuture<Optional<Word>> find(long id, long asked) {
    return run(
        false,
        asked,
        connection ->
            connection
                .preparedQuery("select id, text, definition from word where id = $1")
                .mapping(WordClient::word)
                .execute(Tuple.of(id))
                .map(WordClient::first));
  }

  /**
   * Inserts a word, which is committed when the stage completes, and gives its id.
   *
   * @param asked when the request came, in {@link System#nanoTime}: too late, nothing is inserted
   */
  public CompletableFuture<Long> insert(String text, String definition, long asked) {
    return run(
        true,
        asked,
        connection ->
            connection
                .preparedQuery("insert into word (text, definition) values ($1, $2) returning id")
                .mapping(row -> row.getLong(0))
                .execute(Tuple.of(text, definition))
                .map(ids -> ids.iterator().next()));
  }

  private static Word word(Row row) {
    return new Word(row.getLong(0), row.getString(1), row.getString(2));
  }

  private static <T> Optional<T> first(RowSet<T> rows) {
    return rows.size() == 0 ? Optional.empty() : Optional.of(rows.iterator().next());
  }

  private <T> CompletableFuture<T> run(
      boolean alone, long asked, Function<SqlConnection, Future<T>> call) {
    if (!ready.getAsBoolean()) {
      return CompletableFuture.failedFuture(Unavailable.notReady());
    }
    return connections
        .run(alone, asked, call)
        .handle(
            (value, failure) -> {
              if (failure == null) {
                outage.answered();
                return value;
              }
              throw Unavailable.or(
                  failure instanceof RuntimeException known
                      ? known
                      : new CompletionException(failure),
                  "The database does not answer",
                  outage);
            });
  }
}
