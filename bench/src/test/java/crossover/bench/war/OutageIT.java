package crossover.bench.war;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.experiment.LinkSpec;
import crossover.bench.server.Link;
import crossover.bench.stack.Cpus;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdks;
import crossover.bench.stack.Stack;
import crossover.bench.stack.Tomcat;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The backends behind links that break, fall silent, and come back. */
class OutageIT {
  private static final Duration RECOVERY = Duration.ofSeconds(20);

  /** The shortest time limit in the application: that of one command to Redis. */
  private static final Duration SHORTEST_LIMIT = Duration.ofMillis(300);

  private static Stack stack;
  private static Link database;
  private static Link redis;
  private static Tomcat tomcat;

  @BeforeAll
  static void open() throws Exception {
    Installation installation = Installation.find();
    stack = Stack.open(installation, Cpus.free(), null, null);
    database = link(URI.create(stack.database().url().substring("jdbc:".length())), "database");
    redis = link(stack.redis(), "redis");
    database.relay().refuse();
    redis.relay().refuse();
    Map<String, String> settings =
        Map.of(
            "crossover.jdbc.url",
            "jdbc:postgresql://127.0.0.1:" + database.localPort() + "/crossover",
            "crossover.redis.url",
            "redis://127.0.0.1:" + redis.localPort(),
            "crossover.workers",
            "2",
            "crossover.workers.queue",
            "3");
    tomcat =
        stack.launch("outage", installation.war(), 11, Jdks.newest(), MatrixIT.JVM, settings, 0);
    // Everything is away, and the application is deployed all the same.
    tomcat.awaitReady("/sync/page", 200);
    assertThat(health()).isEqualTo("503 down down");
    for (String model : MatrixIT.MODELS) {
      assertUnavailable(get(model + "/words/1"));
      assertUnavailable(get(model + "/cached/1"));
    }
    database.relay().restore();
    redis.relay().restore();
    tomcat.awaitReady("/health", 200);
  }

  private static Link link(URI target, String name) {
    return stack.own(
        Link.open(
            LinkSpec.NONE,
            target.getHost(),
            target.getPort(),
            stack.directory().resolve("link-" + name + ".log"),
            List.of(),
            stack.watchdog()));
  }

  @AfterAll
  static void close() {
    stack.close();
  }

  /** Every test ends with everything back and nothing lost. */
  @AfterEach
  void restore() throws Exception {
    database.relay().apply(LinkSpec.NONE);
    database.relay().restore();
    redis.relay().restore();
    for (String model : MatrixIT.MODELS) {
      await("[200]", () -> statuses(1, model + "/words/1"));
      await("hit", () -> get(model + "/cached/1").header("X-Cache"));
    }
    // More at once than the pools have connections: none was lost. Wrapped queues no more than
    // three.
    for (String model : MatrixIT.MODELS) {
      int atOnce = model.equals("/wrapped") ? 3 : 16;
      assertOnce("[200]", () -> statuses(atOnce, model + "/words/1"));
      assertOnce("[200]", () -> statuses(atOnce, model + "/cached/1"));
    }
    assertOnce("200 up up", OutageIT::health);
  }

  @Test
  void aDatabaseThatIsAwayIsToldAndItsReturnNoticed() throws Exception {
    database.relay().refuse();
    database.relay().reset();
    assertTheDatabaseIsMissed();
  }

  @Test
  void aSilentDatabaseIsToldAndItsReturnNoticed() throws Exception {
    database.relay().stall();
    assertTheDatabaseIsMissed();
  }

  private static void assertTheDatabaseIsMissed() throws Exception {
    for (String model : MatrixIT.MODELS) {
      assertUnavailable(get(model + "/words/1"));
      assertUnavailable(
          Http.post(
              tomcat.port(), model + "/form", Http.FORM, "text=a&definition=b".getBytes(UTF_8)));
      assertUnavailable(get(model + "/cached/2"));
      assertThat(get(model + "/page").status()).isEqualTo(200);
    }
    assertThat(health()).isEqualTo("503 down up");
  }

  @Test
  void withoutRedisTheDatabaseServesTheCachedView() throws Exception {
    redis.relay().refuse();
    redis.relay().reset();
    assertRedisIsBypassed();
  }

  @Test
  void withASilentRedisTheDatabaseServesTheCachedView() throws Exception {
    redis.relay().stall();
    assertRedisIsBypassed();
  }

  private static void assertRedisIsBypassed() throws Exception {
    String word = get("/sync/words/1").body();
    for (String model : MatrixIT.MODELS) {
      Http.Answer answer = get(model + "/cached/1");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("X-Cache")).isEqualTo("bypass");
      assertThat(answer.body()).isEqualTo(word);
    }
    assertThat(health()).isEqualTo("503 up down");
  }

  @Test
  void whatTheWorkersCannotTakeIsRefusedAtOnce() throws Exception {
    database.relay().stall();
    List<Http.Answer> answers = answers(12, "/wrapped/words/1");
    // Two run, three wait, and the others are refused; the time of those five runs out.
    assertThat(answers).hasSize(12).allSatisfy(OutageIT::assertUnavailable);
  }

  @Test
  void underTimeoutsEachRequestHasExactlyOneAnswerAndItsOwn() throws Exception {
    // About the deadline of 1.5 s: some answers come just before it, some just after, also where
    // a slow machine adds to the 1.1 to 1.7 s of the way there and back.
    database.relay().apply(LinkSpec.parse("700ms±150ms"));
    int served = 0;
    int refused = 0;
    for (Future<int[]> client : clients(12)) {
      served += client.get()[0];
      refused += client.get()[1];
    }
    assertThat(served).isPositive();
    assertThat(refused).isPositive();
  }

  private static List<Future<int[]>> clients(int count) {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    List<Future<int[]>> clients = new ArrayList<>();
    for (int client = 0; client < count; client++) {
      int first = 1 + client * 100;
      String model = client % 4 == 0 ? "/wrapped" : "/native";
      clients.add(threads.submit(() -> converse(model, first)));
    }
    threads.shutdown();
    return clients;
  }

  /**
   * Asks on one connection for as long as it stands: a second answer to one request would be read
   * as the next one's. Tomcat closes a connection after a 503, and nothing may follow that.
   */
  private static int[] converse(String model, int first) throws IOException {
    int[] counts = new int[2];
    Http http = new Http(tomcat.port());
    try {
      for (int id = first; id < first + 10; id++) {
        Http.Answer answer = http.send("GET", model + "/words/" + id, "", new byte[0]);
        if (answer.status() == 200) {
          assertThat(answer.body()).contains("data-id=\"" + id + "\"").endsWith("</html>\n");
          counts[0]++;
        } else {
          assertUnavailable(answer);
          assertThat(http.isAtEnd()).isTrue();
          http.close();
          http = new Http(tomcat.port());
          counts[1]++;
        }
      }
    } finally {
      http.close();
    }
    return counts;
  }

  private static Http.Answer get(String path) throws IOException {
    return Http.get(tomcat.port(), path);
  }

  private static void assertUnavailable(Http.Answer answer) {
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isEqualTo("1");
    assertThat(answer.body()).contains("Not available right now");
  }

  private static String health() throws IOException {
    Http.Answer answer = get("/health");
    return answer.status()
        + answer.body().replaceAll(".*\"database\":\"(\\w+)\",\"redis\":\"(\\w+)\".*", " $1 $2");
  }

  /** Until an answer is the wanted one: the application has some time to recover. */
  private static void await(String wanted, Callable<String> question) throws Exception {
    ask(wanted, Duration.ZERO, question);
  }

  /**
   * The first answer is the wanted one, or came so late that a time limit may have run out on a
   * busy machine. What was lost makes each one late.
   */
  private static void assertOnce(String wanted, Callable<String> question) throws Exception {
    ask(wanted, SHORTEST_LIMIT, question);
  }

  private static void ask(String wanted, Duration late, Callable<String> question)
      throws Exception {
    long end = System.nanoTime() + RECOVERY.toNanos();
    while (true) {
      long asked = System.nanoTime();
      String answer = question.call();
      long now = System.nanoTime();
      if (wanted.equals(answer) || now - asked < late.toNanos() || now > end) {
        assertThat(answer).isEqualTo(wanted);
        return;
      }
      Thread.sleep(100);
    }
  }

  /** The statuses of so many requests at once, each once. */
  private static String statuses(int count, String path) throws Exception {
    return answers(count, path).stream().map(Http.Answer::status).distinct().toList().toString();
  }

  private static List<Http.Answer> answers(int count, String path) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Future<Http.Answer>> pending = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        pending.add(threads.submit(() -> get(path)));
      }
      List<Http.Answer> answers = new ArrayList<>();
      for (Future<Http.Answer> answer : pending) {
        answers.add(answer.get());
      }
      return answers;
    } finally {
      threads.shutdownNow();
    }
  }
}
