package crossover.bench.war;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import crossover.bench.stack.Cpus;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdks;
import crossover.bench.stack.Stack;
import crossover.bench.stack.Tomcat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages that throw, and clients that send half a form: the same answers from every model. */
class FailureIT {
  private static final List<String> FAILING = List.of("page", "word");

  /** More than Tomcat has threads by default. */
  private static final int SLOW_CLIENTS = 220;

  @TempDir private static Path temp;
  private static Stack stack;
  private static Tomcat sound;
  private static Tomcat failing;

  @BeforeAll
  static void open() throws IOException {
    Installation installation = Installation.find();
    stack = Stack.open(installation, Cpus.free(), null, null);
    sound = launch("sound", installation.war());
    failing = launch("failing", withFailingPages(installation.war()));
    for (Tomcat tomcat : List.of(sound, failing)) {
      tomcat.awaitReady("/health", 200);
    }
  }

  private static Tomcat launch(String name, Path war) {
    return stack.launch(name, war, 11, Jdks.newest(), MatrixIT.JVM, MatrixIT.PATIENT, 0);
  }

  private static Path withFailingPages(Path war) throws IOException {
    Path unpacked = MiddlewareIT.unpack(war, temp.resolve("failing"));
    String name = FailingPage.class.getName();
    Path target = unpacked.resolve("WEB-INF/classes/" + name.replace('.', '/') + ".class");
    Files.createDirectories(target.getParent());
    try (InputStream compiled = FailingPage.class.getResourceAsStream("FailingPage.class")) {
      Files.copy(compiled, target);
    }
    Path descriptor = unpacked.resolve("WEB-INF/web.xml");
    String xml = Files.readString(descriptor);
    for (String page : FAILING) {
      xml =
          xml.replaceAll(
              "<servlet-class>[^<]*\\." + page + "_jsp<", "<servlet-class>" + name + "<");
    }
    Files.writeString(descriptor, xml);
    return unpacked;
  }

  @AfterAll
  static void close() {
    stack.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/page", "/page-fn", "/words/1", "/cached/1", "/words/1?early"})
  void aPageThatThrowsIsAnswered500AndLoggedOnce(String view) throws IOException {
    for (String model : MatrixIT.MODELS) {
      assertThatItFails(model + view);
    }
  }

  /** Nothing of a page that is rendered into memory is sent before all of it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/native/words/1?late",
        "/native/cached/1?late",
        "/wrapped/cached/1?late",
        "/native/words/1?error",
        "/native/cached/1?error"
      })
  void aPageInMemoryThatFailsLateOrByAnErrorIsAnsweredTheSame(String path) throws IOException {
    assertThatItFails(path);
  }

  private static void assertThatItFails(String path) throws IOException {
    long before = logged();
    Http.Answer answer = Http.get(failing.port(), path);
    assertThat(answer.status()).as(path).isEqualTo(500);
    assertThat(answer.body())
        .contains("Something went wrong")
        .doesNotContain("the first part", FailingPage.MESSAGE);
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(logged() - before).as(path).isEqualTo(1);
  }

  /** As a JSP does while its application stops. */
  @ParameterizedTest
  @ValueSource(strings = {"/native/words/1", "/native/cached/1", "/sync/cached/1"})
  void aPageThatWritesNothingIsNoAnswer(String path) throws IOException {
    assertThat(Http.get(failing.port(), path + "?" + FailingPage.NOTHING).status()).isEqualTo(503);
  }

  @Test
  void aLongPageIsSentInChunksFromMemoryToo() throws IOException {
    for (String path : List.of("/sync/words/1", "/native/words/1", "/sync/cached/3")) {
      Http.Answer answer = Http.get(failing.port(), path + "?" + FailingPage.LARGE);
      assertThat(answer.body()).hasSizeGreaterThan(100_000);
      assertThat(answer.header("Transfer-Encoding")).as(path).isEqualTo("chunked");
    }
  }

  /** A client must not take the part that it has for the whole. */
  @ParameterizedTest
  @CsvSource({
    "/sync/page",
    "/sync/page-fn",
    "/sync/words/1",
    "/wrapped/words/1",
    "/native/page-fn"
  })
  void aPageThatThrowsWhenPartOfItIsSentIsCutOff(String path) {
    assertThatThrownBy(() -> Http.get(failing.port(), path + "?late"))
        .isInstanceOf(IOException.class);
  }

  /**
   * A worker renders also when it is faster than the thread that asked; where the database is, the
   * thread that asked renders.
   */
  @ParameterizedTest
  @CsvSource({
    "/sync/page,-exec-",
    "/sync/words/1,-exec-",
    "/wrapped/page,crossover-worker-",
    "/wrapped/page-fn,crossover-worker-",
    "/wrapped/words/1,crossover-worker-",
    "/native/page-fn,-exec-",
    "/native/words/1,-exec-|vert.x-eventloop-"
  })
  void eachModelRendersOnItsOwnThreads(String path, String threads) throws IOException {
    List<String> pages = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      pages.add(Http.get(failing.port(), path + "?" + FailingPage.THREAD).body());
    }

    assertThat(pages).allMatch(Pattern.compile(threads).asPredicate());
    String usual = threads.substring(threads.indexOf('|') + 1);
    assertThat(pages).anyMatch(page -> page.contains(usual));
  }

  /** In the console's copy of the log, which is written before the answer. */
  private static long logged() throws IOException {
    String console = Files.readString(failing.base().resolve("logs/console.log"));
    return console.split(": " + FailingPage.MESSAGE, -1).length - 1L;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/sync/form", "/wrapped/form", "/native/form", "/sync/page"})
  void clientsWhoSendSlowlyLeaveTheOthersAlone(String path) throws IOException {
    List<Http> slow = new ArrayList<>();
    try {
      for (int i = 0; i < SLOW_CLIENTS; i++) {
        slow.add(halfSent(path));
      }
      for (String model : MatrixIT.MODELS) {
        for (String view : List.of("/page", "/words/1", "/form")) {
          assertThat(Http.get(sound.port(), model + view).status()).isEqualTo(200);
        }
        byte[] form = "text=a&definition=b".getBytes(UTF_8);
        assertThat(Http.post(sound.port(), model + "/form", Http.FORM, form).status())
            .isEqualTo(303);
      }
      // All that was before the time of the slow ones had run out.
      for (Http http : slow) {
        if (http.hasAnswer()) {
          assertThat(http.read(false).status()).isIn(503, 405, 404);
        }
      }
    } finally {
      for (Http http : slow) {
        http.close();
      }
    }
  }

  private static Http halfSent(String path) throws IOException {
    Http http = new Http(sound.port());
    http.write("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: " + Http.FORM);
    http.write("\r\nContent-Length: 19\r\n\r\ntext=a&def");
    return http;
  }

  @ParameterizedTest
  @CsvSource({"/sync/page,405", "/native/page-fn,405", "/wrapped/nothing,404"})
  void theRestOfARefusedBodyIsNotTheNextRequest(String path, int status) throws IOException {
    try (Http http = halfSent(path)) {
      http.write("inition=b");
      assertThat(http.read(false).status()).isEqualTo(status);
      assertThat(http.send("GET", "/sync/page", "", new byte[0]).status()).isEqualTo(200);
    }
  }

  @Test
  void whatIsPendingIsAnsweredWhenTheApplicationStops() throws IOException {
    Tomcat tomcat = launch("stopping", Installation.find().war());
    tomcat.awaitReady("/health", 200);
    List<Http> pending = new ArrayList<>();
    for (String model : List.of("/wrapped", "/native")) {
      Http http = new Http(tomcat.port());
      http.write("POST " + model + "/form HTTP/1.1\r\nHost: x\r\nContent-Type: " + Http.FORM);
      http.write("\r\nContent-Length: 19\r\n\r\ntext=a&def");
      pending.add(http);
    }
    assertThat(Http.get(tomcat.port(), "/native/words/1").status()).isEqualTo(200);
    tomcat.close();
    for (Http http : pending) {
      assertThat(http.read(false).status()).isEqualTo(503);
      http.close();
    }
  }
}
