package crossover.bench.war;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.stack.Cpus;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdks;
import crossover.bench.stack.Stack;
import crossover.bench.stack.Tomcat;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What PostgreSQL sees: each model uses all of its connections, and evenly. */
class ConnectionsIT {
  private static final int POOL = 8;

  private static Stack stack;
  private static Map<Integer, Tomcat> tomcats;

  @BeforeAll
  static void open() {
    Installation installation = Installation.find();
    stack = Stack.open(installation, Cpus.free(), null, null);
    tomcats = new HashMap<>();
    for (int pipelining : new int[] {16, 1}) {
      Map<String, String> settings = new HashMap<>(MatrixIT.PATIENT);
      settings.put("crossover.jdbc.pool", Integer.toString(POOL));
      settings.put("crossover.pipelining", Integer.toString(pipelining));
      Tomcat tomcat =
          stack.launch(
              "pipelining-" + pipelining,
              installation.war(),
              11,
              Jdks.newest(),
              MatrixIT.JVM,
              settings,
              0);
      tomcats.put(pipelining, tomcat);
      tomcat.awaitReady("/health", status -> status == 200, Tomcat.START_LIMIT);
    }
  }

  @AfterAll
  static void close() {
    stack.close();
  }

  /**
   * Blocking reads are left out: HikariCP gives a thread the connection that it had before, and on
   * two cores a few of eight suffice for reads from memory.
   */
  @ParameterizedTest
  @CsvSource({
    "16,/sync,/form",
    "16,/wrapped,/form",
    "16,/native,/form",
    "1,/native,/form",
    "16,/native,/words/77",
    "1,/native,/words/77"
  })
  void underManyUsersEveryConnectionDoesItsShare(int pipelining, String model, String view)
      throws Exception {
    int port = tomcats.get(pipelining).port();
    Users.Request request = view.equals("/form") ? Users.post(model) : Users.get(model + view);
    Users.ask(port, 32, 20, request);
    Map<Integer, Duration> before = backends();
    int status = view.equals("/form") ? 303 : 200;
    assertThat(Users.ask(port, 32, 500, request)).isEqualTo(Map.of(status, 16_000));
    List<Long> spent =
        backends().entrySet().stream()
            .map(backend -> backend.getValue().minus(spent(before, backend.getKey())).toMillis())
            .sorted((a, b) -> Long.compare(b, a))
            .limit(POOL)
            .toList();
    double mean = spent.stream().mapToLong(Long::longValue).average().orElseThrow();
    assertThat((double) spent.get(0))
        .as("CPU in ms of each backend: %s", spent)
        .isLessThanOrEqualTo(2 * mean);
  }

  /**
   * As many as a load test of a few thousand users: they wait, as they do for a thread of Tomcat's.
   */
  @ParameterizedTest
  @CsvSource({"/sync", "/wrapped", "/native"})
  void aCrowdWaitsAndIsServed(String model) throws Exception {
    int port = tomcats.get(16).port();
    assertThat(Users.ask(port, 2_000, 2, Users.get(model + "/words/77")))
        .isEqualTo(Map.of(200, 4_000));
  }

  private static Duration spent(Map<Integer, Duration> before, int pid) {
    return before.getOrDefault(pid, Duration.ZERO);
  }

  /** The CPU time so far of each process that serves a connection of the WAR. */
  private static Map<Integer, Duration> backends() throws SQLException {
    Map<Integer, Duration> backends = new HashMap<>();
    try (Connection connection = stack.database().connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select pid from pg_stat_activity where application_name = 'crossover'")) {
      while (rows.next()) {
        int pid = rows.getInt(1);
        ProcessHandle.of(pid)
            .flatMap(process -> process.info().totalCpuDuration())
            .ifPresent(cpu -> backends.put(pid, cpu));
      }
    }
    return backends;
  }
}
