package crossover.bench.war;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.stack.Cpus;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdks;
import crossover.bench.stack.Stack;
import crossover.bench.stack.Tomcat;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The WAR is deployed, used in every way, undeployed and deployed again; what it leaves behind,
 * Tomcat tells.
 */
class LifecycleIT {
  /** Every ten seconds it looks after the application in its name, and the stop may fall there. */
  private static final String TOMCATS_OWN = "a thread named [Catalina-utility-";

  @ParameterizedTest
  @SuppressWarnings("BanJNDI") // the server asked is the one just started
  @ValueSource(ints = {11, 10})
  void anUndeployedWarLeavesNothingBehind(int major) throws Exception {
    Installation installation = Installation.find();
    int port = freePort();
    try (Stack stack = Stack.open(installation, Cpus.free(), null, null)) {
      Tomcat tomcat =
          stack.launch(
              "lifecycle",
              installation.war(),
              major,
              Jdks.newest(),
              options(port),
              MatrixIT.PATIENT,
              0);
      tomcat.awaitReady("/health", status -> status == 200, Tomcat.START_LIMIT);
      use(tomcat);
      try (JMXConnector connector = JMXConnectorFactory.connect(jmx(port))) {
        MBeanServerConnection server = connector.getMBeanServerConnection();
        ObjectName context =
            new ObjectName(
                "Catalina:j2eeType=WebModule,name=//localhost/,J2EEApplication=none,J2EEServer=none");
        server.invoke(context, "stop", null, null);
        assertThat(server.queryNames(new ObjectName("crossover:*"), null)).isEmpty();
        try (Connection connection = stack.database().connect();
            Statement statement = connection.createStatement()) {
          statement.execute("truncate word"); // Found empty, the table is filled again.
        }
        server.invoke(context, "start", null, null);
        tomcat.awaitReady("/health", status -> status == 200, Tomcat.START_LIMIT);
        assertThat(server.queryNames(new ObjectName("crossover:*"), null)).hasSize(1);
        use(tomcat);
        server.invoke(context, "stop", null, null);
      }
      assertThat(complaints(tomcat.base().resolve("logs"))).isEmpty();
    }
  }

  private static void use(Tomcat tomcat) throws IOException {
    for (String model : MatrixIT.MODELS) {
      for (int round = 0; round < 12; round++) { // On most of the container's threads.
        for (String view : List.of("/page", "/page-fn", "/words/1", "/form", "/cached/" + round)) {
          assertThat(Http.get(tomcat.port(), model + view).status()).isIn(200, 404);
        }
        byte[] form = "text=a&definition=b".getBytes(UTF_8);
        assertThat(Http.post(tomcat.port(), model + "/form", Http.FORM, form).status())
            .isEqualTo(303);
      }
      assertThat(Http.get(tomcat.port(), model + "/words/207272").status()).isEqualTo(200);
    }
  }

  private static List<String> options(int port) {
    List<String> options = new ArrayList<>(MatrixIT.JVM);
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
          if ((line.contains(" SEVERE ") || line.contains("WebappClassLoader"))
              && !line.contains(TOMCATS_OWN)) {
            complaints.add(line);
          }
        }
      }
    }
    return complaints;
  }
}
