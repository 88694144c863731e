package crossover.bench.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/**
 * One real Tomcat in a JVM of its own, with one application at the root of its URLs.
 *
 * <p>It is started by {@code java} directly, so that its process is the JVM. {@link #start} returns
 * at once: several can start side by side, and {@link #awaitReady} tells when one answers.
 */
public final class Tomcat implements AutoCloseable {
  /**
   * One that takes longer will never be ready. Minutes, for a shared machine may stand still, and a
   * board loads 200,000 words from its card at the first start.
   */
  public static final Duration START_LIMIT = Duration.ofMinutes(5);

  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(3);

  private final ChildProcess process;
  private final Path base;
  private final int port;

  private Tomcat(ChildProcess process, Path base, int port) {
    this.process = process;
    this.base = base;
    this.port = port;
  }

  /**
   * What to start.
   *
   * @param name for messages, such as the arm's
   * @param webapp the unpacked application
   * @param tomcat the unpacked Tomcat (CATALINA_HOME)
   * @param overlay what is laid over its configuration, file by file
   * @param jvmOptions options of the JVM
   * @param settings system properties: of Tomcat's configuration and of the application
   * @param port the HTTP port on 127.0.0.1, or 0 for a free one
   */
  public record Spec(
      String name,
      Path webapp,
      Path tomcat,
      Optional<Path> overlay,
      Jdk jdk,
      List<String> jvmOptions,
      Map<String, String> settings,
      int port) {}

  /**
   * Starts a Tomcat.
   *
   * @param conf the configuration that its own is a copy of
   * @param base a folder that does not exist yet (CATALINA_BASE)
   * @throws StartFailure if a port that was asked for is taken, or the JVM cannot be started
   */
  static Tomcat start(Spec spec, Path conf, Path base, Watchdog watchdog) {
    if (spec.port() != 0) {
      Ports.requireFree(spec.port());
    }
    int port = spec.port() == 0 ? Ports.free() : spec.port();
    try {
      prepare(base, conf, spec);
    } catch (IOException e) {
      throw new StartFailure("cannot prepare Tomcat " + spec.name() + " in " + base, e);
    }
    ChildProcess process =
        new Launch("Tomcat " + spec.name(), command(spec, base, port))
            .directory(base)
            .log(base.resolve("logs/console.log"))
            .start(watchdog);
    return new Tomcat(process, base, port);
  }

  private static void prepare(Path base, Path conf, Spec spec) throws IOException {
    copy(conf, base);
    if (spec.overlay().isPresent()) {
      copy(spec.overlay().get(), base);
    }
    for (String folder : List.of("conf/Catalina/localhost", "logs", "temp", "webapps", "work")) {
      Files.createDirectories(base.resolve(folder));
    }
    String docBase =
        spec.webapp().toAbsolutePath().toString().replace("&", "&amp;").replace("\"", "&quot;");
    Files.writeString(
        base.resolve("conf/Catalina/localhost/ROOT.xml"),
        "<Context docBase=\"" + docBase + "\"/>\n",
        UTF_8);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target, REPLACE_EXISTING);
        }
      }
    }
  }

  private static List<String> command(Spec spec, Path base, int port) {
    List<String> command = new ArrayList<>();
    command.add(spec.jdk().java().toString());
    Path options = base.resolve("bin/jvm.options");
    if (Files.exists(options)) {
      command.add("@" + options);
    }
    command.addAll(spec.jvmOptions());
    if (spec.jdk().version() >= 22) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    Map<String, String> properties = new TreeMap<>();
    properties.put("crossover.http.address", "127.0.0.1");
    properties.putAll(spec.settings());
    properties.put("crossover.http.port", String.valueOf(port));
    // Without its port a Tomcat would live on, and whoever has the port would answer for it.
    properties.put("org.apache.catalina.startup.EXIT_ON_INIT_FAILURE", "true");
    properties.put("java.rmi.server.hostname", "127.0.0.1"); // for the probe's local connection
    properties.put("catalina.home", spec.tomcat().toString());
    properties.put("catalina.base", base.toString());
    properties.put("java.io.tmpdir", base.resolve("temp").toString());
    properties.put(
        "java.util.logging.config.file", base.resolve("conf/logging.properties").toString());
    properties.put("java.util.logging.manager", "org.apache.juli.ClassLoaderLogManager");
    properties.forEach((key, value) -> command.add("-D" + key + "=" + value));
    Path bin = spec.tomcat().resolve("bin");
    command.add("-classpath");
    command.add(bin.resolve("bootstrap.jar") + ":" + bin.resolve("tomcat-juli.jar"));
    command.add("org.apache.catalina.startup.Bootstrap");
    command.add("start");
    return command;
  }

  /**
   * Waits until {@code path} is answered with a status that is accepted.
   *
   * @throws StartFailure if the JVM ends, or the limit passes; the Tomcat is stopped then
   */
  public Tomcat awaitReady(String path, IntPredicate accepted, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    URI address = url(path);
    String last = "no answer";
    while (true) {
      if (!process.isAlive()) {
        throw stopped("ended while it was starting");
      }
      try {
        Answer answer = get(address);
        if (accepted.test(answer.status)) {
          return this;
        }
        last = "status " + answer.status + " " + answer.beginning;
      } catch (IOException e) {
        last = String.valueOf(e.getMessage());
      }
      if (System.nanoTime() > deadline) {
        throw stopped(
            "is not ready after " + limit.toSeconds() + " s: GET " + address + " gave " + last);
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw stopped("was interrupted while it was starting");
      }
    }
  }

  private record Answer(int status, String beginning) {}

  private static Answer get(URI address) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setConnectTimeout((int) ANSWER_LIMIT.toMillis());
    connection.setReadTimeout((int) ANSWER_LIMIT.toMillis());
    connection.setInstanceFollowRedirects(false);
    try {
      int status = connection.getResponseCode();
      try (InputStream body =
          status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
        byte[] beginning = body == null ? new byte[0] : body.readNBytes(300);
        return new Answer(status, new String(beginning, UTF_8).strip());
      }
    } finally {
      connection.disconnect();
    }
  }

  private StartFailure stopped(String what) {
    StartFailure failure = new StartFailure(process.failure(what).getMessage() + ownLogs());
    close();
    return failure;
  }

  // Tomcat's own files tell more than the console: the configuration sends the log there.
  private String ownLogs() {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> logs = Files.list(base.resolve("logs"))) {
      for (Path log : logs.filter(file -> !file.endsWith("console.log")).sorted().toList()) {
        text.append("\n").append(log.getFileName()).append(ChildProcess.lastLines(log));
      }
    } catch (IOException e) {
      text.append("\n").append(e.getMessage());
    }
    return text.toString();
  }

  /** The address of a path of the application. */
  public URI url(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /** Its HTTP port on 127.0.0.1. */
  public int port() {
    return port;
  }

  /** The JVM's process. */
  public long pid() {
    return process.pid();
  }

  /** Whether the JVM runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** CATALINA_BASE, with the logs; gone after {@link #close}. */
  public Path base() {
    return base;
  }

  /** The last lines of what the JVM and Tomcat logged, for messages. */
  public String lastLines() {
    return process.lastLines() + ownLogs();
  }

  /** Asks the Tomcat to end, and returns at once, so that several can end side by side. */
  public void beginStop() {
    process.beginStop();
  }

  /** Stops the Tomcat and removes its folder. */
  @Override
  public void close() {
    process.close();
    TempDirectory.delete(base);
  }
}
