package crossover.bench.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import crossover.bench.stack.Echo;
import crossover.bench.stack.Ports;
import crossover.bench.stack.StartFailure;
import crossover.bench.stack.Watchdog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshIT {
  @TempDir private static Path temp;
  private static Watchdog watchdog;
  private static Sshd sshd;

  @BeforeAll
  static void open() throws Exception {
    watchdog = Watchdog.open();
    sshd = new Sshd(temp.resolve("sshd"), watchdog, null);
  }

  @AfterAll
  static void close() {
    watchdog.close();
  }

  @Test
  void aScriptsOutputAndStatusComeBack() {
    try (Ssh ssh = sshd.connect(watchdog)) {
      ClientProgram.Output output = ssh.run("echo \"it's $((6 * 7))\"; echo oh >&2; exit 3");
      assertThat(output).isEqualTo(new ClientProgram.Output(3, "it's 42\n", "oh\n"));
      assertThat(ssh.hostname()).isEqualTo("127.0.0.1");
    }
  }

  @Test
  void filesArriveWhateverTheyAreCalled() throws Exception {
    Path from = Files.createDirectories(temp.resolve("from/a folder"));
    Files.writeString(from.resolve("it's a $file\n"), "é", UTF_8);
    Path to = Files.createDirectories(temp.resolve("to 'quoted'"));
    try (Ssh ssh = sshd.connect(watchdog)) {
      ssh.copy(temp.resolve("from"), List.of("a folder/it's a $file\n"), to.toString());
    }
    assertThat(to.resolve("a folder/it's a $file\n")).content(UTF_8).isEqualTo("é");
  }

  @Test
  void aPortHereIsReachableThere() throws Exception {
    try (Echo echo = new Echo();
        Ssh ssh = sshd.connect(watchdog)) {
      int there = ssh.reverse("127.0.0.1", echo.address().getPort());
      assertEchoes(InetAddress.getLoopbackAddress(), there);
    }
  }

  private static void assertEchoes(InetAddress address, int port) throws IOException {
    try (Socket socket = new Socket(address, port)) {
      socket.getOutputStream().write(5);
      assertThat(socket.getInputStream().read()).isEqualTo(5);
    }
  }

  @Test
  void aHostKeyThatChangedIsAnErrorThatSaysWhatToDo() throws Exception {
    try (Sshd other = new Sshd(temp.resolve("other"), watchdog, null)) {
      other.trust(other.otherKey());
      assertThatThrownBy(() -> other.connect(watchdog))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("board: its host key is not the one that is known")
          .hasMessageContaining("ssh-keygen -R")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void aHostThatIsUnknownIsAnErrorThatSaysWhatToDo() throws Exception {
    try (Sshd other = new Sshd(temp.resolve("unknown"), watchdog, null)) {
      Files.delete(temp.resolve("unknown/known_hosts"));
      assertThatThrownBy(() -> other.connect(watchdog))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("unknown; connect once by hand: ssh board");
    }
  }

  @Test
  void aKeyThatIsNotAcceptedIsAnErrorThatSaysWhatToDo() throws Exception {
    try (Sshd other = new Sshd(temp.resolve("stranger"), watchdog, null)) {
      Files.writeString(temp.resolve("stranger/authorized_keys"), "");
      assertThatThrownBy(() -> other.connect(watchdog))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("no key was accepted; install yours: ssh-copy-id board");
    }
  }

  @Test
  void aHostThatRefusesIsToldInOneLine() {
    List<String> client = sshd.client(Ports.free());
    assertThatThrownBy(() -> Ssh.connect("board", client, watchdog))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("board: cannot connect")
        .hasMessageContaining("refused")
        .hasMessageNotContaining("\n");
  }

  @Test
  void anOptionIsNoDestination() {
    assertThatThrownBy(() -> Ssh.connect("-oProxyCommand=x", List.of("ssh"), watchdog))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("write user@host");
  }
}
