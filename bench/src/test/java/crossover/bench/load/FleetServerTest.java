package crossover.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.rmi.server.RMIClientSocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FleetServerTest {
  @Test
  void aRegistryThatTakesConnectionsAndSaysNothingIsNotWaitedForWithoutEnd() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      RMIClientSocketFactory sockets =
          FleetServer.limited(SSLSocketFactory.getDefault()::createSocket, 200);
      Registry registry = LocateRegistry.getRegistry("127.0.0.1", silent.getLocalPort(), sockets);
      assertThatThrownBy(() -> registry.lookup("any"))
          .hasRootCauseInstanceOf(SocketTimeoutException.class)
          .satisfies(e -> assertThat(FleetFault.of(e)).startsWith("takes connections and does"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "load1:1099,     '',    '',    false",
    "localhost:1099, '',    '',    true",
    "127.0.0.1:1099, '',    '',    true",
    "[::1]:1099,     '',    '',    true",
    "127.0.0.1:1099, '',    boot,  false",
    "127.0.0.1:1099, boot,  '',    false",
    "127.0.0.1:1099, boot,  other, false",
    "load1:1099,     boot,  boot,  true",
  })
  void itIsHereByItsNameWhereTheSystemDoesNotTell(
      String name, String own, String there, boolean here) {
    assertThat(FleetServer.isHere(name, own, there)).isEqualTo(here);
  }
}
