package crossover.bench.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import crossover.bench.experiment.LinkSpec;
import crossover.bench.link.LinkControl;
import crossover.bench.stack.ChildProcess;
import crossover.bench.stack.Echo;
import crossover.bench.stack.StartFailure;
import crossover.bench.stack.TestJvm;
import crossover.bench.stack.Watchdog;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The link as a process of its own. */
@Timeout(60)
class LinkTest {
  @TempDir private Path logs;
  private final Watchdog watchdog = Watchdog.open();

  @AfterEach
  void closeTheWatchdog() {
    watchdog.close();
  }

  @Test
  void twoThousandConnectionsAtOnceAllGetTheirOwnAnswer() throws Exception {
    try (Echo echo = new Echo();
        Link link = open("5ms", echo)) {
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), link.localPort());
      List<SocketChannel> clients = new ArrayList<>();
      try {
        for (int i = 0; i < 2_000; i++) {
          clients.add(SocketChannel.open(address));
        }
        for (int i = 0; i < clients.size(); i++) {
          clients.get(i).write(ByteBuffer.allocate(Integer.BYTES).putInt(i).flip());
        }
        for (int i = 0; i < clients.size(); i++) {
          ByteBuffer answer = ByteBuffer.allocate(Integer.BYTES);
          while (answer.hasRemaining() && clients.get(i).read(answer) >= 0) {}
          assertThat(answer.flip().getInt()).isEqualTo(i);
        }
        assertThat(link.relay().figures().connections()).isEqualTo(2_000);
      } finally {
        for (SocketChannel client : clients) {
          client.close();
        }
      }
    }
  }

  @Test
  void faultsAndFiguresReachTheProcess() throws Exception {
    try (Echo echo = new Echo();
        Link link = open("1ms", echo);
        Socket client = connect(link)) {
      client.getOutputStream().write(1);
      assertThat(client.getInputStream().read()).isEqualTo(1);
      assertThat(link.relay().figures().bytes()).isEqualTo(2);
      assertThat(link.relay().figures().connections()).isEqualTo(1);
      link.relay().refuse();
      assertThatThrownBy(() -> connect(link)).isInstanceOf(ConnectException.class);
      link.relay().restore();
      connect(link).close();
      link.relay().reset();
      assertThatThrownBy(() -> client.getInputStream().read()).hasMessageContaining("reset");
    }
  }

  @Test
  void closingEndsTheProcessAndFreesThePort() throws Exception {
    try (Echo echo = new Echo()) {
      Link link = open("0ms", echo);
      ProcessHandle process = ProcessHandle.of(link.pid()).orElseThrow();
      link.close();
      assertThat(process.isAlive()).isFalse();
      assertThatThrownBy(() -> connect(link)).isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void aLinkThatDiedSaysSo() throws Exception {
    try (Echo echo = new Echo();
        Link link = open("0ms", echo)) {
      ProcessHandle process = ProcessHandle.of(link.pid()).orElseThrow();
      process.destroyForcibly();
      process.onExit().join();
      assertThatThrownBy(link.relay()::figures)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("has died");
    }
  }

  @Test
  void aTargetThatHasNoAddressIsToldByName() {
    assertThatThrownBy(
            () ->
                Link.open(
                    LinkSpec.NONE,
                    "no-such-host.invalid",
                    1,
                    logs.resolve("link.log"),
                    List.of(),
                    watchdog))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("no-such-host.invalid");
  }

  @Test
  void aProcessThatHasNoPortIsClosed() {
    try (ChildProcess process = TestJvm.start("the link", WithoutPort.class, null, watchdog)) {
      assertThatThrownBy(() -> new Link(process))
          .isInstanceOf(StartFailure.class)
          .hasMessage("the link did not start: the link: no port is free");
      assertThat(process.isAlive()).isFalse();
    }
  }

  /** A link's process that cannot say its port. */
  static final class WithoutPort {
    public static void main(String[] args) throws IOException {
      TestJvm.serve(
          LinkControl.class,
          (proxy, method, arguments) -> {
            throw new IOException("no port is free");
          });
    }
  }

  private Link open(String spec, Echo echo) {
    int port = echo.address().getPort();
    return Link.open(
        LinkSpec.parse(spec), "127.0.0.1", port, logs.resolve("link.log"), List.of(), watchdog);
  }

  private static Socket connect(Link link) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), link.localPort());
    socket.setSoTimeout(10_000);
    return socket;
  }
}
