package crossover.webapp.data;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * JDBC connections whose login has time limits, and what follows has none: {@link
 * SilentConnections} looks after that.
 */
final class Logins extends PGSimpleDataSource {
  private static final long serialVersionUID = 1;

  Logins(DatabaseUrl url, TimeLimits limits) {
    setUrl(url.toString());
    url.jdbc().forEach((name, value) -> set(name.toString(), value));
    set(PGProperty.CONNECT_TIMEOUT.getName(), TimeLimits.CONNECT_MILLIS / 1_000);
    set(PGProperty.LOGIN_TIMEOUT.getName(), limits.loginSeconds());
    // The login timeout frees who waits, but not the thread that reads.
    set(PGProperty.SOCKET_TIMEOUT.getName(), limits.loginSeconds());
  }

  void set(String property, Object value) {
    try {
      setProperty(property, value.toString());
    } catch (SQLException e) {
      throw new IllegalStateException("The driver refuses its own properties", e);
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    Connection connection = super.getConnection(user, password);
    connection.setNetworkTimeout(Runnable::run, 0);
    return connection;
  }

  /** HikariCP's own is shorter than a login may take. */
  @Override
  public void setLoginTimeout(int seconds) {}
}
