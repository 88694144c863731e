package crossover.bench.war;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.stack.Cpus;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdks;
import crossover.bench.stack.Stack;
import crossover.bench.stack.Tomcat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each model uses all of its connections, and the clients' event loops share them evenly. */
class ConnectionsIT {
  private static final int POOL = 8;
  private static final int LOOPS = 2;

  private static Stack stack;
  private static Map<String, Tomcat> tomcats;

  @BeforeAll
  static void open() {
    Installation installation = Installation.find();
    stack = Stack.open(installation, Cpus.free(), null, null);
    tomcats = new HashMap<>();
    for (String pipelining : List.of("16", "1")) {
      launch(pipelining, installation.war(), pipelining, "/health");
    }
    launch("plain", installation.root().resolve("bench/target/bounds.war"), "16", "/sync/words/1");
  }

  private static void launch(String name, Path war, String pipelining, String ready) {
    Map<String, String> settings = new HashMap<>(MatrixIT.PATIENT);
    settings.put("crossover.jdbc.pool", Integer.toString(POOL));
    settings.put("crossover.pipelining", pipelining);
    List<String> jvm = new ArrayList<>(MatrixIT.JVM);
    jvm.add("-XX:ActiveProcessorCount=" + LOOPS);
    Tomcat tomcat = stack.launch(name, war, 11, Jdks.newest(), jvm, settings, 0);
    tomcats.put(name, tomcat);
    tomcat.awaitReady(ready, 200);
  }

  @AfterAll
  static void close() {
    stack.close();
  }

  /**
   * Blocking reads are left out: HikariCP gives a thread the connection that it had before, and on
   * two cores a few of eight suffice for reads from memory. "plain" is what the experiment "bounds"
   * compares with: on fewer connections a call costs less.
   */
  @ParameterizedTest
  @CsvSource({
    "16,/sync,/form",
    "16,/wrapped,/form",
    "16,/native,/form",
    "1,/native,/form",
    "16,/native,/words/77",
    "1,/native,/words/77",
    "plain,/native,/words/77"
  })
  void underManyUsersEveryConnectionDoesItsShare(String server, String model, String view)
      throws Exception {
    int port = tomcats.get(server).port();
    Users.Request request = view.equals("/form") ? Users.post(model) : Users.get(model + view);
    Users.ask(port, 32, 20, request);
    Map<Integer, Duration> before = backends();
    int status = view.equals("/form") ? 303 : 200;
    assertThat(Users.ask(port, 32, 500, request)).isEqualTo(Map.of(status, 16_000));
    List<Long> spent = spent(before, backends()).subList(0, POOL);
    double mean = spent.stream().mapToLong(Long::longValue).average().orElseThrow();
    assertThat((double) spent.get(0)).as("CPU in ms: %s", spent).isLessThanOrEqualTo(2 * mean);
  }

  /**
   * How much each loop then works differs: of the connections, the client uses first what was freed
   * last, so a few do most.
   */
  @Test
  void everyEventLoopOfRedisHasItsShareOfTheConnections() throws Exception {
    Tomcat tomcat = tomcats.get("16");
    assertThat(Users.ask(tomcat.port(), 32, 20, Users.get("/native/cached/77")))
        .isEqualTo(Map.of(200, 640));
    List<Integer> shares = connectionsOfLoops(tomcat.pid(), stack.redis().getPort());
    assertThat(shares).hasSize(LOOPS);
    assertThat(shares.stream().mapToInt(Integer::intValue).sum()).isGreaterThanOrEqualTo(POOL);
    assertThat(Collections.max(shares) - Collections.min(shares)).isLessThanOrEqualTo(1);
  }

  /**
   * As many as a load test of a few thousand users: they wait, as they do for a thread of Tomcat's.
   */
  @ParameterizedTest
  @CsvSource({"/sync", "/wrapped", "/native"})
  void aCrowdWaitsAndIsServed(String model) throws Exception {
    int port = tomcats.get("16").port();
    assertThat(Users.ask(port, 2_000, 2, Users.get(model + "/words/77")))
        .isEqualTo(Map.of(200, 4_000));
  }

  /** What each has spent since, in milliseconds; the most first. */
  private static List<Long> spent(Map<Integer, Duration> before, Map<Integer, Duration> after) {
    return after.entrySet().stream()
        .map(
            each ->
                each.getValue().minus(before.getOrDefault(each.getKey(), Duration.ZERO)).toMillis())
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  /** The CPU time so far of each process that serves a connection of the WAR. */
  private static Map<Integer, Duration> backends() throws SQLException {
    Map<Integer, Duration> backends = new HashMap<>();
    try (Connection connection = stack.database().connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select pid from pg_stat_activity where application_name in"
                    + " ('crossover', 'vertx-pg-client')")) {
      while (rows.next()) {
        int pid = rows.getInt(1);
        ProcessHandle.of(pid)
            .flatMap(process -> process.info().totalCpuDuration())
            .ifPresent(cpu -> backends.put(pid, cpu));
      }
    }
    return backends;
  }

  /** Of each selector of a process that has any: its connections to a local port. */
  private static List<Integer> connectionsOfLoops(long pid, int port) throws IOException {
    Path process = Path.of("/proc", Long.toString(pid));
    Set<String> sockets = socketsTo(process, port);
    List<Integer> connections = new ArrayList<>();
    for (Map.Entry<String, String> file : files(process).entrySet()) {
      if (file.getValue().contains("eventpoll")) {
        int count = 0;
        for (String line : Files.readAllLines(process.resolve("fdinfo/" + file.getKey()))) {
          // "tfd:       45 events:       19 …" is a file that the selector waits for.
          if (line.startsWith("tfd:")
              && sockets.contains(files(process).get(line.split("\\s+", 3)[1]))) {
            count++;
          }
        }
        if (count > 0) {
          connections.add(count);
        }
      }
    }
    return connections;
  }

  /** What the numbers of a process's open files stand for. */
  private static Map<String, String> files(Path process) throws IOException {
    Map<String, String> files = new HashMap<>();
    try (Stream<Path> numbers = Files.list(process.resolve("fd"))) {
      for (Path number : numbers.toList()) {
        if (Files.isSymbolicLink(number)) { // still open
          files.put(number.getFileName().toString(), Files.readSymbolicLink(number).toString());
        }
      }
    }
    return files;
  }

  /** The sockets of a process that are connected to a local port. */
  private static Set<String> socketsTo(Path process, int port) throws IOException {
    Set<String> sockets = new HashSet<>();
    for (String table : List.of("net/tcp", "net/tcp6")) {
      for (String line : Files.readAllLines(process.resolve(table))) {
        String[] columns = line.strip().split("\\s+", 11);
        if (columns[2].endsWith(String.format(Locale.ROOT, ":%04X", port))) {
          sockets.add("socket:[" + columns[9] + "]");
        }
      }
    }
    return sockets;
  }
}
