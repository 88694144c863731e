package crossover.bench.war;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import crossover.bench.stack.Cpus;
import crossover.bench.stack.Database;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdks;
import crossover.bench.stack.Stack;
import crossover.bench.stack.StartFailure;
import crossover.bench.stack.Tomcat;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A database that is not the WAR's alone, and what keeps the WAR from being ready: told at once, in
 * words, and apart from what waiting would mend.
 */
class ReadinessIT {
  private static Stack stack;
  private static Tomcat tomcat;

  @BeforeAll
  static void open() throws Exception {
    stack = Stack.open(Installation.find(), Cpus.free(), null, null);
    sql(
        "create table public.word (something text)",
        "create table public.world (id int)",
        "create schema taken",
        "create table taken.word (something text)");
    tomcat = launch(Map.of());
    tomcat.awaitReady("/health", 200);
  }

  @AfterAll
  static void close() {
    stack.close();
  }

  private static Tomcat launch(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(MatrixIT.PATIENT);
    all.putAll(settings);
    return stack.launch(
        "readiness", Installation.find().war(), 11, Jdks.newest(), MatrixIT.JVM, all, 0);
  }

  private static void sql(String... statements) throws SQLException {
    try (Connection connection = stack.database().connect();
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  private static long count(String table) throws SQLException {
    try (Connection connection = stack.database().connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from " + table)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Test
  void otherTablesAreLeftAlone() throws Exception {
    for (String model : MatrixIT.MODELS) {
      assertThat(Http.get(tomcat.port(), model + "/words/1").status()).isEqualTo(200);
      assertThat(Http.post(tomcat.port(), model + "/form", Http.FORM, Users.FORM).status())
          .isEqualTo(303);
    }
    assertThat(count("public.word")).isZero();
    assertThat(count("crossover.word")).isGreaterThanOrEqualTo(207_275);
  }

  @Test
  void anotherSchemaIsNamedByTheUrl() throws Exception {
    sql("create schema mine");
    String url = stack.database().url() + "?currentSchema=mine";
    Tomcat other = launch(Map.of("crossover.jdbc.url", url));
    other.awaitReady("/health", 200);
    for (String model : MatrixIT.MODELS) {
      assertThat(Http.post(other.port(), model + "/form", Http.FORM, Users.FORM).status())
          .isEqualTo(303);
    }
    assertThat(count("mine.word")).isEqualTo(207_275);
    other.close();
  }

  /** Settings of the database that are wrong, what it says of them, and what the WAR advises. */
  private record Mistake(
      String parameters, String user, String password, String said, String remedy) {}

  private static List<Mistake> mistakes() {
    Database database = stack.database();
    String user = database.user();
    String password = database.password();
    return List.of(
        new Mistake("?currentSchema=taken", user, password, " already exists", "currentSchema"),
        new Mistake(
            "", "crossover", "wrong", "password authentication failed", "crossover.jdbc.password"),
        new Mistake(
            "?currentSchema=pg_catalog", user, password, "permission denied", "create schema"),
        new Mistake("?sslmode=require", user, password, "does not support SSL", "SSL"));
  }

  /** All at once: most of the time passes until a failure has lasted long enough. */
  @Test
  void whatWaitingDoesNotMendIsToldAtOnce() {
    ExecutorService all = Executors.newCachedThreadPool();
    List<CompletableFuture<Void>> told =
        mistakes().stream()
            .map(mistake -> CompletableFuture.runAsync(() -> assertTold(mistake), all))
            .toList();
    all.shutdown();
    // All of them end before the first mistake is told, for the stack is closed then.
    CompletableFuture.allOf(told.toArray(CompletableFuture[]::new)).handle((none, e) -> e).join();
    assertThat(told).hasSize(4).allSatisfy(end -> assertThat(end).isCompleted());
  }

  private static void assertTold(Mistake mistake) {
    Tomcat refused =
        launch(
            Map.of(
                "crossover.jdbc.url", stack.database().url() + mistake.parameters,
                "crossover.jdbc.user", mistake.user,
                "crossover.jdbc.password", mistake.password));
    try {
      Http.Answer health = awaitDatabase(refused, "failed");
      assertThat(health.status()).isEqualTo(503);
      assertThat(health.body()).contains(mistake.said).contains(mistake.remedy);
    } catch (Exception e) {
      throw new AssertionError(mistake.toString(), e);
    }
    assertThatThrownBy(() -> refused.awaitReady("/health", 200))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("cannot use the database: ")
        .hasMessageContaining(mistake.said)
        .hasMessageContaining(mistake.remedy);
    assertThat(refused.isAlive()).isFalse();
  }

  @Test
  void aTableThatIsGoneIsAMistakeAndNoOutage() throws Exception {
    sql("alter table crossover.word rename to gone");
    try {
      for (String model : MatrixIT.MODELS) {
        assertThat(Http.get(tomcat.port(), model + "/words/1").status()).isEqualTo(500);
        assertThat(Http.post(tomcat.port(), model + "/form", Http.FORM, Users.FORM).status())
            .isEqualTo(500);
      }
      assertThat(Http.get(tomcat.port(), "/health").body())
          .contains("\"database\":\"failed\",\"redis\":\"up\"")
          .contains("does not exist");
      assertThat(logged(tomcat)).contains("relation \"word\" does not exist");
    } finally {
      sql("alter table crossover.gone rename to word");
    }
    for (String model : MatrixIT.MODELS) {
      assertThat(Http.get(tomcat.port(), model + "/words/1").status()).isEqualTo(200);
    }
  }

  @Test
  void aPasswordOfRedisNeverShows() throws Exception {
    URI redis = stack.redis();
    String url = "redis://:hid/d@en@" + redis.getHost() + ":" + redis.getPort();
    Tomcat secret = launch(Map.of("crossover.redis.url", url));
    secret.awaitReady("/sync/page", 200);
    awaitDatabase(secret, "up");
    Http.Answer health = Http.get(secret.port(), "/health");
    // Redis says so itself: it has no password, and the one given is refused.
    assertThat(health.body()).contains("\"redis\":\"failed\"").contains("AUTH");
    assertThat(health.body() + Http.get(secret.port(), "/").body() + logged(secret))
        .contains(redis.getHost() + ":" + redis.getPort())
        .doesNotContain("hid/d", "d@en", "hid%2F");
    secret.close();
  }

  static Http.Answer awaitDatabase(Tomcat tomcat, String state) throws Exception {
    tomcat.awaitReady("/sync/page", 200);
    long deadline = System.nanoTime() + Tomcat.START_LIMIT.toNanos();
    Http.Answer health = Http.get(tomcat.port(), "/health");
    while (!health.body().contains("\"database\":\"" + state + "\"")
        && System.nanoTime() < deadline) {
      Thread.sleep(100);
      health = Http.get(tomcat.port(), "/health");
    }
    assertThat(health.body()).contains("\"database\":\"" + state + "\"");
    return health;
  }

  private static String logged(Tomcat tomcat) throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.list(tomcat.base().resolve("logs"))) {
      for (Path file : List.copyOf(files.toList())) {
        text.append(Files.readString(file));
      }
    }
    return text.toString();
  }
}
