package crossover.bench.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import crossover.bench.stack.ChildProcess;
import crossover.bench.stack.Launch;
import crossover.bench.stack.Ports;
import crossover.bench.stack.Tools;
import crossover.bench.stack.Watchdog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A real OpenSSH server on the loopback interface, with a throwaway host key and a throwaway key of
 * the user who runs the tests. It can stand in a mount namespace of its own, where a preparation
 * changes what the "host" has, and nothing outside of it notices.
 */
public final class Sshd implements AutoCloseable {
  private final Path directory;
  private final int port;
  private final ChildProcess process;

  /**
   * Starts it.
   *
   * @param preparation shell commands in a mount namespace of its own; null for none
   */
  public Sshd(Path directory, Watchdog watchdog, String preparation) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/sbin/sshd")), "no /usr/sbin/sshd here");
    assumeTrue(Tools.has("ssh") && Tools.has("ssh-keygen"), "no OpenSSH client here");
    this.directory = Files.createDirectories(directory);
    port = Ports.free();
    boolean root = succeeds(List.of("sh", "-c", "[ $(id -u) = 0 ]"));
    if (root) {
      // What the package's service does at its start; sshd refuses to run as root without it.
      Files.createDirectories(Path.of("/run/sshd"));
    }
    Files.createDirectories(home());
    key("host-key");
    key("user-key");
    Files.copy(directory.resolve("user-key.pub"), directory.resolve("authorized_keys"));
    trust(Files.readString(directory.resolve("host-key.pub")));
    Files.writeString(
        directory.resolve("sshd_config"),
        """
        ListenAddress 127.0.0.1
        Port %d
        HostKey %2$s/host-key
        PidFile none
        AuthorizedKeysFile %2$s/authorized_keys
        StrictModes no
        PasswordAuthentication no
        UsePAM no
        PermitRootLogin prohibit-password
        SetEnv HOME=%2$s/home
        """
            .formatted(port, directory));
    Files.writeString(
        directory.resolve("ssh_config"),
        """
        Host board
          HostName 127.0.0.1
          Port %d
          IdentityFile %2$s/user-key
          IdentitiesOnly yes
          UserKnownHostsFile %2$s/known_hosts
          GlobalKnownHostsFile /dev/null
        """
            .formatted(port, directory));
    String server = "exec /usr/sbin/sshd -D -e -f " + directory.resolve("sshd_config");
    List<String> command = List.of("sh", "-c", server);
    if (preparation != null) {
      assumeTrue(
          root && succeeds(List.of("unshare", "-m", "mount", "-t", "tmpfs", "none", "/mnt")),
          "no mount namespaces for this user");
      command = List.of("unshare", "-m", "sh", "-ec", preparation + "\n" + server);
    }
    process = new Launch("sshd", command).log(directory.resolve("sshd.log")).start(watchdog);
    awaitPort();
  }

  /** The home folder there. */
  public Path home() {
    return directory.resolve("home");
  }

  /** The client with this server's configuration. */
  public List<String> client() {
    return List.of("ssh", "-F", directory.resolve("ssh_config").toString());
  }

  /** The same by another port, such as that of a link before this server. */
  public List<String> client(int otherPort) {
    return List.of(
        "ssh",
        "-F",
        directory.resolve("ssh_config").toString(),
        "-p",
        String.valueOf(otherPort),
        "-o",
        "HostKeyAlias=[127.0.0.1]:" + port);
  }

  Ssh connect(Watchdog watchdog) {
    return Ssh.connect("board", client(), watchdog);
  }

  public int port() {
    return port;
  }

  /** Makes this the only host key that the client knows. */
  void trust(String publicKey) throws IOException {
    Files.writeString(
        directory.resolve("known_hosts"), "[127.0.0.1]:" + port + " " + publicKey, UTF_8);
  }

  /** Another host's key. */
  String otherKey() throws Exception {
    key("other-key");
    return Files.readString(directory.resolve("other-key.pub"));
  }

  private void key(String name) throws Exception {
    Path file = directory.resolve(name);
    if (!succeeds(List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file.toString()))) {
      throw new IOException("ssh-keygen failed");
    }
  }

  private void awaitPort() throws Exception {
    for (long end = System.nanoTime() + Duration.ofSeconds(20).toNanos(); ; Thread.sleep(20)) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
        return;
      } catch (IOException e) {
        if (System.nanoTime() > end || !process.isAlive()) {
          throw process.failure("does not listen");
        }
      }
    }
  }

  private static boolean succeeds(List<String> command) throws Exception {
    return new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  @Override
  public void close() {
    process.close();
  }
}
