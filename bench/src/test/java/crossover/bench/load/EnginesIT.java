package crossover.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import crossover.bench.remote.LoadHost;
import crossover.bench.remote.Ssh;
import crossover.bench.remote.Sshd;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Watchdog;
import crossover.bench.stats.BlockDesign.Spot;
import crossover.bench.stats.BlockDesign.Value;
import crossover.bench.stats.ErrorModel;
import crossover.bench.stats.ErrorModel.Contrast;
import crossover.bench.stats.ErrorModel.Fit;
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

/** Several engines as one, each started over a real sshd on the loopback interface. */
@Tag("long")
@Tag("timed")
class EnginesIT {
  private static final Installation HERE = Installation.find();
  private static final Path PAGE = HERE.plans().resolve("page.jmx");
  private static final int USERS = 9;

  @TempDir private Path temp;
  private final Map<String, Generator> started = new HashMap<>();
  private Watchdog watchdog;
  private Sshd sshd;
  private Ssh ssh;

  @BeforeEach
  void connect() throws Exception {
    watchdog = Watchdog.open();
    sshd = new Sshd(temp.resolve("sshd"), watchdog, null);
    ssh = Ssh.connect("board", sshd.client(), watchdog);
  }

  @AfterEach
  void close() {
    ssh.close();
    watchdog.close();
  }

  @Test
  void twoEnginesSeeWhatOneSeesAtTheSameTotalLoadAndLeaveNothing() throws Exception {
    List<LoadHost> hosts = hosts(3);
    try (SlowServer server = new SlowServer(arrival -> arrival + 40_000_000L);
        Engines one = engines(hosts.subList(0, 1));
        Engines two = engines(hosts.subList(1, 3))) {
      Traffic traffic = traffic(server);
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
        assertThat(ofTwo.users()).isEqualTo(USERS);
        assertThat(ofTwo.errors() + ofTwo.unfinished()).isZero();
        assertThat(ResponseTimes.decode(ofTwo.histogram()).getTotalCount())
            .isEqualTo(ofTwo.requests());
        assertThat(ofTwo.p50Millis()).isGreaterThan(39);
      }
      Fit fit = new ErrorModel(List.of(logs), 2).fit(Contrast.of(0, 2, 1, 0));
      assertThat(Math.abs(fit.value())).isLessThan(fit.halfWidth() + Math.log(1.05));
    }
    hosts.forEach(LoadHost::close);
    assertThat(sshd.home()).isEmptyDirectory();
  }

  @Test
  void anEngineThatDiesMakesItsSliceInvalidAndTheOthersCarryTheWholeLoad() throws Exception {
    List<LoadHost> hosts = hosts(2);
    try (SlowServer server = new SlowServer(arrival -> arrival + 5_000_000L);
        Engines engines = engines(hosts)) {
      Traffic traffic = traffic(server);
      AtomicInteger windows = new AtomicInteger();
      Slice broken = engines.run(traffic, killing("engine-2", windows));
      assertThat(broken.unfinished()).isEqualTo(USERS / 2);
      assertThat(broken.errorSample())
          .containsExactly("the load engine on engine-2 died, and the load goes on from engine-1");
      assertThat(windows).hasValue(1);

      Slice whole = engines.run(traffic, Window.UNWATCHED);
      assertThat(whole.users()).isEqualTo(USERS);
      assertThat(whole.unfinished() + whole.errors()).isZero();
      assertThat(whole.requests()).isPositive();

      assertThatThrownBy(() -> engines.run(traffic, killing("engine-1", windows)))
          .isInstanceOf(GeneratorFailure.class)
          .hasMessageContaining("No load engine is left: the load engine on engine-1 died");
    }
  }

  /** Ends an engine's connection, and with it the engine, as soon as the window opens. */
  private Window killing(String engine, AtomicInteger windows) {
    return new Window() {
      @Override
      public void opens() {
        windows.incrementAndGet();
        ProcessHandle.of(started.get(engine).pid()).orElseThrow().destroyForcibly();
      }

      @Override
      public void closes() {}
    };
  }

  private static Traffic traffic(SlowServer server) {
    Map<String, String> properties = Map.of("host", "127.0.0.1", "port", server.port());
    return Traffic.closed(PAGE, properties, USERS, 0.3, 1);
  }

  private List<LoadHost> hosts(int count) {
    List<LoadHost> hosts = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      hosts.add(LoadHost.prepare(ssh, number, HERE, List.of(PAGE)));
    }
    return hosts;
  }

  private Engines engines(List<LoadHost> hosts) {
    Engines engines = new Engines();
    for (LoadHost host : hosts) {
      String name = "engine-" + (started.size() + 1);
      Generator generator =
          Generator.over(
              host.start(
                  name, Generator.arguments("bench.jar", "lib/*", "jmeter", Optional.empty())));
      started.put(name, generator);
      engines.add(name, generator, host::plan);
    }
    return engines;
  }
}
