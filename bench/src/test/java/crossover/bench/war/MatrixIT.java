package crossover.bench.war;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.stack.Cpus;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdk;
import crossover.bench.stack.Jdks;
import crossover.bench.stack.Stack;
import crossover.bench.stack.Tomcat;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every view in every model, in Tomcat 11 on the newest JDK and in Tomcat 10.1 on the oldest, which
 * start at once on an empty database. Each request goes to all of them, and what comes back has to
 * be one and the same answer.
 */
class MatrixIT {
  static final List<String> MODELS = List.of("/sync", "/wrapped", "/native");
  static final List<String> JVM =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  /** What a busy machine needs, so that no answer depends on its speed. */
  static final Map<String, String> PATIENT = Map.of("crossover.timeout", "10000");

  private static final Pattern SCRIPT = Pattern.compile("<script src=\"([^\"]*)\"([^>]*)>");

  private static Stack stack;
  private static List<Tomcat> tomcats;
  private static Tomcat plain;

  @BeforeAll
  static void open() {
    Installation installation = Installation.find();
    stack = Stack.open(installation, Cpus.free(), null, null);
    List<Jdk> jdks = Jdks.installed();
    Jdk oldest =
        jdks.stream().min((a, b) -> Integer.compare(a.version(), b.version())).orElseThrow();
    tomcats =
        List.of(
            stack.launch("eleven", installation.war(), 11, Jdks.newest(), JVM, PATIENT, 0),
            stack.launch("ten", installation.war(), 10, oldest, JVM, PATIENT, 0));
    for (Tomcat tomcat : tomcats) {
      tomcat.awaitReady("/health", 200);
    }
    Path bounds = installation.root().resolve("bench/target/bounds.war");
    plain = stack.launch("plain", bounds, 11, Jdks.newest(), JVM, Map.of(), 0);
    plain.awaitReady("/sync/words/1", 200);
  }

  @AfterAll
  static void close() {
    stack.close();
  }

  /** What the experiment "bounds" rests on: the same answer with nothing between. */
  @ParameterizedTest
  @ValueSource(ints = {1, 77, 200_000})
  void thePlainServletsGiveTheSameBytes(int id) throws IOException {
    for (String model : MODELS) {
      assertThat(Http.get(plain.port(), model + "/words/" + id)).isEqualTo(get("/words/" + id));
    }
  }

  private interface Exchange {
    Http.Answer with(int port, String model) throws IOException;
  }

  /** The one answer that all servers and models give. */
  private static Http.Answer everywhere(Exchange exchange) throws IOException {
    Map<String, Http.Answer> answers = new TreeMap<>();
    for (Tomcat tomcat : tomcats) {
      for (String model : MODELS) {
        answers.put(tomcat.port() + model, exchange.with(tomcat.port(), model));
      }
    }
    Http.Answer first = answers.values().iterator().next();
    assertThat(answers).allSatisfy((where, answer) -> assertThat(answer).isEqualTo(first));
    return first;
  }

  private static Http.Answer get(String view) throws IOException {
    return everywhere((port, model) -> Http.get(port, model + view));
  }

  private static Http.Answer post(String body) throws IOException {
    return everywhere((port, model) -> Http.post(port, model + "/form", Http.FORM, bytes(body)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static String fields(String text, String definition) {
    return "text="
        + URLEncoder.encode(text, UTF_8)
        + "&definition="
        + URLEncoder.encode(definition, UTF_8);
  }

  @ParameterizedTest
  @CsvSource({"/page,<script src=", "/page-fn,<script src=", "/words/1,entity", "/form,<form"})
  void everyModelGivesTheSameBytes(String view, String expected) throws IOException {
    Http.Answer answer = get(view);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
    assertThat(answer.body()).contains(expected).endsWith("</html>\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/page", "/page-fn", "/words/1", "/form", "/words/0"})
  void aPageAllowsTheScriptsOfThePageAndNoOthers(String view) throws IOException {
    Http.Answer answer = get(view);
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    List<String> scripts = new ArrayList<>();
    Matcher tags = SCRIPT.matcher(get("/page").body());
    while (tags.find()) {
      scripts.add(tags.group(1));
      assertThat(tags.group(2)).contains("integrity=\"sha384-", "crossorigin=\"anonymous\"");
    }
    assertThat(scripts).hasSize(2);
    assertThat(answer.header("Content-Security-Policy"))
        .startsWith("default-src 'none'; script-src " + String.join(" ", scripts) + ";");
  }

  @Test
  void theFunctionGivesThePageOfTheClass() throws IOException {
    assertThat(get("/page-fn")).isEqualTo(get("/page"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/words/abc",
        "/words/-1",
        "/words/0",
        "/words/99999999999999999999",
        "/words/",
        "/words",
        "/words/9223372036854775808",
        "/words/9223372036854775807",
        "/words/1/2",
        "/words/01",
        "/words/1%00",
        "/words/%C3%A9",
        "/cached/abc",
        "/cached/0",
        "/cached/",
        "/page/1",
        "/page-fn/",
        "/nothing",
        "/",
        "/form/1"
      })
  void whatIsNotThereIsNotFound(String view) throws IOException {
    Http.Answer answer = get(view);
    if (!view.contains("%00")) { // Tomcat itself refuses this one.
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.body()).contains("There is no such page");
    }
    assertTellsNothing(answer);
  }

  @ParameterizedTest
  @CsvSource({
    "POST,/page",
    "PUT,/page-fn",
    "DELETE,/words/1",
    "PATCH,/form",
    "TRACE,/cached/1",
    "FOO,/page"
  })
  void aMethodThatIsNotServedIsToldWithThoseThatAre(String method, String view) throws IOException {
    Http.Answer answer = everywhere((port, model) -> Http.exchange(port, method, model + view, ""));
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).contains("GET", "HEAD").doesNotContain("TRACE");
    assertTellsNothing(answer);
  }

  @Test
  void headHasTheHeadersOfGetAndNoBody() throws IOException {
    for (String view : List.of("/page", "/page-fn", "/words/1", "/form")) {
      Http.Answer head = everywhere((port, model) -> Http.exchange(port, "HEAD", model + view, ""));
      assertThat(head.headers()).isEqualTo(get(view).headers());
    }
  }

  @Test
  void aPostedWordIsThereWhenItsAddressIsTold() throws IOException {
    for (Tomcat tomcat : tomcats) {
      for (String model : MODELS) {
        Http.Answer posted =
            Http.post(
                tomcat.port(),
                model + "/form",
                Http.FORM,
                bytes(fields("  né <script>alert(1)</script> ", "a \"quoted\" & 'marked' one\n")));
        assertThat(posted.status()).isEqualTo(303);
        assertThat(posted.body()).isEmpty();
        assertThat(posted.header("Location")).matches(model + "/words/[1-9][0-9]*");
        String path = posted.header("Location").substring(model.length());
        assertThat(get(path).body())
            .contains("<h1>né &lt;script&gt;alert(1)&lt;/script&gt;</h1>")
            .contains("a &#034;quoted&#034; &amp; &#039;marked&#039; one</p>")
            .doesNotContain("<script>");
        assertThat(Http.get(tomcat.port(), model + path.replace("words", "cached")).body())
            .isEqualTo(get(path).body());
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "definition=d             | text       | Please fill this in",
        "text=t                   | definition | Please fill this in",
        "text=++&definition=d     | text       | Please fill this in",
        "text=a%00b&definition=d  | text       | U+0000",
        "text=a%C3&definition=d   | text       | valid UTF-8",
        "text=a%zz&definition=d   | text       | valid UTF-8",
        "text=a%4&definition=d    | text       | valid UTF-8",
        "text=t&definition=%ED%A0%80 | definition | valid UTF-8",
      })
  void aWrongFieldIsToldBesideIt(String body, String field, String message) throws IOException {
    Http.Answer answer = post(body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body())
        .containsPattern("id=\"" + field + "-message\">[^<]*" + message.replace("+", "\\+"));
    assertThat(answer.body().split("-message\"", -1)).hasSize(2);
  }

  @Test
  void whatWasTypedIsKeptInARefusedForm() throws IOException {
    Http.Answer answer = post(fields("<b>\"x\"</b>", "\ud83d\ude00".repeat(2_001)));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body())
        .contains("value=\"&lt;b&gt;&#034;x&#034;&lt;/b&gt;\"")
        .contains("\ud83d\ude00".repeat(2_001))
        .contains("This has 2,001 characters; at most 2,000 are allowed.");
    assertThat(post("text=a%00b&definition=d").body()).contains("value=\"a\ufffdb\"");
  }

  @Test
  void theLongestTextsAreTaken() throws IOException {
    String body = fields("\ud83d\ude00".repeat(100), "ü".repeat(2_000));
    for (String model : MODELS) {
      assertThat(Http.post(tomcats.get(0).port(), model + "/form", Http.FORM, bytes(body)).status())
          .isEqualTo(303);
    }
    assertThat(post(fields("x".repeat(101), "d")).status()).isEqualTo(400);
  }

  @Test
  void aBodyOver64KibibytesIsTooLarge() throws IOException {
    byte[] body = bytes("text=" + "x".repeat(1 << 16));
    Http.Answer told =
        everywhere((port, model) -> Http.post(port, model + "/form", Http.FORM, body));
    assertThat(told.status()).isEqualTo(413);
    String chunked = "Content-Type: " + Http.FORM + "\r\nTransfer-Encoding: chunked\r\n";
    byte[] chunk = bytes("10005\r\n" + new String(body, UTF_8) + "\r\n0\r\n\r\n");
    Http.Answer found =
        everywhere(
            (port, model) -> {
              try (Http http = new Http(port)) {
                return http.send("POST", model + "/form", chunked, chunk);
              }
            });
    assertThat(found.status()).isEqualTo(413);
  }

  @Test
  void aBodyThatArrivesInPiecesIsReadWhole() throws IOException {
    for (Tomcat tomcat : tomcats) {
      for (String model : MODELS) {
        try (Http http = new Http(tomcat.port())) {
          http.write("POST " + model + "/form HTTP/1.1\r\nHost: x\r\nContent-Type: " + Http.FORM);
          http.write("\r\nContent-Length: 19\r\n\r\ntext=a&def");
          pause();
          http.write("inition=");
          pause();
          http.write("d");
          assertThat(http.read(false).status()).isEqualTo(303);
          assertThat(http.send("GET", model + "/words/2", "", new byte[0]).body())
              .contains("data-id=\"2\"");
        }
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/json",
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded; charset=ISO-8859-1"
      })
  void whatIsNoFormIsNotUnderstood(String type) throws IOException {
    Http.Answer answer =
        everywhere((port, model) -> Http.post(port, model + "/form", type, bytes("text=a")));
    assertThat(answer.status()).isEqualTo(415);
  }

  @Test
  void aPageIsRenderedOnceAndThenKept() throws IOException {
    int id = 1_000;
    for (Tomcat tomcat : tomcats) {
      for (String model : MODELS) {
        id++;
        Http.Answer word = get("/words/" + id);
        Http.Answer miss = Http.get(tomcat.port(), model + "/cached/" + id);
        assertThat(miss.header("X-Cache")).isEqualTo("miss");
        assertThat(miss.body()).isEqualTo(word.body());
        Http.Answer hit = get("/cached/" + id);
        assertThat(hit.header("X-Cache")).isEqualTo("hit");
        assertThat(hit.body()).isEqualTo(word.body());
        assertThat(hit.header("Content-Type")).isEqualTo(word.header("Content-Type"));
      }
    }
    Http.Answer unknown = get("/cached/99999999");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.header("X-Cache")).isEqualTo("miss");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/WEB-INF/web.xml",
        "/META-INF/context.xml",
        "/a%zz",
        "/a.jsp",
        "/sync/..;/x",
        "/%2e%2e/"
      })
  void noAnswerTellsOfTheServer(String path) throws IOException {
    for (Tomcat tomcat : tomcats) {
      Http.Answer answer = Http.get(tomcat.port(), path);
      assertThat(answer.status()).isBetween(400, 404);
      assertTellsNothing(answer);
    }
  }

  private static void assertTellsNothing(Http.Answer answer) {
    assertThat(answer.headers()).doesNotContainKeys("Server", "X-Powered-By", "Set-Cookie");
    assertThat(answer.body())
        .doesNotContainIgnoringCase("tomcat")
        .doesNotContain("Exception", "\tat ", "org.apache", "/tmp");
  }

  @Test
  void theWordsAreLoadedOnceThoughTwoInstancesStartTogether() throws Exception {
    try (Connection connection = stack.database().connect();
        Statement statement = connection.createStatement()) {
      try (ResultSet words =
          statement.executeQuery(
              "select count(*), count(distinct id), max(id) from word where id <= 207272")) {
        words.next();
        assertThat(words.getLong(1)).isEqualTo(207_272);
        assertThat(words.getLong(2)).isEqualTo(207_272);
        assertThat(words.getLong(3)).isEqualTo(207_272);
      }
      try (ResultSet migrations =
          statement.executeQuery(
              "select count(*) from flyway_schema_history where success and type = 'JDBC'")) {
        migrations.next();
        assertThat(migrations.getLong(1)).isEqualTo(2);
      }
    }
  }

  @Test
  void thePageForPeopleLinksEveryViewAndHidesThePassword() throws IOException {
    for (Tomcat tomcat : tomcats) {
      String home = Http.get(tomcat.port(), "/").body();
      for (String model : MODELS) {
        for (String view : List.of("page", "page-fn", "words/1", "form", "cached/1")) {
          String link = model.substring(1) + "/" + view;
          assertThat(home).contains("href=\"" + link + "\"");
          assertThat(Http.get(tomcat.port(), "/" + link).status()).isEqualTo(200);
        }
      }
      assertThat(home)
          .contains("crossover.jdbc.pool", stack.database().url())
          .doesNotContain("crossover.jdbc.password");
      assertThat(Http.get(tomcat.port(), "/crossover.css").status()).isEqualTo(200);
    }
  }
}
