package crossover.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdks;
import crossover.bench.stack.Watchdog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("timed")
class TurnsIT {
  private static final long MILLI = 1_000_000;
  private static final int USERS = 8;
  private static final Installation HERE = Installation.find();
  private static final Path PAGE = HERE.plans().resolve("page.jmx");

  @TempDir static Path logs;
  private static Watchdog watchdog;
  private static Generator generator;

  @BeforeAll
  static void start() {
    watchdog = Watchdog.open();
    generator =
        Generators.start(
            HERE.jmeter(), Jdks.newest(), List.of(), logs.resolve("generator.log"), watchdog);
  }

  @Test
  void usersWhoThinkTakeNoTurnsAndAreMeasuredInWholeSlices() throws Exception {
    Path plan =
        Files.writeString(
            logs.resolve("think.jmx"),
            Jmx.plan(
                1,
                1,
                Jmx.timer("ConstantTimer", Jmx.text("ConstantTimer.delay", "300")),
                Jmx.get("/a"),
                Jmx.get("/b")));
    try (Watched server = new Watched(arrival -> arrival)) {
      Traffic thinking = server.traffic("", 30).withPlan(plan.toString());
      assertThat(generator.turns(List.of(server.traffic("", 30), thinking))).isEmpty();

      Slice whole = generator.run(thinking, Window.UNWATCHED);
      assertThat(whole.unfinished()).isZero();
      assertThat(whole.labels()).extracting(LabelFigures::label).containsExactly("/a", "/b");
    }
  }

  @Test
  void aPlanThatWaitsOnlyBesideTheLoadTakesTurns() throws Exception {
    String timer = Jmx.timer("ConstantTimer", Jmx.text("ConstantTimer.delay", "1"));
    String toNextLoop =
        Jmx.element("TestAction", "TestActionGui", "next", Jmx.number("ActionProcessor.action", 3));
    Path plan =
        Files.writeString(
            logs.resolve("set-up.jmx"),
            Jmx.file(
                Jmx.group("SetupThreadGroup", 1, 1, timer, Jmx.get("/set-up")),
                Jmx.group("ThreadGroup", 1, 1, Jmx.get("/a"), toNextLoop)));
    try (Watched server = new Watched(arrival -> arrival);
        Turns turns = turns(server.traffic("", 30).withPlan(plan.toString()))) {
      turns.take(0, 0, 0.5);
      assertThat(turns.cut().get(0).requests()).isPositive();
    }
  }

  @Test
  void usersWhoMakeNoRequestAreRefused() throws Exception {
    Path plan =
        Files.writeString(
            logs.resolve("some.jmx"),
            Jmx.plan(
                1,
                1,
                Jmx.element("DebugSampler", "TestBeanGUI", "debug", ""),
                Jmx.controller(
                    "IfController",
                    Jmx.text("IfController.condition", "${__jexl3(${__threadNum} <= 3)}")
                        + Jmx.flag("IfController.useExpression", true),
                    Jmx.get("/a"))));
    try (Watched server = new Watched(arrival -> arrival)) {
      Traffic some = server.traffic("", 2).withPlan(plan.toString());
      assertThatThrownBy(() -> turns(some))
          .isInstanceOf(GeneratorFailure.class)
          .hasMessageContaining("5 of " + USERS + " users of " + plan + " made no HTTP request");
    }
  }

  @AfterAll
  static void stop() {
    generator.close();
    watchdog.close();
  }

  /** A server that remembers what it was asked, and when it was last asked anything. */
  private static final class Watched implements AutoCloseable {
    final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
    final AtomicLong last = new AtomicLong();
    final SlowServer server;

    Watched(LongUnaryOperator due) throws Exception {
      server =
          new SlowServer(
              arrival -> {
                last.set(arrival);
                return due.applyAsLong(arrival);
              },
              first -> {
                asked.add(first);
                return SlowServer.answer("200 OK", "ok");
              });
    }

    Traffic traffic(String path, double drain) {
      Map<String, String> properties = Map.of("host", "127.0.0.1", "port", server.port());
      TreeMap<String, String> all = new TreeMap<>(properties);
      all.put("path", path);
      return new Traffic(PAGE.toString(), all, Traffic.Kind.CLOSED, USERS, 0, 0, 1, drain);
    }

    @Override
    public void close() {
      server.close();
    }
  }

  @Test
  void oneAtATimeIsAtWorkAndAsksItsOwnServerForItsOwnPath() throws Exception {
    try (Watched a = new Watched(arrival -> arrival + 2 * MILLI);
        Watched b = new Watched(arrival -> arrival + 40 * MILLI);
        Turns turns = turns(a.traffic("/a", 30), b.traffic("/b", 30))) {
      long requests = 0;
      long begun = 0;
      turns.take(0, 0, 0.5);
      assertThat(turns.cut().get(0).requests()).as("what is cut off before").isPositive();
      a.asked.clear();
      for (int sweep = 0; sweep < 3; sweep++) {
        long begins = System.nanoTime();
        Turn turn = turns.take(0, 0.02, 0.1);
        requests += turn.requests();
        begun += turn.begun();
        assertThat(b.last.get()).isLessThan(begins);
        begins = System.nanoTime();
        turns.take(1, 0, 0.1);
        assertThat(a.last.get()).isLessThan(begins);
        assertThat(b.last.get()).isGreaterThan(begins);
      }
      List<Slice> slices = turns.cut();

      assertThat(a.asked).allMatch(first -> first.startsWith("GET /a/page "));
      assertThat(b.asked).allMatch(first -> first.startsWith("GET /b/page "));
      Slice slice = slices.get(0);
      assertThat(slice.turns()).isEqualTo(3);
      assertThat(slice.requests()).isEqualTo(requests).isPositive();
      assertThat((long) a.asked.size()).as("all that were begun, counted or not").isEqualTo(begun);
      assertThat(begun).as("with those of lead-in and tail").isGreaterThan(requests);
      assertThat(slice.seconds()).as("lead-in and tail do not count").isCloseTo(0.24, within(1e-6));
      assertThat(slice.throughput()).isCloseTo(requests / 0.24, within(1e-3));
      // Each of the users has an answer every 2 ms at best: no throughput can be above that.
      assertThat(slice.throughput()).isLessThan(USERS / 0.002);
      assertThat(slice.p50Millis()).isBetween(2.0, slices.get(1).p50Millis());
      assertThat(slice.generatorCpuSeconds()).isPositive();
      assertThat(slices).allMatch(s -> s.errors() == 0 && s.unfinished() == 0);
    }
  }

  /** As with a login before the load: JMeter has one set of properties in a process. */
  @Test
  void whatAPlanKeepsInPropertiesIsItsOwn(@TempDir Path folder) throws Exception {
    String login = Jmx.groovy("JSR223Sampler", "props.put('token', props.get('port'))");
    Path plan =
        Files.writeString(
            folder.resolve("login.jmx"),
            Jmx.file(
                Jmx.group("SetupThreadGroup", 1, 1, login),
                Jmx.group("ThreadGroup", 1, 1, Jmx.get("/${__P(token,none)}")),
                Jmx.group("PostThreadGroup", 1, 1, Jmx.get("/bye/${__P(token,none)}"))));
    try (Watched a = new Watched(arrival -> arrival + MILLI);
        Watched b = new Watched(arrival -> arrival + MILLI)) {
      try (Turns turns =
          turns(
              a.traffic("", 30).withPlan(plan.toString()),
              b.traffic("", 30).withPlan(plan.toString()))) {
        turns.take(0, 0, 0.5);
        turns.take(1, 0, 0.5);
      }
      for (Watched each : List.of(a, b)) {
        String token = each.server.port();
        assertThat(each.asked)
            .contains("GET /" + token + " HTTP/1.1", "GET /bye/" + token + " HTTP/1.1")
            .allMatch(first -> first.contains("/" + token + " "));
      }
    }
  }

  @Test
  void eachReadsEveryLineOfAFile(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("data.csv"), "id\n1\n2\n3\n");
    String file = Jmx.text("filename", "data.csv") + Jmx.flag("recycle", true);
    String csv = Jmx.bean("CSVDataSet", "csv", file + Jmx.text("shareMode", "shareMode.all"));
    Path plan = folder.resolve("plan.jmx");
    Files.writeString(plan, Jmx.plan(1, 1, csv, Jmx.get("/item?id=${id}")));
    try (RecordingServer a = new RecordingServer();
        RecordingServer b = new RecordingServer()) {
      List<Traffic> both =
          Stream.of(a, b)
              .map(server -> Map.of("host", "127.0.0.1", "port", "" + server.port()))
              .map(at -> Traffic.closed(plan, at, 1, 0, 1))
              .toList();
      try (Turns turns = generator.turns(both).orElseThrow()) {
        turns.take(0, 0, 1);
        turns.take(1, 0, 1);
      }
      for (RecordingServer server : List.of(a, b)) {
        assertThat(server.requests().stream().limit(4))
            .extracting(request -> request.replaceAll("(?s).*id=(\\d).*", "$1"))
            .containsExactly("1", "2", "3", "1");
      }
    }
  }

  @Test
  void whatTheServerAnswersAfterItsTurnsEndIsAwaitedAndDoesNotCount() throws Exception {
    try (Watched a = new Watched(arrival -> arrival + 300 * MILLI);
        Watched b = new Watched(arrival -> arrival);
        Turns turns = turns(a.traffic("", 30), b.traffic("", 30))) {
      Turn turn = turns.take(0, 0, 0.1);

      assertThat(turn.begun()).isEqualTo(USERS);
      assertThat(turn.requests()).isZero();
      assertThat(turn.seconds()).isGreaterThan(0.3);
    }
  }

  @Test
  void aServerThatStopsAnsweringLosesItsOwnTurnsOnly() throws Exception {
    AtomicLong silence = new AtomicLong(Long.MAX_VALUE);
    try (Watched mute =
            new Watched(arrival -> arrival + (arrival > silence.get() ? 3_600_000 : 1) * MILLI);
        Watched well = new Watched(arrival -> arrival + MILLI);
        Turns turns = turns(mute.traffic("", 1), well.traffic("", 30))) {
      assertThat(turns.take(0, 0, 0.1).over()).isFalse();
      silence.set(System.nanoTime());
      assertThat(turns.take(0, 0, 0.5).over()).isTrue();
      assertThat(turns.take(0, 0, 0.1)).isEqualTo(new Turn(0, 0, 0, 0, true));
      Turn other = turns.take(1, 0, 0.5);
      assertThat(other.over()).isFalse();
      assertThat(other.begun()).isGreaterThanOrEqualTo(USERS);
      List<Slice> slices = turns.cut();

      assertThat(slices.get(0).unfinished()).isEqualTo(USERS);
      assertThat(slices.get(1).unfinished()).isZero();
    }
  }

  @Test
  void aPlanThatIsNoneIsRefusedAndNobodyIsLeft() throws Exception {
    try (Watched a = new Watched(arrival -> arrival)) {
      Traffic none = a.traffic("", 30).withPlan("absent.jmx");

      assertThatThrownBy(() -> turns(a.traffic("", 30), none))
          .isInstanceOf(GeneratorFailure.class)
          .hasMessageContaining("absent.jmx");
      assertThat(generator.run(a.traffic("", 30), Window.UNWATCHED).requests()).isPositive();
    }
  }

  private static Turns turns(Traffic... traffics) {
    return generator.turns(List.of(traffics)).orElseThrow();
  }
}
