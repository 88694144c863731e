package crossover.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdk;
import crossover.bench.stack.Ports;
import crossover.bench.stack.StartFailure;
import crossover.bench.stack.Watchdog;
import crossover.bench.stats.BlockDesign.Spot;
import crossover.bench.stats.BlockDesign.Value;
import crossover.bench.stats.ErrorModel;
import crossover.bench.stats.ErrorModel.Contrast;
import crossover.bench.stats.ErrorModel.Fit;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Load from stock {@code jmeter-server}s on the loopback interface, with SSL as JMeter has it. */
@Tag("timed")
class FleetIT {
  private static final Installation HERE = Installation.find();
  private static final Path PAGE = HERE.plans().resolve("page.jmx");
  private static final Jdk JDK = Jdk.of(Path.of(System.getProperty("java.home"), "bin/java"));
  private static final int USERS = 9;

  @TempDir private Path temp;
  private Watchdog watchdog;
  private Path home;

  @BeforeEach
  void install() throws Exception {
    watchdog = Watchdog.open();
    home = JMeterServer.home(temp.resolve("jmeter"), Optional.of(JMeterServer.plugin()));
    JMeterServer.keyStore(home.resolve("bin"));
  }

  @AfterEach
  void end() {
    watchdog.close();
  }

  @Test
  void twoServersSeeWhatOneSeesAtTheSameTotalLoad() throws Exception {
    try (SlowServer server = new SlowServer(arrival -> arrival + 40_000_000L);
        JMeterServer a = JMeterServer.start(home, watchdog);
        JMeterServer b = JMeterServer.start(home, watchdog);
        JMeterServer c = JMeterServer.start(home, watchdog);
        RemoteEngines one = engines(a.name());
        RemoteEngines two = engines(b.name(), c.name())) {
      Traffic traffic = traffic(server);
      double known = USERS / 0.040; // requests a second
      Map<String, Double> best = new HashMap<>();
      List<Value> logs = new ArrayList<>();
      for (int pair = -1; pair < 6; pair++) {
        boolean oneFirst = pair % 2 == 0;
        Slice first = (oneFirst ? one : two).run(traffic, Window.UNWATCHED);
        Slice second = (oneFirst ? two : one).run(traffic, Window.UNWATCHED);
        Slice ofTwo = oneFirst ? second : first;
        Slice ofOne = oneFirst ? first : second;
        if (pair >= 0) { // the pair before is for warming up
          int placeOfOne = oneFirst ? 0 : 1;
          logs.add(new Value(new Spot(pair, 1, 0, placeOfOne), Math.log(ofOne.throughput())));
          logs.add(new Value(new Spot(pair, 1, 1, 1 - placeOfOne), Math.log(ofTwo.throughput())));
        }
        System.out.printf(
            "one %.1f/s p50 %.2f ms, two %.1f/s p50 %.2f ms, opened within %.2f ms%n",
            ofOne.throughput(),
            ofOne.p50Millis(),
            ofTwo.throughput(),
            ofTwo.p50Millis(),
            ofTwo.openingSpreadMillis());
        // Each user may have an answer to what was sent before the window.
        assertThat(ofOne.throughput()).isLessThanOrEqualTo(known + USERS);
        assertThat(ofTwo.throughput()).isLessThanOrEqualTo(known + USERS);
        best.merge("one", ofOne.throughput(), Math::max);
        best.merge("two", ofTwo.throughput(), Math::max);
        assertThat(ofTwo.users()).isEqualTo(USERS);
        assertThat(ofTwo.errors() + ofTwo.unfinished()).isZero();
        assertThat(ResponseTimes.decode(ofTwo.histogram()).getTotalCount())
            .isEqualTo(ofTwo.requests());
        assertThat(ofTwo.p50Millis()).isGreaterThan(39);
        assertThat(ofTwo.openingSpreadMillis()).isPositive();
        assertThat(ofOne.openingSpreadMillis()).isZero();
      }
      Fit fit = new ErrorModel(List.of(logs), 2).fit(Contrast.of(0, 2, 1, 0));
      System.out.printf("two to one, log ratio %.4f ± %.4f%n", fit.value(), fit.halfWidth());
      assertThat(best).allSatisfy((engines, rate) -> assertThat(rate).isGreaterThan(0.8 * known));

      Slice open = two.run(open(server), Window.UNWATCHED);
      assertThat(open.requests()).isEqualTo(100);
      assertThat(open.errors() + open.unfinished()).isZero();
    }
  }

  @Test
  void aServerThatDiesMakesItsSliceInvalidAndTheOthersCarryTheWholeLoad() throws Exception {
    try (SlowServer server = new SlowServer(arrival -> arrival + 5_000_000L);
        JMeterServer a = JMeterServer.start(home, watchdog);
        JMeterServer b = JMeterServer.start(home, watchdog);
        RemoteEngines engines = engines(a.name(), b.name())) {
      Traffic traffic = traffic(server);
      AtomicInteger windows = new AtomicInteger();
      Slice broken = engines.run(traffic, killing(b, windows));
      assertThat(broken.unfinished()).isEqualTo(USERS / 2);
      assertThat(broken.errorSample())
          .containsExactly(
              "the load engine "
                  + b.name()
                  + " does not answer, and the load goes on from "
                  + a.name());
      assertThat(windows).hasValue(1);

      Slice whole = engines.run(traffic, Window.UNWATCHED);
      assertThat(whole.users()).isEqualTo(USERS);
      assertThat(whole.unfinished() + whole.errors()).isZero();
      assertThat(whole.requests()).isPositive();

      assertThatThrownBy(() -> engines.run(traffic, killing(a, windows)))
          .isInstanceOf(GeneratorFailure.class)
          .hasMessageContaining("No load engine is left");
      for (int tries = 0; engines.isAlive() && tries < 100; tries++) {
        Thread.sleep(100); // it says why, and then ends
      }
      assertThat(engines.isAlive()).isFalse();
    }
  }

  @Test
  void aServerThatWasRestartedIsNotWaitedForAndNotUsedAgain() throws Exception {
    int port = Ports.free();
    String engine = "-Jserver.rmi.localport=" + Ports.free();
    try (SlowServer server = new SlowServer(arrival -> arrival + 5_000_000L);
        JMeterServer a = JMeterServer.start(home, watchdog);
        JMeterServer b = JMeterServer.start(home, watchdog, port, engine);
        RemoteEngines engines = engines(a.name(), b.name())) {
      Traffic traffic = traffic(server);
      assertThat(engines.run(traffic, Window.UNWATCHED).unfinished()).isZero();
      b.kill();
      try (JMeterServer again = JMeterServer.start(home, watchdog, port, engine)) {
        Slice broken = engines.run(traffic, Window.UNWATCHED);
        assertThat(broken.unfinished()).isEqualTo(USERS / 2);
        assertThat(broken.lostEngines()).singleElement().asString().contains(again.name());

        Slice whole = engines.run(traffic, Window.UNWATCHED);
        assertThat(whole.unfinished() + whole.errors()).isZero();
        assertThat(whole.users()).isEqualTo(USERS);
      }
    }
  }

  @Test
  void aServerThatCannotBeUsedIsNamedWithWhatMendsIt() throws Exception {
    int free = Ports.free();
    refuses("no jmeter-server at 127.0.0.1:" + free, "-Dserver_port=" + free, "127.0.0.1:" + free);

    Path stock = JMeterServer.home(temp.resolve("stock"), Optional.empty());
    Path keys = home.resolve("bin/rmi_keystore.jks");
    Files.copy(keys, stock.resolve("bin/rmi_keystore.jks"));
    try (JMeterServer server = JMeterServer.start(stock, watchdog)) {
      refuses(server.name() + " has no plug-in", "into lib/ext", server.name());
    }
    Path old = JMeterServer.home(temp.resolve("old"), Optional.of(otherVersion()));
    Files.copy(keys, old.resolve("bin/rmi_keystore.jks"));
    try (JMeterServer server = JMeterServer.start(old, watchdog)) {
      refuses(server.name() + " has crossover-jmeter-plugin 0.0.7", "replace it", server.name());
    }
    try (JMeterServer server =
        JMeterServer.start(home, watchdog, "-Jserver.rmi.ssl.disable=true")) {
      refuses(server.name() + " has another key store", "rmi_keystore.jks", server.name());
    }
    Path other = JMeterServer.home(temp.resolve("other"), Optional.of(JMeterServer.plugin()));
    JMeterServer.keyStore(other.resolve("bin"));
    try (JMeterServer server = JMeterServer.start(other, watchdog)) {
      refuses(server.name() + " has another key store", "rmi_keystore.jks", server.name());
    }
    Files.delete(keys);
    refuses("no key store", "keytool -genkeypair", "127.0.0.1:" + free);
  }

  private void refuses(String what, String remedy, String server) {
    assertThatThrownBy(() -> engines(server).close())
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith("--remote: " + what)
        .hasMessageContaining(remedy)
        .hasMessageNotContaining("\n");
  }

  /** The plug-in, saying that it is of another version. */
  private Path otherVersion() throws Exception {
    Path jar = Files.copy(JMeterServer.plugin(), temp.resolve("crossover-jmeter-plugin-0.0.7.jar"));
    try (FileSystem files = FileSystems.newFileSystem(jar)) {
      Files.writeString(files.getPath("crossover/bench/load/plugin.version"), "0.0.7");
    }
    return jar;
  }

  private static Window killing(JMeterServer server, AtomicInteger windows) {
    return new Window() {
      @Override
      public void opens() {
        windows.incrementAndGet();
        server.kill();
      }

      @Override
      public void closes() {}
    };
  }

  private static Traffic traffic(SlowServer server) {
    Map<String, String> properties = Map.of("host", "127.0.0.1", "port", server.port());
    return Traffic.closed(PAGE, properties, USERS, 0.3, 1);
  }

  private static Traffic open(SlowServer server) {
    Map<String, String> properties = Map.of("host", "127.0.0.1", "port", server.port());
    return Traffic.open(PAGE, properties, USERS, 100, 1, 1);
  }

  private RemoteEngines engines(String... servers) throws Exception {
    Path properties = home.resolve("bin/jmeter.properties");
    return RemoteEngines.connect(
        List.of(servers), Optional.of(properties), HERE, JDK, temp.resolve("client.log"), watchdog);
  }
}
