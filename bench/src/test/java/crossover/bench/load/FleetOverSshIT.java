package crossover.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import crossover.bench.remote.Sshd;
import crossover.bench.stack.Await;
import crossover.bench.stack.ChildProcess;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdk;
import crossover.bench.stack.Launch;
import crossover.bench.stack.Ports;
import crossover.bench.stack.StartFailure;
import crossover.bench.stack.Watchdog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command of docs/fleet.md for a machine that has only Java. Its sshd is real, and stands in a
 * network of its own, which nothing but the SSH connection leads into or out of.
 */
@Tag("long")
class FleetOverSshIT {
  private static final Installation HERE = Installation.find();
  private static final Pattern CALLING_BACK = Pattern.compile("-R \\d+:127\\.0\\.0\\.1:\\d+ ");
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin/java");

  @TempDir private Path temp;
  private final int registry = Ports.free();
  private final int engine = Ports.free();
  private final int client = firstOfTwo();
  private Watchdog watchdog;
  private Sshd sshd;
  private Path home;

  @BeforeEach
  void install() throws Exception {
    Process unshare = new ProcessBuilder("unshare", "-n", "ip", "link", "set", "lo", "up").start();
    assumeTrue(unshare.waitFor() == 0, "no network namespaces for this user");
    watchdog = Watchdog.open();
    sshd = new Sshd(temp.resolve("sshd"), watchdog, null);
    home = JMeterServer.home(temp.resolve("jmeter"), Optional.of(JMeterServer.plugin()));
    JMeterServer.keyStore(home.resolve("bin"));
    Files.writeString(home.resolve("bin/client.properties"), "client.rmi.localport=" + client);
  }

  @AfterEach
  void end() {
    if (watchdog != null) {
      watchdog.close();
    }
  }

  @Test
  void theCommandStartsAServerThatIsUsedThroughItAndEndsWithIt() throws Exception {
    try (SlowServer server = new SlowServer(arrival -> arrival + 5_000_000L)) {
      String asWell = " -R %s:127.0.0.1:%1$s ".formatted(server.port());
      ChildProcess ssh = start(command().replaceFirst(" -tt ", " -tt" + asWell));
      try (RemoteEngines engines = connect(false)) {
        Map<String, String> to = Map.of("host", "127.0.0.1", "port", server.port());
        Path page = HERE.plans().resolve("page.jmx");
        Slice slice = engines.run(Traffic.closed(page, to, 4, 0.3, 1), Window.UNWATCHED);
        assertThat(slice.errors() + slice.unfinished()).isZero();
        assertThat(slice.requests()).isPositive();
        assertThat(isRunning()).isTrue();
      }
      assertThatThrownBy(() -> connect(true))
          .isInstanceOf(StartFailure.class)
          .hasMessageStartingWith("--remote: 127.0.0.1:" + registry + " is on another machine, or")
          .hasMessageContaining("ssh:user@host");
      ssh.process().destroyForcibly();
      assertThat(Await.until(() -> !isRunning(), Duration.ofMillis(100), Duration.ofMinutes(1)))
          .isTrue();
    }
  }

  @Test
  void aServerThatCannotCallBackIsNamedWithWhatMendsIt() throws Exception {
    start(CALLING_BACK.matcher(command()).replaceAll(""));
    assertThatThrownBy(() -> connect(false))
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith(
            "--remote: 127.0.0.1:" + registry + " cannot reach this machine at 127.0.0.1: set")
        .hasMessageContaining("client.rmi.localport");
  }

  /** JMeter's client listens on the port after the one that it is told. */
  private static int firstOfTwo() {
    int first = Ports.free();
    while (Ports.freeFrom(first + 1) != first + 1) {
      first = Ports.free();
    }
    return first;
  }

  /** That of the page, with free ports, and the folders of this test. */
  private String command() throws IOException {
    Matcher command =
        Pattern.compile("(?m)^ +ssh -tt (.*)$")
            .matcher(Files.readString(Path.of("../docs/fleet.md"), UTF_8));
    assertThat(command.find()).isTrue();
    String network =
        "unshare -n sh -c \"ip link set lo up && exec /usr/sbin/sshd -i -f %s\""
            .formatted(temp.resolve("sshd/sshd_config"));
    assertThat(command.group(1)).containsPattern(CALLING_BACK).contains("me@load1", " && java ");
    return String.join(" ", sshd.client())
        + " -o 'ProxyCommand="
        + network
        + "' -tt "
        + command
            .group(1)
            .replace("1099", String.valueOf(registry))
            .replace("50000", String.valueOf(engine))
            .replace("50002", String.valueOf(client + 1))
            .replace("me@load1", "board")
            .replace("apache-jmeter-5.6.3", home.toString())
            .replace(" && java ", " && " + JAVA + " ");
  }

  private ChildProcess start(String command) {
    ChildProcess ssh =
        new Launch("ssh", List.of("sh", "-c", "exec " + command))
            .log(temp.resolve("ssh.log"))
            .start(watchdog);
    assertThat(Await.until(this::isBound, Duration.ofMillis(100), Duration.ofMinutes(2)))
        .as(() -> ssh.lastLines())
        .isTrue();
    return ssh;
  }

  private boolean isBound() {
    try {
      return Files.readString(home.resolve("bin/jmeter.log"), UTF_8).contains("Bound to RMI");
    } catch (IOException e) {
      return false;
    }
  }

  private boolean isRunning() {
    return ProcessHandle.allProcesses()
        .map(process -> process.info().arguments().map(List::of).orElse(List.of()))
        .anyMatch(arguments -> arguments.contains("-Dserver_port=" + registry));
  }

  private RemoteEngines connect(boolean servedHere) {
    return RemoteEngines.connect(
        List.of("127.0.0.1:" + registry),
        Optional.of(home.resolve("bin/client.properties")),
        servedHere,
        HERE,
        Jdk.of(JAVA),
        temp.resolve("client.log"),
        watchdog);
  }
}
