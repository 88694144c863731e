package crossover.webapp.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoginsTest {
  /** Or else each try would leave a thread that reads for ever. */
  @Test
  void aLoginThatIsNotAnsweredEndsOnBothSides() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String url = "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/x?sslmode=disable";
      TimeLimits limits = new TimeLimits(Duration.ofSeconds(1));
      Logins logins = new Logins(new DatabaseUrl(url, "x", "x"), limits);

      assertThatThrownBy(logins::getConnection).isInstanceOf(SQLException.class);

      try (Socket server = silent.accept()) {
        server.setSoTimeout(30_000);
        assertThat(server.getInputStream().readAllBytes()).isNotEmpty(); // up to the end
      }
    }
  }

  @Test
  void whatFollowsALoginHasNoTimeLimitOfTheDriver() throws Exception {
    try (PostgresStub server = new PostgresStub()) {
      String url = "jdbc:postgresql://127.0.0.1:" + server.port() + "/x?sslmode=disable";
      Logins logins =
          new Logins(new DatabaseUrl(url, "x", "x"), new TimeLimits(Duration.ofSeconds(1)));
      try (var connection = logins.getConnection()) {
        assertThat(connection.getNetworkTimeout()).isZero();
      }
    }
  }
}
