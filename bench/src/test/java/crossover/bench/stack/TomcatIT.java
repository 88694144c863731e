package crossover.bench.stack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Logger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.Driver;

class TomcatIT {
  private static final List<String> SMALL = List.of("-Xmx64m", "-XX:+UseSerialGC");

  private static final String COLLECTOR_JSP =
      "<%=java.lang.management.ManagementFactory.getGarbageCollectorMXBeans().get(0).getName()%>";

  /** Available from the fifth request on. */
  private static final String BUSY_JSP =
      "<%!int n;%><%if (++n < 5) response.sendError(503); else out.print(n);%>";

  private static final String CONTEXT =
      """
      <Context>
        <Parameter name="p" value="of the WAR"/>
        <Environment name="limit" type="java.lang.Integer" value="7"/>
        <Resource name="jdbc/shop" type="javax.sql.DataSource" driverClassName="org.postgresql.Driver"
            url="${crossover.jdbc.url}" username="${crossover.jdbc.user}"
            password="${crossover.jdbc.password}"/>
        <CookieProcessor sameSiteCookies="strict"/>
      </Context>
      """;

  private static final String JNDI_JSP =
      """
      <%@ page import="java.sql.*,javax.naming.*"%>\
      <%Context own = (Context) new InitialContext().lookup("java:comp/env");
      try (Connection c = ((javax.sql.DataSource) own.lookup("jdbc/shop")).getConnection();
          ResultSet six = c.createStatement().executeQuery("SELECT 2 * 3")) {
        six.next();
        out.print(own.lookup("limit") + " " + six.getInt(1));
      }%>""";

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
      zip.putNextEntry(new ZipEntry("collector.jsp"));
      zip.write(COLLECTOR_JSP.getBytes(UTF_8));
      zip.putNextEntry(new ZipEntry("META-INF/context.xml"));
      zip.write(CONTEXT.getBytes(UTF_8));
      zip.putNextEntry(new ZipEntry("jndi.jsp"));
      zip.write(JNDI_JSP.getBytes(UTF_8));
      zip.putNextEntry(new ZipEntry("WEB-INF/lib/driver.jar"));
      Files.copy(Installation.codeOf(Driver.class), zip);
      zip.putNextEntry(new ZipEntry("busy.jsp"));
      zip.write(BUSY_JSP.getBytes(UTF_8));
      zip.putNextEntry(new ZipEntry("parameter.jsp"));
      zip.write("<%=application.getInitParameter(\"p\")%>".getBytes(UTF_8));
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
      eleven.awaitReady("/health", 200);
      ten.awaitReady("/health", 200);
      assertThat(body(eleven)).isEqualTo("eleven");
      assertThat(body(ten)).isEqualTo("ten");
      base = ten.base();
    }
    assertThat(base).doesNotExist();
  }

  private static String body(Tomcat tomcat) throws Exception {
    return body(tomcat, "/settings.jsp");
  }

  private static String body(Tomcat tomcat, String path) throws Exception {
    try (var in = tomcat.url(path).toURL().openStream()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Test
  void aTomcatThatDiesAtItsStartShowsItsLog() {
    Tomcat tomcat = launch("dying", 11, Jdks.newest(), 0, "-XX:NoSuchOption");
    assertThatThrownBy(() -> tomcat.awaitReady("/health", 200))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("Tomcat dying ended while it was starting (exit status 1)")
        .hasMessageContaining("NoSuchOption");
    assertThat(tomcat.base()).doesNotExist();
  }

  @Test
  void aTomcatThatEndsWellIsNotAdvisedToStayInTheForeground() {
    Tomcat tomcat = launch("brief", 11, Jdks.newest(), 0, "-version");
    assertThatThrownBy(() -> tomcat.awaitReady("/health", 200))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("Tomcat brief ended while it was starting (exit status 0)");
  }

  @Test
  void aTomcatThatIsNotReadyInTimeTellsItsLastAnswerAndIsStopped() {
    Tomcat tomcat = launch("late", 11, Jdks.newest(), 0);
    tomcat.awaitReady("/health", 200);
    assertThatThrownBy(() -> tomcat.awaitReady("/missing", 200, Optional.of(Duration.ofSeconds(1))))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("is not ready after 1 s: GET ")
        .hasMessageContaining("/missing gave status 404")
        .hasMessageContaining("; name by \"ready\" (--ready) a path")
        .hasMessageContaining("; if it only needs time: a longer \"start-limit\" (--start-limit)");
    assertThat(tomcat.isAlive()).isFalse();
  }

  @Test
  void aTomcatThatIsUnavailableAtFirstIsWaitedFor() throws Exception {
    try (Tomcat tomcat = launch("busy", 11, Jdks.newest(), 0)) {
      tomcat.awaitReady("/busy.jsp", 200);
      assertThat(body(tomcat, "/busy.jsp")).isEqualTo("6");
    }
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

  @Test
  void aWarsOwnContextIsHonouredAndAnArmsCollectorWinsAndNoPasswordIsSeen() throws Exception {
    try (Tomcat tomcat = launch("own", 11, Jdks.newest(), 0, "-XX:+UseG1GC")) {
      tomcat.awaitReady("/health", 200);
      assertThat(body(tomcat, "/parameter.jsp")).isEqualTo("of the WAR");
      URLConnection answer = tomcat.url("/jndi.jsp").toURL().openConnection();
      assertThat(answer.getInputStream()).hasContent("7 6");
      assertThat(answer.getHeaderField("Set-Cookie")).contains("SameSite=Strict");
      assertThat(body(tomcat, "/collector.jsp")).startsWith("G1 ");
      assertThat(ProcessHandle.of(tomcat.pid()).orElseThrow().info().commandLine().orElseThrow())
          .contains("-XX:+UseG1GC")
          .doesNotContain("password");
    }
  }

  /** Tomcat's log of a start that went well may have much of the source that tells of a failure. */
  @Test
  void aWarIsServedUnderItsContextWithItsOwnContextFile() throws Exception {
    Path overlay = Files.createDirectories(temp.resolve("overlay/conf")).getParent();
    Files.createDirectory(overlay.resolve("webapps"));
    Files.writeString(
        overlay.resolve("conf/logging.properties"),
        """
        handlers = java.util.logging.ConsoleHandler
        java.util.logging.ConsoleHandler.level = FINER
        java.util.logging.ConsoleHandler.formatter = org.apache.juli.OneLineFormatter
        org.apache.catalina.core.level = FINER
        """);
    for (String context : List.of("/shop", "/shops/north")) {
      try (Tomcat tomcat =
          stack.launch(
              new Tomcat.Spec(
                  "shop",
                  war,
                  context,
                  11,
                  Optional.of(overlay),
                  Jdks.newest(),
                  SMALL,
                  Map.of(),
                  0))) {
        tomcat.awaitReady(context + "/health", 200);
        assertThat(body(tomcat, context + "/parameter.jsp")).isEqualTo("of the WAR");
        assertThat(HttpAnswer.get(tomcat.url("/health")).status()).isEqualTo(404);
        assertThat(tomcat.base().resolve("logs/console.log"))
            .content()
            .contains(" FINER ", "core.StandardContext.startInternal ");
      }
    }
  }

  /** An application that cannot start. */
  public static class Broken implements ServletContextListener {
    @Override
    public void contextInitialized(ServletContextEvent event) {
      throw new IllegalStateException("the licence has expired");
    }
  }

  /** Another one, of which a thread goes on, and logs two megabytes once Tomcat has told of it. */
  public static final class BrokenAndChatty extends Broken {
    @Override
    public void contextInitialized(ServletContextEvent event) {
      // Once it has failed no class is loaded any more.
      talk(1);
      isTold();
      new Thread(BrokenAndChatty::talkOnceItIsTold).start();
      super.contextInitialized(event);
    }

    private static void talkOnceItIsTold() {
      while (!isTold()) {
        LockSupport.parkNanos(10_000_000);
      }
      talk(2_000);
    }

    private static boolean isTold() {
      LockSupport.parkNanos(1);
      try {
        Path console = Path.of(System.getProperty("catalina.base"), "logs/console.log");
        return Files.readString(console, ISO_8859_1).contains("startup failed");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void talk(int lines) {
      for (int line = 0; line < lines; line++) {
        Logger.getLogger("chatty").warning("x".repeat(1_000));
      }
      System.out.println("said " + lines);
    }
  }

  private static Path warOf(Class<? extends Broken> listener) throws Exception {
    Path broken = temp.resolve(listener.getSimpleName() + ".war");
    try (OutputStream file = Files.newOutputStream(broken);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      for (Class<?> type : List.of(Broken.class, BrokenAndChatty.class)) {
        String name = type.getName().replace('.', '/') + ".class";
        zip.putNextEntry(new ZipEntry("WEB-INF/classes/" + name));
        try (InputStream in = type.getResourceAsStream("/" + name)) {
          in.transferTo(zip);
        }
      }
      zip.putNextEntry(new ZipEntry("WEB-INF/web.xml"));
      String element =
          "<listener><listener-class>" + listener.getName() + "</listener-class></listener>";
      zip.write(("<web-app>" + element + "</web-app>").getBytes(UTF_8));
    }
    return broken;
  }

  @Test
  void oneThatLogsMuchMoreAfterItFailedHasFailedAllTheSame() throws Exception {
    Path chatty = warOf(BrokenAndChatty.class);
    try (Tomcat tomcat = stack.launch("x", chatty, 11, Jdks.newest(), SMALL, Map.of(), 0)) {
      Path console = tomcat.base().resolve("logs/console.log");
      assertThat(
              Await.until(
                  () -> ChildProcess.lastLines(console, line -> true).contains("said 2000"),
                  Duration.ofMillis(100),
                  Duration.ofMinutes(2)))
          .isTrue();
      assertThatThrownBy(() -> tomcat.awaitReady("/", 499))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("Tomcat x could not start its application");
    }
  }

  @Test
  void aWarWhoseListenerFailsIsToldWithTomcatsOwnMessage() throws Exception {
    Path broken = warOf(Broken.class);
    for (int line : List.of(10, 11)) {
      Tomcat tomcat = stack.launch("broken", broken, line, Jdks.newest(), SMALL, Map.of(), 0);
      assertThatThrownBy(() -> tomcat.awaitReady("/", 499))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("Tomcat broken could not start its application")
          .hasMessageContaining("the licence has expired")
          .satisfies(
              failure ->
                  assertThat(failure.getMessage().lines())
                      .doesNotHaveDuplicates()
                      .noneMatch(told -> told.contains(" INFO ")));
    }
  }

  @Test
  void aContextFileThatIsNoXmlIsToldWithTomcatsOwnMessage() throws Exception {
    Path broken = Files.createDirectories(temp.resolve("folder/META-INF")).getParent();
    Files.writeString(broken.resolve("META-INF/context.xml"), "<Context><Parameter</Context>");
    Tomcat tomcat = stack.launch("broken", broken, 11, Jdks.newest(), SMALL, Map.of(), 0);
    assertThatThrownBy(() -> tomcat.awaitReady("/", 399))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("Tomcat broken could not start its application")
        .hasMessageContaining("SAXParseException")
        .hasMessageContaining("\"Parameter\"");
  }
}
