package crossover.bench.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.results.Results;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import crossover.bench.stack.Cpus;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Stack;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole run on a PostgreSQL and a Redis that ask for passwords, which nobody gets to see. */
@Tag("long")
class PasswordsIT {
  private static final String OF_DATABASE = "S3cr3tOfPostgres";
  private static final String OF_REDIS = "S3cr3tOfRedis";

  private static final String EXPERIMENT =
      """
      experiment: passwords
      arms:
        - {name: sync, path: /sync, jvm: [-XX:TieredStopAtLevel=1]}
        - {name: native, path: /native, jvm: [-XX:TieredStopAtLevel=1]}
      plans: [cached]
      users: 2
      rounds: 1
      passes: 1
      slice: 500 ms
      warm-up: 500 ms
      """;

  private static Stack backends;

  @TempDir private Path temp;

  @BeforeAll
  static void protect() throws Exception {
    backends = Stack.open(Installation.find(), Cpus.free(), null, null);
    Map<String, String> open = backends.backendSettings();
    try (Connection connection =
            DriverManager.getConnection(
                open.get("crossover.jdbc.url"),
                open.get("crossover.jdbc.user"),
                open.get("crossover.jdbc.password"));
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER ROLE CURRENT_USER PASSWORD '" + OF_DATABASE + "'");
    }
    try (Socket redis = new Socket(backends.redis().getHost(), backends.redis().getPort())) {
      String command = "CONFIG SET requirepass " + OF_REDIS + "\r\nQUIT\r\n";
      redis.getOutputStream().write(command.getBytes(ISO_8859_1));
      assertThat(new String(redis.getInputStream().readAllBytes(), ISO_8859_1)).startsWith("+OK");
    }
  }

  @AfterAll
  static void close() {
    backends.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void passwordsAreInNoFileNoOutputAndNoListOfProcesses(boolean byEnvironment) throws Exception {
    String experiment = Files.writeString(temp.resolve("it.yaml"), EXPERIMENT).toString();
    Path results = temp.resolve("results");
    String database = backends.backendSettings().get("crossover.jdbc.url");
    String redis = backends.redis().getAuthority();
    String jdbc = "--jdbc-url " + database;
    String words = "run --experiment " + experiment + " --out " + results;
    Process run;
    if (byEnvironment) {
      run =
          CommandLineIT.start(
              temp,
              Map.of("CROSSOVER_JDBC_PASSWORD", OF_DATABASE, "CROSSOVER_REDIS_PASSWORD", OF_REDIS),
              (words + " " + jdbc + " --redis-url redis://" + redis).split(" "));
    } else {
      Path file = temp.resolve("options");
      String own = " --jdbc-password " + OF_DATABASE + " --redis-url redis://:" + OF_REDIS + "@";
      Files.writeString(file, jdbc + own + redis);
      run = CommandLineIT.start(temp, (words + " @" + file).split(" "));
    }
    Set<String> seen = new TreeSet<>();
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
    try {
      while (!run.waitFor(100, TimeUnit.MILLISECONDS) && System.nanoTime() < deadline) {
        seen.addAll(commandLines());
      }
    } finally {
      run.destroy(); // where it has not ended: it ends what it has started
    }
    assertThat(run.waitFor(1, TimeUnit.MINUTES)).isTrue();

    String output = Files.readString(temp.resolve("output"));
    assertThat(run.exitValue())
        .as(output)
        .isEqualTo(CommandLineIT.statusOf(CommandLineIT.summary(results)));
    assertThat(seen).anyMatch(command -> command.contains(results.toString()));
    assertThat(seen).anyMatch(command -> command.contains("-sync/arguments"));
    assertThat(seen).noneMatch(PasswordsIT::tells);
    assertThat(output).doesNotContain(OF_DATABASE, OF_REDIS);
    try (Results opened = Results.open(results)) {
      assertThat(opened.slices().stream().filter(s -> s.phase() == Phase.CLOSED))
          .hasSize(2)
          .allMatch(SliceLine::valid);
    }
    try (Stream<Path> files = Files.walk(results)) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      assertThat(all)
          .extracting(file -> file.getFileName().toString())
          .contains("environment.json", "summary.json", "report.html", "experiment.yaml");
      for (Path file : all) {
        assertThat(tells(Files.readString(file, ISO_8859_1))).as(file.toString()).isFalse();
      }
    }
  }

  private static boolean tells(String text) {
    return text.contains(OF_DATABASE) || text.contains(OF_REDIS);
  }

  /** Of all processes of this machine. */
  private static Set<String> commandLines() throws IOException {
    Set<String> found = new TreeSet<>();
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path process : processes.filter(p -> p.toString().matches("/proc/\\d+")).toList()) {
        try {
          found.add(Files.readString(process.resolve("cmdline"), ISO_8859_1));
        } catch (IOException e) {
          // It has ended.
        }
      }
    }
    return found;
  }
}
