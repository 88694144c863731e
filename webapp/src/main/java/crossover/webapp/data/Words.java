package crossover.webapp.data;

import java.sql.Connection;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import javax.sql.DataSource;
import org.apache.ibatis.exceptions.PersistenceException;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.LocalCacheScope;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.defaults.DefaultSqlSessionFactory;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;

/**
 * The words by MyBatis. Every call blocks, and throws {@link Unavailable} when the database is away
 * or slow; any other failure as it comes.
 */
public final class Words {
  private final SqlSessionFactory sessions;
  private final BooleanSupplier ready;
  private final Outage outage;
  private final TimeLimits limits;
  private final SilentConnections silent;

  Words(
      DataSource database,
      TimeLimits limits,
      SilentConnections silent,
      BooleanSupplier ready,
      Outage outage) {
    this.limits = limits;
    this.silent = silent;
    this.ready = ready;
    this.outage = outage;
    Configuration configuration =
        new Configuration(new Environment("crossover", new JdbcTransactionFactory(), database));
    // No model may have a cache of rows that another lacks.
    configuration.setLocalCacheScope(LocalCacheScope.STATEMENT);
    configuration.setCacheEnabled(false);
    configuration.addMapper(WordMapper.class);
    sessions = new DefaultSqlSessionFactory(configuration);
  }

  /**
   * The word, or empty when there is none of that id.
   *
   * @param asked when the request came, in {@link System#nanoTime}: too late, nothing is read
   */
  public Optional<Word> find(long id, long asked) {
    return Optional.ofNullable(call(asked, mapper -> mapper.find(id)));
  }

  /**
   * Inserts a word, which is committed on return, and gives its id.
   *
   * @param asked when the request came, in {@link System#nanoTime}: too late, nothing is inserted
   */
  public long insert(String text, String definition, long asked) {
    return call(asked, mapper -> mapper.insert(text, definition));
  }

  /** The highest id, or 0 when there is no word. */
  public long last() {
    return call(System.nanoTime(), WordMapper::last);
  }

  /** Autocommit: one statement is one transaction, and one round trip. */
  private <T> T call(long asked, Function<WordMapper, T> statement) {
    if (!ready.getAsBoolean()) {
      throw Unavailable.notReady();
    }
    try (SqlSession session = sessions.openSession(true)) {
      // Waits for a connection, so the clock is read afterwards.
      Connection connection = session.getConnection();
      if (limits.isTooLate(asked)) {
        throw new Unavailable("No connection to the database was free in time");
      }
      silent.begin(connection);
      try {
        T result = statement.apply(session.getMapper(WordMapper.class));
        outage.answered();
        return result;
      } finally {
        silent.end(connection);
      }
    } catch (PersistenceException e) {
      throw Unavailable.or(e, "The database does not answer", outage);
    }
  }
}
