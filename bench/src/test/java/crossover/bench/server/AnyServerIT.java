package crossover.bench.server;

import static crossover.bench.text.Text.format;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import crossover.bench.cli.CommandLineIT;
import crossover.bench.cli.ExitStatus;
import crossover.bench.cli.SharedBackends;
import crossover.bench.results.Json;
import crossover.bench.results.Results;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Runs whose servers are no Tomcats: programs that are started, and servers that run already. */
class AnyServerIT {
  private static final String REST =
      """
      plans: [any.jmx]
      users: 4
      rounds: 2
      passes: 1
      slice: 600 ms
      warm-up: 800 ms
      seed: 3
      """;

  /** Asks for answers in gzip, and for their whole text once they are unpacked. */
  private static final String ASKS_FOR_GZIP =
      """
      <hashTree><HeaderManager guiclass="HeaderPanel" testclass="HeaderManager"><collectionProp name="HeaderManager.headers">
        <elementProp name="" elementType="Header">
          <stringProp name="Header.name">Accept-Encoding</stringProp>
          <stringProp name="Header.value">gzip, deflate, br</stringProp>
        </elementProp></collectionProp></HeaderManager><hashTree/>
      <ResponseAssertion guiclass="AssertionGui" testclass="ResponseAssertion"><collectionProp name="Asserion.test_strings">
          <stringProp name="">x{10000}</stringProp></collectionProp>
        <stringProp name="Assertion.test_field">Assertion.response_data</stringProp>
        <intProp name="Assertion.test_type">1</intProp></ResponseAssertion><hashTree/></hashTree>
      """;

  private static SharedBackends backends;

  @TempDir private Path temp;

  /** Of the servers that run here. */
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @BeforeAll
  static void openBackends() {
    backends = new SharedBackends();
  }

  @AfterAll
  static void closeBackends() {
    backends.close();
  }

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  @BeforeEach
  void prepare() throws IOException {
    for (String file : List.of("Server.java", "any.jmx")) {
      try (InputStream in =
          AnyServerIT.class.getResourceAsStream("/crossover/bench/server/" + file)) {
        Files.copy(in, temp.resolve(file));
      }
    }
    int status =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(System.out, System.err, temp.resolve("Server.java").toString());
    assertThat(status).isZero();
  }

  /** A shell becomes the one, which is late at first, and has started the other. */
  @Test
  @Tag("long")
  void programsAreSetUpMeasuredAndStopped() throws Exception {
    Files.writeString(
        temp.resolve("load.sql"),
        "CREATE TABLE IF NOT EXISTS seeds (seed int); INSERT INTO seeds VALUES (1);");
    Files.writeString(
        temp.resolve("seed.sh"), "#!/bin/sh\necho $HOST $PORT $CROSSOVER_JDBC_URL $1 >> seeded\n");
    temp.resolve("seed.sh").toFile().setExecutable(true);
    int status =
        run(
            """
            experiment: programs
            arms:
              - name: light
                command: [sh, -c, 'exec java Server $PORT']
                environment: {COLD: 300}
                before: load.sql
              - name: heavy
                command: [sh, -c, 'java Server $PORT $SPINS; true']
                environment: {SPINS: 400000}
                before: [./seed.sh, round]
            """
                + REST);

    JsonNode summary = summary();
    assertThat(status).as(output()).isEqualTo(CommandLineIT.statusOf(summary));
    JsonNode verdict = summary.path("comparisons").get(0);
    assertThat(verdict.path("candidate").asString()).isEqualTo("heavy");
    assertThat(verdict.path("ratio").asDouble()).isStrictlyBetween(0.0, 1.0);
    for (JsonNode cell : summary.path("cells")) {
      JsonNode server = cell.path("server");
      assertThat(server.path("cpuUserMillisPerRequest").asDouble()).isPositive();
      assertThat(server.path("allocatedBytesPerRequest").asDouble()).isPositive();
    }
    assertThat(millis(summary, "heavy")).isGreaterThan(millis(summary, "light"));
    assertThat(temp.resolve("seeded")).content().hasLineCount(2).contains("jdbc:postgresql://");
    assertNothingRuns();
    assertThat(results().resolve("experiment.yaml")).content().contains("directory: " + temp);
  }

  @Test
  @Tag("long")
  void ofAServerThatRunsAlreadyItsClientsTell() throws Exception {
    HttpServer running =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    running.setExecutor(threads);
    List<String> foreign = new ArrayList<>();
    running.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          if (!path.startsWith("/shop/") && !path.equals("/shop")) {
            foreign.add(path);
          }
          exchange.sendResponseHeaders(200, 4);
          exchange.getResponseBody().write("well".getBytes(UTF_8));
          exchange.close();
        });
    running.start();
    try {
      int status =
          run(
              """
              experiment: running
              arms:
                - {name: started, command: [java, Server, ${port}]}
                - {name: running, url: 'http://localhost:%d/shop/', exclusive: true}
              """
                      .formatted(running.getAddress().getPort())
                  + REST);

      JsonNode summary = summary();
      assertThat(status).as(output()).isEqualTo(CommandLineIT.statusOf(summary));
      JsonNode verdict = summary.path("comparisons").get(0);
      assertThat(verdict.path("metric").asString()).isEqualTo("throughput");
      assertThat(verdict.path("ratio").asDouble()).isPositive();
      assertThat(foreign).isEmpty();
      assertThat(millis(summary, "started")).isPositive();
      assertThat(millis(summary, "running")).isNaN();
      assertThat(results().resolve("report.html"))
          .content()
          .contains("not known", "The server of running ran already");
    } finally {
      running.stop(0);
    }
    try (Results read = Results.open(results())) {
      assertThat(read.slices().stream().filter(s -> s.phase() == Phase.CLOSED))
          .as("one arm after the other")
          .hasSize(4)
          .noneMatch(SliceLine::inTurns);
    }
  }

  /** Nobody knows their certificate, their answers are compressed, and the limit has no TLS. */
  @Test
  @Tag("long")
  void serversThatSpeakTlsAndGzipAreMeasuredAndTheGeneratorsLimitIsNotMadeUp() throws Exception {
    Path plan = temp.resolve("any.jmx");
    String stock = Files.readString(plan);
    Files.writeString(
        plan,
        stock
            .replace(
                "${__P(port)}</stringProp>",
                "${__P(port)}</stringProp><stringProp name='HTTPSampler.protocol'>https</stringProp>")
            .replaceFirst("<hashTree/>", ASKS_FOR_GZIP));
    HttpsServer one = compressing();
    HttpsServer two = compressing();
    try {
      String arm = "  - {name: %s, url: 'https://localhost:%d'}\n";
      int status =
          run(
              "experiment: tls\narms:\n"
                  + format(arm, "one", one.getAddress().getPort())
                  + format(arm, "two", two.getAddress().getPort())
                  + REST);

      JsonNode summary = summary();
      assertThat(status).as(output()).isEqualTo(CommandLineIT.statusOf(summary));
      assertThat(output()).contains("it is measured without TLS, and the plan asks for TLS");
      try (Results read = Results.open(results())) {
        assertThat(read.slices()).noneMatch(slice -> slice.phase() == Phase.LIMIT);
        assertThat(read.slices().stream().filter(slice -> slice.phase() == Phase.CLOSED))
            .hasSize(4)
            .allMatch(slice -> slice.load().errors() == 0 && slice.load().requests() > 0)
            .as("compressed, with the headers of request and answer")
            .allMatch(s -> s.load().responseBytes() < 1_000 * s.load().requests());
      }
      assertThat(results().resolve("report.html"))
          .content()
          .contains("The certificate of two was not checked");
    } finally {
      one.stop(0);
      two.stop(0);
    }
  }

  /** Answers with 10,000 letters in gzip, or with nothing where that was not asked for. */
  private HttpsServer compressing() throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    Path file = temp.resolve("keys");
    if (!Files.exists(file)) {
      String keytool = Path.of(System.getProperty("java.home"), "bin/keytool").toString();
      String words = " -genkeypair -keyalg EC -dname CN=nobody -storepass changeit -keystore ";
      List<String> command = new ArrayList<>(List.of((keytool + words + file).split(" ")));
      assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, "changeit".toCharArray());
    }
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, "changeit".toCharArray());
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    InetAddress here = InetAddress.getLoopbackAddress();
    HttpsServer server = HttpsServer.create(new InetSocketAddress(here, 0), 100);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          String accepted = exchange.getRequestHeaders().getFirst("Accept-Encoding");
          ByteArrayOutputStream body = new ByteArrayOutputStream();
          if ("gzip, deflate, br".equals(accepted)) {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            try (OutputStream zipped = new GZIPOutputStream(body)) {
              zipped.write("x".repeat(10_000).getBytes(UTF_8));
            }
          }
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(body.toByteArray());
          exchange.close();
        });
    server.start();
    return server;
  }

  @Test
  @Tag("long")
  void oneThatDiesUnderLoadIsToldWithItsLastWords() throws Exception {
    int status =
        run(
            "experiment: mortal\narms: [{name: good, command: [java, Server, ${port}]},"
                + " {name: mortal, command: [java, Server, ${port}], environment: {LIVES: 50}}]\n"
                + REST);

    assertThat(status).as(output()).isEqualTo(ExitStatus.NOT_VALID);
    assertThat(output())
        .contains("the server died (exit status 7); the last lines of its log:\n  out of lives")
        .doesNotContain("\tat ");
    assertNothingRuns();
  }

  /** A minute without a sign of life. */
  @Test
  @Tag("long")
  void aProgramThatNeverListensIsNotWaitedFor() throws Exception {
    int status =
        run(
            "experiment: mute\narms: [{name: good, command: [java, Server, ${port}]},"
                + " {name: mute, command: [sleep, 999]}]\n"
                + REST);

    assertThat(status).as(output()).isEqualTo(ExitStatus.FAILED);
    assertThat(output()).contains("mute waits, and is not ready: GET http://127.0.0.1:");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "url: 'http://127.0.0.1:1/shop' | the server of bad: GET http://127.0.0.1:1/shop gave no connection",
        "command: [no-such-program, x]  | bad: there is no program no-such-program in the folders of PATH",
        "command: [any.jmx]             | bad: there is no program any.jmx in the folders of PATH: write ./any.jmx",
        "command: [./any.jmx]           | is no program that can be executed",
        "command: [sh, -c, 'echo no licence for $PORT; exit 7'] | bad ended while it was starting (exit status 7)",
        "command: [sh, -c, 'setsid -f sleep 300; echo no daemons'] | bad ended while it was starting: it has to stay in the foreground (exit status 0)",
        "{before: [sh, -c, 'echo no data; exit 5']} | \"before\" of bad failed (exit status 5)",
        "{before: bad.sql}              | bad.sql: ERROR: relation \"no_such_table\" does not exist",
      })
  void whatCannotBeStartedIsToldByName(String keys, String message) throws Exception {
    Files.writeString(temp.resolve("bad.sql"), "INSERT INTO no_such_table VALUES (1)");
    boolean runs = keys.startsWith("{");
    String bad =
        runs ? keys.replace("{", "").replace("}", "") + ", command: [java, Server, ${port}]" : keys;
    int status =
        run(
            "experiment: bad\narms:\n  - {name: good, command: [java, Server, ${port}]}\n"
                + "  - {name: bad, "
                + bad
                + "}\n"
                + REST);

    assertThat(status).as(output()).isEqualTo(ExitStatus.FAILED);
    assertThat(output()).contains(message).doesNotContain("\tat ");
    if (keys.contains("echo")) {
      assertThat(output())
          .containsPattern("the last lines of its log:\n +no (licence|data|daemons)");
    }
    assertNothingRuns();
  }

  private void assertNothingRuns() throws IOException {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      assertThat(processes.filter(p -> p.getFileName().toString().matches("\\d+")))
          .noneMatch(this::worksHere);
    }
  }

  private boolean worksHere(Path process) {
    try {
      return Files.readSymbolicLink(process.resolve("cwd")).equals(temp.toRealPath());
    } catch (IOException e) {
      return false; // it has ended, or is the kernel's
    }
  }

  private int run(String yaml) throws Exception {
    Path file = Files.writeString(temp.resolve("any.yaml"), yaml);
    List<String> words = new ArrayList<>(backends.options());
    words.addAll(0, List.of("run", "--experiment=" + file, "--out=" + results()));
    Process run = CommandLineIT.start(temp, words.toArray(String[]::new));
    assertThat(run.waitFor(5, TimeUnit.MINUTES)).isTrue();
    return run.exitValue();
  }

  private Path results() {
    return temp.resolve("results");
  }

  private String output() throws IOException {
    return Files.readString(temp.resolve("output"));
  }

  private JsonNode summary() throws IOException {
    Path file = results().resolve("summary.json");
    assertThat(file).as(output()).exists();
    return Json.MAPPER.readTree(Files.readString(file));
  }

  /** Of the server's CPU for a request. */
  private static double millis(JsonNode summary, String arm) {
    JsonNode server =
        summary
            .path("cells")
            .valueStream()
            .filter(c -> c.path("arm").asString().equals(arm))
            .findFirst()
            .orElseThrow()
            .path("server");
    return server.path("cpuUserMillisPerRequest").isNumber()
        ? server.path("cpuUserMillisPerRequest").asDouble()
        : Double.NaN;
  }
}
