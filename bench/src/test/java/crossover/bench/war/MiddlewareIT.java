package crossover.bench.war;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.load.Generator;
import crossover.bench.load.Generators;
import crossover.bench.load.Slice;
import crossover.bench.load.Traffic;
import crossover.bench.load.Window;
import crossover.bench.stack.Cpus;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdks;
import crossover.bench.stack.Stack;
import crossover.bench.stack.Tomcat;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What stands before the views: nothing, a filter that blocks, one that does not, and one of the
 * old kind.
 */
class MiddlewareIT {
  private static final String OLD_FILTER =
      """
        <filter>
          <filter-name>old</filter-name>
          <filter-class>org.apache.catalina.filters.SetCharacterEncodingFilter</filter-class>
          <async-supported>false</async-supported>
        </filter>
        <filter-mapping>
          <filter-name>old</filter-name>
          <url-pattern>/*</url-pattern>
        </filter-mapping>
      </web-app>
      """;

  @TempDir private static Path temp;
  private static Stack stack;
  private static Map<String, Tomcat> tomcats;

  @BeforeAll
  static void open() throws IOException {
    Installation installation = Installation.find();
    stack = Stack.open(installation, Cpus.free(), null, null);
    Path war = installation.war();
    tomcats =
        Map.of(
            "none", launch("none", war),
            "blocking", launch("blocking", war),
            "async", launch("async", war),
            "old", launch("none", withOldFilter(war)));
    for (Tomcat tomcat : tomcats.values()) {
      tomcat.awaitReady("/health", 200);
    }
  }

  private static Tomcat launch(String middleware, Path war) {
    Map<String, String> settings = new TreeMap<>(MatrixIT.PATIENT);
    settings.put("crossover.middleware", middleware);
    return stack.launch(middleware, war, 11, Jdks.newest(), MatrixIT.JVM, settings, 0);
  }

  private static Path withOldFilter(Path war) throws IOException {
    Path unpacked = unpack(war, temp.resolve("old"));
    Path descriptor = unpacked.resolve("WEB-INF/web.xml");
    Files.writeString(descriptor, Files.readString(descriptor).replace("</web-app>", OLD_FILTER));
    return unpacked;
  }

  static Path unpack(Path war, Path folder) throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(war);
        Stream<Path> files = Files.walk(zip.getPath("/"))) {
      for (Path file : files.toList()) {
        Path target = folder.resolve(file.toString().substring(1));
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
    return folder;
  }

  @AfterAll
  static void close() {
    stack.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"blocking", "async"})
  void aVisitorIsMadeOnceAndThenKnownInEveryModel(String middleware) throws IOException {
    int port = tomcats.get(middleware).port();
    for (String model : MatrixIT.MODELS) {
      for (String view : List.of("/page", "/page-fn", "/words/1", "/form", "/words/0")) {
        Http.Answer plain = Http.get(tomcats.get("none").port(), model + view);
        assertThat(plain.header("Set-Cookie")).isNull();
        Http.Answer first = Http.get(port, model + view);
        assertThat(first.body()).isEqualTo(plain.body());
        assertThat(first.status()).isEqualTo(plain.status());
        assertThat(first.header("Set-Cookie")).startsWith("visitor=").contains("; Path=/; ");
        String cookie = first.header("Set-Cookie").replaceAll(";.*", "");
        Http.Answer second = Http.exchange(port, "GET", model + view, "Cookie: " + cookie + "\r\n");
        assertThat(second.header("Set-Cookie")).isNull();
        assertThat(second.body()).isEqualTo(plain.body());
      }
      byte[] form = "text=a&definition=b".getBytes(UTF_8);
      assertThat(Http.post(port, model + "/form", Http.FORM, form).status()).isEqualTo(303);
      String made = "Cookie: visitor=00000000-0000-0000-0000-000000000000\r\n";
      assertThat(Http.exchange(port, "GET", model + "/page", made).header("Set-Cookie"))
          .as("a visitor who made the id up is given another")
          .startsWith("visitor=");
    }
  }

  /**
   * What the experiment about middleware rests on: its filter finds the visitors, and makes none.
   */
  @Test
  void visitorsOfTheirPlanAreMadeOnceAndKeepTheirCookie() throws IOException {
    Installation installation = Installation.find();
    try (Generator generator =
        Generators.start(
            installation.jmeter(),
            Jdks.newest(),
            List.of(),
            temp.resolve("g.log"),
            stack.watchdog())) {
      assertThat(visitorsMadeBy(generator, "visitor.jmx")).isEqualTo(3);
      assertThat(visitorsMadeBy(generator, "get.jmx")).isGreaterThan(3);
    }
  }

  private static long visitorsMadeBy(Generator generator, String plan) throws IOException {
    String port = Integer.toString(tomcats.get("blocking").port());
    long before = keysInRedis();
    Slice slice =
        generator.run(
            Traffic.closed(
                Installation.find().plans().resolve(plan),
                Map.of("host", "127.0.0.1", "port", port, "path", "/native"),
                3,
                0.2,
                1),
            Window.UNWATCHED);
    assertThat(slice.errors()).isZero();
    assertThat(slice.requests()).as("more than each user's first").isGreaterThan(3);
    return keysInRedis() - before;
  }

  /** Asked in Redis's own words, answered by {@code :42}. */
  private static long keysInRedis() throws IOException {
    try (Socket redis = new Socket(stack.redis().getHost(), stack.redis().getPort())) {
      redis.getOutputStream().write("DBSIZE\r\n".getBytes(UTF_8));
      String answer =
          new BufferedReader(new InputStreamReader(redis.getInputStream(), UTF_8)).readLine();
      return Long.parseLong(answer.substring(1));
    }
  }

  /**
   * Why every filter here is declared async-supported: one that is not takes that right from all
   * that stands behind it, and only views that were done at once still answer.
   */
  @Test
  void behindAFilterOfTheOldKindAnAsynchronousViewFails() throws IOException {
    int port = tomcats.get("old").port();
    assertThat(Http.get(port, "/sync/words/1").status()).isEqualTo(200);
    assertThat(Http.get(port, "/native/page-fn").status()).isEqualTo(200);
    for (String view : List.of("/wrapped/page", "/native/words/1", "/native/cached/1")) {
      Http.Answer answer = Http.get(port, view);
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.body()).contains("Something went wrong").doesNotContain("Exception");
    }
  }
}
