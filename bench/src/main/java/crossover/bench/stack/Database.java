package crossover.bench.stack;

import crossover.bench.text.Secrets;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * How to reach a PostgreSQL database.
 *
 * @param url a JDBC URL, {@code jdbc:postgresql://host:port/name}
 */
public record Database(String url, String user, String password) implements Serializable {
  /** The time in seconds that a server on the same network surely answers within. */
  private static final String TIMEOUT = "5";

  @Override
  public String toString() {
    return Secrets.masked(url) + " as " + user;
  }

  /** Opens a connection; the caller closes it. */
  public Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("connectTimeout", TIMEOUT);
    properties.setProperty("loginTimeout", TIMEOUT);
    return DriverManager.getConnection(url, properties);
  }

  /**
   * Executes a script: all of it, or nothing.
   *
   * @param name for messages
   * @throws StartFailure with what the database says, if it refuses
   */
  public void execute(String name, String sql) {
    try (Connection connection = connect()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
      connection.commit();
    } catch (SQLException e) {
      throw new StartFailure("the database refuses " + name, e);
    }
  }

  /**
   * Checks a database that the user named.
   *
   * @throws StartFailure if it does not let us in
   */
  public Database requireReachable() {
    try (Connection connection = connect()) {
      if (connection.isValid(5)) {
        return this;
      }
      throw new StartFailure(
          "the database " + Secrets.masked(url) + " accepts connections but answers nothing");
    } catch (SQLException e) {
      throw new StartFailure("cannot reach the database " + Secrets.masked(url) + " as " + user, e);
    }
  }
}
