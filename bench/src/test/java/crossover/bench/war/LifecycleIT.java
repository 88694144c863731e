package crossover.bench.war;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.stack.Cpus;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdks;
import crossover.bench.stack.Stack;
import crossover.bench.stack.Tomcat;
import java.io.IOException;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The WAR is deployed, used in every way, undeployed and deployed again; what it leaves behind,
 * Tomcat tells.
 */
class LifecycleIT {
  /**
   * Every ten seconds Tomcat looks after the application in its name, and the stop may fall there.
   * On a busy machine it is slow to begin with random numbers, and Vert.x warns that a thread of
   * its pools was held up for seconds, which says nothing of what a stop leaves.
   */
  private static final List<String> NOT_LEFT_BEHIND =
      List.of(
          "a thread named [Catalina-utility-",
          "Creation of SecureRandom instance",
          "[vertx-blocked-thread-checker]");

  private static final Duration UNLOADED = Duration.ofSeconds(30);

  @ParameterizedTest
  @SuppressWarnings("BanJNDI") // the server asked is the one just started
  @CsvSource({"11,25,20", "10,17,3"})
  void aWarThatIsUndeployedAfterLoadLeavesNothingBehind(int major, int java, int times)
      throws Exception {
    Installation installation = Installation.find();
    int port = freePort();
    try (Stack stack = Stack.open(installation, Cpus.free(), null, null)) {
      Tomcat tomcat =
          stack.launch(
              "lifecycle",
              installation.war(),
              major,
              Jdks.newest(jdk -> jdk.version() == java).orElseThrow(),
              options(port),
              MatrixIT.PATIENT,
              0);
      tomcat.awaitReady("/health", 200);
      try (JMXConnector connector = JMXConnectorFactory.connect(jmx(port))) {
        MBeanServerConnection server = connector.getMBeanServerConnection();
        ObjectName context =
            new ObjectName(
                "Catalina:j2eeType=WebModule,name=//localhost/,J2EEApplication=none,J2EEServer=none");
        int first = 0;
        for (int time = 0; time < times; time++) {
          load(tomcat);
          server.invoke(context, "stop", null, null);
          assertThat(server.queryNames(new ObjectName("crossover:*"), null)).isEmpty();
          if (time == 0) {
            first = classesLoaded(server);
            try (Connection connection = stack.database().connect();
                Statement statement = connection.createStatement()) {
              statement.execute("truncate word"); // Found empty, the table is filled again.
            }
          }
          server.invoke(context, "start", null, null);
          tomcat.awaitReady("/health", 200);
          assertThat(server.queryNames(new ObjectName("crossover:*"), null)).hasSize(1);
        }
        load(tomcat);
        server.invoke(context, "stop", null, null);
        // An application has thousands of classes; some of Tomcat's and the JDK's own come one by
        // one. What has a finalizer goes after it has run.
        long deadline = System.nanoTime() + UNLOADED.toNanos();
        while (classesLoaded(server) > first + 2_000 && System.nanoTime() < deadline) {
          Thread.sleep(200);
        }
        assertThat(classesLoaded(server)).isLessThan(first + 2_000);
      }
      assertThat(complaints(tomcat.base().resolve("logs"))).isEmpty();
    }
  }

  /** After collections, since a class goes with its loader. */
  private static int classesLoaded(MBeanServerConnection server) throws Exception {
    MemoryMXBean memory =
        ManagementFactory.newPlatformMXBeanProxy(
            server, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
    ClassLoadingMXBean classes =
        ManagementFactory.newPlatformMXBeanProxy(
            server, ManagementFactory.CLASS_LOADING_MXBEAN_NAME, ClassLoadingMXBean.class);
    memory.gc();
    memory.gc();
    return classes.getLoadedClassCount();
  }

  /**
   * Every model and view on more threads than the pools have connections: 64 requests of 32 users
   * are shared by ten or more threads of Tomcat's and 32 workers, and the pools have 8. Each word
   * of the cached view is asked for twice, so that it is made and found.
   */
  private static void load(Tomcat tomcat) throws Exception {
    for (String model : MatrixIT.MODELS) {
      for (String view : List.of("/page", "/page-fn", "/words/1", "/form", "/cached/")) {
        AtomicInteger id = new AtomicInteger();
        Users.Request request =
            http ->
                Users.get(
                        model
                            + (view.endsWith("/") ? view + (1 + id.incrementAndGet() % 32) : view))
                    .on(http);
        assertThat(Users.ask(tomcat.port(), 32, 2, request)).containsOnlyKeys(200);
      }
      assertThat(Users.ask(tomcat.port(), 32, 2, Users.post(model))).containsOnlyKeys(303);
    }
  }

  private static List<String> options(int port) {
    List<String> options = new ArrayList<>(MatrixIT.JVM);
    // The JDK refers to classes softly, which by default keeps them until memory is short.
    options.add("-XX:SoftRefLRUPolicyMSPerMB=0");
    // As Tomcat's own script opens them, so that it can look for leaks.
    options.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
    options.add("--add-opens=java.base/java.io=ALL-UNNAMED");
    options.add("--add-opens=java.base/java.util=ALL-UNNAMED");
    options.add("--add-opens=java.base/java.util.concurrent=ALL-UNNAMED");
    options.add("--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED");
    options.add("-Djava.rmi.server.hostname=127.0.0.1");
    options.add("-Dcom.sun.management.jmxremote.host=127.0.0.1");
    options.add("-Dcom.sun.management.jmxremote.port=" + port);
    options.add("-Dcom.sun.management.jmxremote.rmi.port=" + port);
    options.add("-Dcom.sun.management.jmxremote.authenticate=false");
    options.add("-Dcom.sun.management.jmxremote.ssl=false");
    return options;
  }

  private static JMXServiceURL jmx(int port) throws IOException {
    return new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static List<String> complaints(Path logs) throws IOException {
    List<String> complaints = new ArrayList<>();
    try (Stream<Path> files = Files.list(logs)) {
      for (Path file : files.toList()) {
        for (String line : Files.readAllLines(file)) {
          // INFO is that a finalizer of Netty's met a class that had not been loaded.
          if ((line.contains(" SEVERE ") || line.contains(" WARNING "))
              && NOT_LEFT_BEHIND.stream().noneMatch(line::contains)) {
            complaints.add(line);
          }
        }
      }
    }
    return complaints;
  }
}
