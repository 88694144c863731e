package crossover.bench.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {
  @Test
  void freePortsAreDifferentAndCanBeHad() {
    assertThat(Stream.generate(Ports::free).limit(20)).doesNotHaveDuplicates().hasSize(20);
    assertThatCode(() -> Ports.requireFree(Ports.free())).doesNotThrowAnyException();
  }

  @Test
  void whatAnotherProcessHasChosenIsNotChosenBeforeItListens() throws Exception {
    int port = Ports.free();
    Ports.release(port);
    try (DatagramSocket other = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
      assertThat(Ports.freeFrom(other.getLocalPort())).isGreaterThan(port);
    }
  }

  /** Another process may be first: several ports, of which one is enough. */
  @Test
  void aReleasedPortCanBeChosenAgain() {
    assertThat(Stream.generate(Ports::free).limit(5))
        .anySatisfy(
            port -> {
              Ports.release(port);
              assertThat(Ports.freeFrom(port)).isEqualTo(port);
            });
  }

  @Test
  void aServerThatCannotBeStartedKeepsNoPort(@TempDir Path folder) {
    Path absent = folder.resolve("absent");
    Installation here = new Installation(absent);
    assertThat(Stream.generate(Ports::free).limit(5))
        .anySatisfy(
            port -> {
              Tomcat.Spec spec =
                  new Tomcat.Spec(
                      "x", absent, "", 11, Optional.empty(), null, List.of(), Map.of(), port);
              assertThatThrownBy(() -> Tomcat.start(spec, absent, Map.of(), here, folder, null))
                  .isInstanceOf(StartFailure.class);
              assertThat(Ports.freeFrom(port)).isEqualTo(port);
            });
  }

  @Test
  void aTakenPortIsNamed() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> Ports.requireFree(socket.getLocalPort()))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("port " + socket.getLocalPort())
          .hasMessageContaining("name another port");
    }
  }
}
