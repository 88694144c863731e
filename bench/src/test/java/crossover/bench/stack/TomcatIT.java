package crossover.bench.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TomcatIT {
  private static final List<String> SMALL = List.of("-Xmx64m", "-XX:+UseSerialGC");

  @TempDir private static Path temp;
  private static Path war;
  private static Stack stack;

  @BeforeAll
  static void open() throws Exception {
    war = temp.resolve("small.war");
    try (OutputStream file = Files.newOutputStream(war);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      zip.putNextEntry(new ZipEntry("health"));
      zip.write("well".getBytes(UTF_8));
      zip.putNextEntry(new ZipEntry("settings.jsp"));
      zip.write("<%=System.getProperty(\"some.setting\")%>".getBytes(UTF_8));
    }
    stack = Stack.open(Installation.find(), Cpus.halves(), null, null);
  }

  @AfterAll
  static void close() {
    stack.close();
  }

  private static Tomcat launch(String name, int major, Jdk jdk, int port, String... options) {
    List<String> all = new java.util.ArrayList<>(SMALL);
    all.addAll(List.of(options));
    return stack.launch(name, war, major, jdk, all, Map.of("some.setting", name), port);
  }

  @Test
  void bothTomcatsServeTheSameUnpackedWarSideBySide() throws Exception {
    Path base;
    try (Tomcat eleven = launch("eleven", 11, Jdks.newest(), 0);
        Tomcat ten = launch("ten", 10, Jdks.newest(), 0)) {
      eleven.awaitReady("/health", status -> status == 200, Tomcat.START_LIMIT);
      ten.awaitReady("/health", status -> status == 200, Tomcat.START_LIMIT);
      assertThat(body(eleven)).isEqualTo("eleven");
      assertThat(body(ten)).isEqualTo("ten");
      base = ten.base();
    }
    assertThat(base).doesNotExist();
  }

  private static String body(Tomcat tomcat) throws Exception {
    try (var in = tomcat.url("/settings.jsp").toURL().openStream()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Test
  void aTomcatThatDiesAtItsStartShowsItsLog() {
    Tomcat tomcat = launch("dying", 11, Jdks.newest(), 0, "-XX:NoSuchOption");
    assertThatThrownBy(
            () -> tomcat.awaitReady("/health", status -> status == 200, Tomcat.START_LIMIT))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("Tomcat dying ended while it was starting (exit status 1)")
        .hasMessageContaining("NoSuchOption");
    assertThat(tomcat.base()).doesNotExist();
  }

  @Test
  void aTomcatThatIsNotReadyInTimeTellsItsLastAnswerAndIsStopped() {
    Tomcat tomcat = launch("late", 11, Jdks.newest(), 0);
    tomcat.awaitReady("/health", status -> status == 200, Tomcat.START_LIMIT);
    assertThatThrownBy(
            () -> tomcat.awaitReady("/missing", status -> status == 200, Duration.ofSeconds(1)))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("/missing")
        .hasMessageContaining("404");
    assertThat(tomcat.isAlive()).isFalse();
  }

  @Test
  void aPortThatIsTakenIsToldBeforeAnythingStarts() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> launch("x", 11, Jdks.newest(), taken.getLocalPort()))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("port " + taken.getLocalPort());
    }
  }

  @Test
  void aMissingWarIsNamed() {
    assertThatThrownBy(
            () -> stack.launch("x", Path.of("no.war"), 11, Jdks.newest(), SMALL, Map.of(), 0))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("no.war");
  }
}
