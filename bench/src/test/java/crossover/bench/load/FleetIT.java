package crossover.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import crossover.bench.stack.Ports;
import crossover.bench.stack.StartFailure;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What load machines are given, what happens when one is lost, and which are refused. */
class FleetIT extends JMeterServers {
  @Test
  void filesThatAServerHasLostCostOneSlice() throws Exception {
    Path files = Files.createDirectory(temp.resolve("files"));
    try (SlowServer server = new SlowServer(arrival -> arrival + 5_000_000L);
        JMeterServer a = JMeterServer.start(home, watchdog, "-Djava.io.tmpdir=" + files);
        JMeterServer b = JMeterServer.start(home, watchdog, "-Djava.io.tmpdir=" + files);
        RemoteEngines engines = engines(a.name(), b.name())) {
      assertThat(engines.run(traffic(server), Window.UNWATCHED).unfinished()).isZero();
      List<Path> folders = planFolders(files);
      assertThat(folders).hasSize(2);
      for (Path folder : folders) {
        try (Stream<Path> all = Files.walk(folder)) {
          for (Path plan : all.filter(file -> file.endsWith("page.jmx")).toList()) {
            Files.delete(plan);
          }
        }
      }
      assertThatThrownBy(() -> engines.run(traffic(server), Window.UNWATCHED))
          .isInstanceOf(GeneratorFailure.class)
          .hasMessageContaining("page.jmx");
      assertThat(engines.run(traffic(server), Window.UNWATCHED).unfinished()).isZero();
    }
  }

  @Test
  void linesOfAFileAreDealtOutToTheServersOrGoWholeAsThePlanSays() throws Exception {
    try (RecordingServer server = new RecordingServer();
        JMeterServer a = JMeterServer.start(home, watchdog);
        JMeterServer b = JMeterServer.start(home, watchdog);
        RemoteEngines engines = engines(a.name(), b.name())) {
      Files.writeString(temp.resolve("dealt.csv"), "a\nb\nc\nd\n");
      Files.writeString(temp.resolve("whole.csv"), "1\n2\n");
      String csv = csv("dealt.csv", "letter", "all") + csv("whole.csv", "number", "thread");
      Path plan =
          Files.writeString(
              temp.resolve("files.jmx"), Jmx.plan(1, -1, csv, Jmx.get("/${letter}${number}")));
      Map<String, String> to = Map.of("host", "127.0.0.1", "port", "" + server.port());
      for (int slices = 0; slices < 2; slices++) { // the second finds the files there
        Slice slice = engines.run(Traffic.closed(plan, to, 2, 0, 0.5), Window.UNWATCHED);
        assertThat(slice.errors() + slice.unfinished()).isZero();
      }
      // One server's user reads a, c and 1, 2 in turns, that of the other b, d and 1, 2.
      assertThat(
              server.requests().stream()
                  .map(r -> r.replaceAll("(?s)^GET (\\S+).*", "$1"))
                  .distinct())
          .containsExactlyInAnyOrder("/a1", "/c2", "/b1", "/d2");
    }
  }

  private static String csv(String file, String variable, String share) {
    return Jmx.bean(
        "CSVDataSet",
        file,
        Jmx.text("filename", file)
            + Jmx.text("variableNames", variable)
            + Jmx.text("delimiter", ",")
            + Jmx.flag("recycle", true)
            + Jmx.text("shareMode", "shareMode." + share));
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
          .containsExactly("the load engine " + b.name() + " does not answer");
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
    Path earlier = JMeterServer.home(temp.resolve("5.6.2"), Optional.of(JMeterServer.plugin()));
    JMeterServer.sayVersion(earlier, "5.6.2");
    Files.copy(keys, earlier.resolve("bin/rmi_keystore.jks"));
    try (JMeterServer server = JMeterServer.start(earlier, watchdog)) {
      refuses(
          server.name() + " has JMeter 5.6.2, and this is 5.6.3",
          "install JMeter 5.6.3 there",
          server.name());
    }
    Path oldJava = JMeterServer.home(temp.resolve("oldJava"), Optional.of(forALaterJava()));
    Files.copy(keys, oldJava.resolve("bin/rmi_keystore.jks"));
    try (JMeterServer server = JMeterServer.start(oldJava, watchdog)) {
      refuses(server.name() + " runs on a Java older than 17", "start it on 17", server.name());
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
    Path kept = Files.move(keys, temp.resolve("kept.jks"));
    try {
      refuses("no key store", "keytool -genkeypair", "127.0.0.1:" + free);
    } finally {
      Files.move(kept, keys);
    }
  }

  @Test
  void aServerThatRunsAnothersTestIsNamed() throws Exception {
    try (SlowServer server = new SlowServer(arrival -> arrival + 5_000_000L);
        JMeterServer a = JMeterServer.start(home, watchdog);
        RemoteEngines others = engines(a.name())) {
      CountDownLatch begun = new CountDownLatch(1);
      Window window =
          new Window() {
            @Override
            public void opens() {
              begun.countDown();
            }

            @Override
            public void closes() {}
          };
      CompletableFuture<Slice> theirs =
          CompletableFuture.supplyAsync(
              () -> others.run(Traffic.closed(PAGE, to(server), 1, 0, 600), window));
      begun.await();
      refuses(a.name() + " is busy with another test", "wait for its end, or restart it", a.name());
      assertThat(theirs).isNotDone();
    }
  }

  @Test
  void whatAKilledServerLeavesTheNextOneRemoves() throws Exception {
    Path files = Files.createDirectory(temp.resolve("files"));
    String folder = "-Djava.io.tmpdir=" + files;
    try (JMeterServer alive = JMeterServer.start(home, watchdog, folder);
        JMeterServer killed = JMeterServer.start(home, watchdog, folder)) {
      engines(alive.name(), killed.name()).close();
      assertThat(planFolders(files)).hasSize(2);
      killed.kill();
      try (JMeterServer next = JMeterServer.start(home, watchdog, folder);
          RemoteEngines engines = engines(alive.name(), next.name());
          SlowServer server = new SlowServer(arrival -> arrival + 5_000_000L)) {
        assertThat(planFolders(files)).hasSize(2);
        assertThat(engines.run(traffic(server), Window.UNWATCHED).unfinished()).isZero();
      }
    }
  }

  private static List<Path> planFolders(Path parent) throws IOException {
    try (Stream<Path> all = Files.list(parent)) {
      return all.filter(f -> f.getFileName().toString().startsWith("crossover-plans-")).toList();
    }
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

  /** The plug-in as a Java meets it that is older than its classes. */
  private Path forALaterJava() throws Exception {
    Path jar = Files.copy(JMeterServer.plugin(), temp.resolve("crossover-jmeter-plugin-later.jar"));
    try (FileSystem files = FileSystems.newFileSystem(jar)) {
      Path type = files.getPath("crossover/bench/load/SliceSampler.class");
      byte[] bytes = Files.readAllBytes(type);
      bytes[7] = (byte) 255; // the last of the two bytes of the version
      Files.write(type, bytes);
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
}
