package crossover.bench.load;

import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdk;
import crossover.bench.stack.Watchdog;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Stock {@code jmeter-server}s on the loopback interface, with SSL as JMeter has it. */
abstract class JMeterServers {
  static final Installation HERE = Installation.find();
  static final Path PAGE = HERE.plans().resolve("page.jmx");
  static final Jdk JDK = Jdk.of(Path.of(System.getProperty("java.home"), "bin/java"));
  static final int USERS = 9;

  @TempDir static Path home;
  @TempDir Path temp;
  Watchdog watchdog;

  @BeforeAll
  static void install() throws Exception {
    JMeterServer.home(home, Optional.of(JMeterServer.plugin()));
    JMeterServer.keyStore(home.resolve("bin"));
  }

  @BeforeEach
  void open() {
    watchdog = Watchdog.open();
  }

  @AfterEach
  void end() {
    watchdog.close();
  }

  static Map<String, String> to(SlowServer server) {
    return Map.of("host", "127.0.0.1", "port", server.port());
  }

  static Traffic traffic(SlowServer server) {
    return Traffic.closed(PAGE, to(server), USERS, 0.3, 1);
  }

  RemoteEngines engines(String... servers) throws Exception {
    Path properties = home.resolve("bin/jmeter.properties");
    return RemoteEngines.connect(
        List.of(servers),
        Optional.of(properties),
        true,
        HERE,
        JDK,
        temp.resolve("client.log"),
        watchdog);
  }
}
