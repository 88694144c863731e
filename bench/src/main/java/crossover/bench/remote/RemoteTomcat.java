package crossover.bench.remote;

import crossover.bench.stack.StartFailure;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * One Tomcat on a host that SSH reaches, for as long as the runner wants it: it ends with {@link
 * #close}, with the runner, and with the connection, whichever comes first. The files have to be
 * there already: {@link RemoteSite} puts them there.
 */
public final class RemoteTomcat implements AutoCloseable {
  private static final int ANSWER_LIMIT_MILLIS = 3_000;

  /**
   * Where the JVM's management port is reached here: RMI insists on one address and port, here and
   * there, and this one is free here even when the host is this machine.
   */
  private static final String MANAGEMENT_ADDRESS = "127.0.0.42";

  private final Ssh ssh;
  private final RemoteFolder folder;
  private final RemoteProcess process;
  private final String name;
  private final int port;
  private final int managementPort;
  private boolean forwarded;

  private RemoteTomcat(
      Ssh ssh,
      RemoteFolder folder,
      RemoteProcess process,
      String name,
      int port,
      int managementPort) {
    this.ssh = ssh;
    this.folder = folder;
    this.process = process;
    this.name = name;
    this.port = port;
    this.managementPort = managementPort;
  }

  /**
   * Starts it and returns at once.
   *
   * @throws StartFailure if the port is taken there or the connection is cut
   */
  static RemoteTomcat start(
      Ssh ssh,
      RemoteFolder folder,
      String name,
      String java,
      String arguments,
      int port,
      int managementPort) {
    requireFree(ssh, port);
    ssh.require(
        "prepare " + name,
        """
        cd %s && rm -rf base/work base/logs && mkdir -p base/work base/logs base/temp state || exit 1
        cat > state/arguments <<'END-OF-ARGUMENTS'
        %s
        END-OF-ARGUMENTS
        """
            .formatted(Ssh.quote(folder.path()), arguments));
    String command =
        "cd base && exec %s @../state/arguments >> logs/console.log 2>&1 < /dev/null"
            .formatted(Ssh.quote(java));
    RemoteProcess process =
        RemoteProcess.start(
            ssh, folder, "Tomcat " + name, "tomcat", "{ " + command + "; }", "TERM");
    return new RemoteTomcat(ssh, folder, process, name, port, managementPort);
  }

  /**
   * The arguments of {@code java} as its argument files have them.
   *
   * @param jvmOptions of the JVM
   * @param settings system properties of Tomcat's configuration and of the application
   */
  static String arguments(
      String folder,
      int javaVersion,
      List<String> jvmOptions,
      Map<String, String> settings,
      int port) {
    Path base = Path.of(folder, "base");
    Path home = Path.of(folder, "tomcat");
    Map<String, String> properties = new TreeMap<>(settings);
    properties.putIfAbsent("crossover.http.address", "0.0.0.0");
    properties.put("crossover.http.port", String.valueOf(port));
    properties.put("catalina.home", home.toString());
    properties.put("catalina.base", base.toString());
    properties.put("java.io.tmpdir", base.resolve("temp").toString());
    properties.put(
        "java.util.logging.config.file", base.resolve("conf/logging.properties").toString());
    properties.put("java.util.logging.manager", "org.apache.juli.ClassLoaderLogManager");
    StringBuilder text = new StringBuilder();
    jvmOptions.forEach(option -> line(text, option));
    if (javaVersion >= 22) {
      line(text, "--enable-native-access=ALL-UNNAMED");
    }
    properties.forEach((key, value) -> line(text, "-D" + key + "=" + value));
    line(text, "-classpath");
    line(text, home.resolve("bin/bootstrap.jar") + ":" + home.resolve("bin/tomcat-juli.jar"));
    line(text, "org.apache.catalina.startup.Bootstrap");
    line(text, "start");
    return text.toString().stripTrailing();
  }

  private static void line(StringBuilder text, String argument) {
    text.append('"').append(argument.replace("\\", "\\\\").replace("\"", "\\\"")).append("\"\n");
  }

  /**
   * Checks that nobody listens on a port there.
   *
   * @throws StartFailure if somebody does
   */
  static void requireFree(Ssh ssh, int port) {
    // The kernel's own table, since tools for it are not everywhere: state 0A is LISTEN.
    String script =
        "cat /proc/net/tcp /proc/net/tcp6 2>/dev/null"
            + " | awk -v port=:%04X '$4 == \"0A\" && $2 ~ port \"$\" {taken = 1} END {exit taken}'";
    if (ssh.run(script.formatted(port)).status() != 0) {
      throw new StartFailure(
          ssh.destination()
              + ": port "
              + port
              + " is taken there: stop what uses it, or name another port");
    }
  }

  /**
   * Waits until {@code path} is answered with a status that is accepted.
   *
   * @throws StartFailure if the JVM ends, or the limit passes; it is stopped then
   */
  public RemoteTomcat awaitReady(String path, IntPredicate accepted, Duration limit) {
    try {
      await(ssh, url(path), accepted, limit, this::isAlive, () -> lastLines());
      return this;
    } catch (StartFailure e) {
      close();
      throw e;
    }
  }

  /** Whether something still lives. */
  interface Life {
    boolean goesOn();
  }

  /** What something said last. */
  interface LastWords {
    String read();
  }

  static void await(
      Ssh ssh, URI address, IntPredicate accepted, Duration limit, Life life, LastWords words) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      String last;
      try {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setConnectTimeout(ANSWER_LIMIT_MILLIS);
        connection.setReadTimeout(ANSWER_LIMIT_MILLIS);
        int status = connection.getResponseCode();
        if (accepted.test(status)) {
          connection.disconnect();
          return;
        }
        try (var body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
          byte[] beginning = body == null ? new byte[0] : body.readNBytes(300);
          last = "status " + status + " " + new String(beginning, StandardCharsets.UTF_8).strip();
        }
      } catch (IOException e) {
        last = String.valueOf(e.getMessage());
        if (!life.goesOn()) {
          throw new StartFailure(
              ssh.destination() + ": Tomcat ended while it was starting" + words.read());
        }
      }
      if (System.nanoTime() > deadline) {
        throw new StartFailure(
            ssh.destination()
                + ": not ready after "
                + limit.toSeconds()
                + " s: GET "
                + address
                + " gave "
                + last
                + words.read());
      }
      try {
        Thread.sleep(200);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StartFailure("interrupted while Tomcat was starting on " + ssh.destination());
      }
    }
  }

  /** The address of a path of the application, as it is reached from here. */
  public URI url(String path) {
    return URI.create("http://" + ssh.hostname() + ":" + port + path);
  }

  /** The host as it is reached from here. */
  public String host() {
    return ssh.hostname();
  }

  /** Its HTTP port. */
  public int port() {
    return port;
  }

  /** The number of the JVM's process, there. */
  public long pid() {
    return process.pid();
  }

  /** System properties for a JVM whose counters are to be read: it listens on its loopback only. */
  static Map<String, String> managed(int managementPort) {
    String port = String.valueOf(managementPort);
    return Map.of(
        "com.sun.management.jmxremote.port",
        port,
        "com.sun.management.jmxremote.rmi.port",
        port,
        "com.sun.management.jmxremote.host",
        "127.0.0.1",
        "com.sun.management.jmxremote.authenticate",
        "false",
        "com.sun.management.jmxremote.ssl",
        "false",
        "java.rmi.server.hostname",
        MANAGEMENT_ADDRESS);
  }

  /** Where the JVM's management agent is reached from here, over the SSH connection. */
  public InetSocketAddress management() {
    if (!forwarded) {
      ssh.forward(MANAGEMENT_ADDRESS, managementPort);
      forwarded = true;
    }
    return new InetSocketAddress(MANAGEMENT_ADDRESS, managementPort);
  }

  /** Runs a POSIX script on the host and returns what it prints; for probes. */
  public String shell(String script) {
    return ssh.run(script).out();
  }

  /** Whether the JVM runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** The last lines of what the JVM and Tomcat logged, for messages. */
  public String lastLines() {
    return lastLines(ssh, folder);
  }

  static String lastLines(Ssh ssh, RemoteFolder folder) {
    String said =
        ssh.run("cd %s && tail -n 20 *.log".formatted(folder.quoted("base/logs"))).out().strip();
    return said.isEmpty() ? "; its log is empty" : "; the last lines of its log:\n" + said;
  }

  /** What people call it. */
  public String name() {
    return name;
  }

  /** Stops the Tomcat and waits for its end; its files stay. */
  @Override
  public void close() {
    if (forwarded && process.isHeld()) {
      forwarded = false;
      ssh.cancel(MANAGEMENT_ADDRESS, managementPort);
    }
    process.close();
  }
}
