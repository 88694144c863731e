package crossover.bench.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One real Tomcat in a JVM of its own, with one application. It is started by {@code java}
 * directly, so that its process is the JVM.
 */
public final class Tomcat extends WebServer {
  private static final String ARGUMENTS = "arguments";
  private static final Pattern FAILURE =
      Pattern.compile(
          "(?m)^(?!.* (?:FINE|DEBUG|TRACE)).*core\\.StandardContext\\.startInternal "
              + "|startup\\.HostConfig\\.deploy\\w+ .*\\R\\t");

  /** Of a log that is read at once, and of what a message can begin in. */
  private static final int PART = 1 << 20;

  private static final int OVERLAP = 1 << 13;

  private static final Pattern ROUTINE = Pattern.compile(" INFO \\[.*?] org\\.apache\\.");

  private final Map<Path, Long> seen = new HashMap<>();
  private boolean failed;

  private Tomcat(ChildProcess process, Path base, int port) {
    super(process, base, port);
  }

  /**
   * What to start.
   *
   * @param name for messages, such as the arm's
   * @param war a WAR file, or the folder of an unpacked one
   * @param context the path of its URLs; empty: it is at the root
   * @param major Tomcat's version, 11 or 10
   * @param overlay a folder laid over its configuration, file by file
   * @param jvmOptions options of the JVM
   * @param settings system properties of Tomcat's configuration and of the application; they win
   *     over those that name the stack's backends
   * @param port the HTTP port on 127.0.0.1, or 0 for a free one
   */
  public record Spec(
      String name,
      Path war,
      String context,
      int major,
      Optional<Path> overlay,
      Jdk jdk,
      List<String> jvmOptions,
      Map<String, String> settings,
      int port) {}

  /**
   * Starts a Tomcat.
   *
   * @param webapp the unpacked application
   * @param backends system properties that lead it to its backends
   * @param base a folder that does not exist yet (CATALINA_BASE)
   * @throws StartFailure if a port that was asked for is taken, or the JVM cannot be started
   */
  static Tomcat start(
      Spec spec,
      Path webapp,
      Map<String, String> backends,
      Installation installation,
      Path base,
      Watchdog watchdog) {
    int port = spec.port() == 0 ? Ports.free() : spec.port();
    try {
      if (spec.port() != 0) {
        Ports.requireFree(port);
      }
      copy(installation.tomcatConf(), base);
      if (spec.overlay().isPresent()) {
        copy(spec.overlay().get(), base);
      }
      Map<String, String> settings = new TreeMap<>(backends);
      settings.putAll(spec.settings());
      settings.putIfAbsent("crossover.http.address", LOOPBACK);
      settings.putIfAbsent("java.rmi.server.hostname", LOOPBACK); // for the probe's connection
      List<String> program =
          TomcatArguments.program(installation.tomcat(spec.major()), base, settings, port);
      Files.writeString(base.resolve(ARGUMENTS), TomcatArguments.file(program), UTF_8);
      prepare(base, webapp, spec.context());
      ChildProcess process =
          new Launch("Tomcat " + spec.name(), command(spec, base))
              .directory(base)
              .log(base.resolve("logs/console.log"))
              .start(watchdog);
      return new Tomcat(process, base, port);
    } catch (IOException | StartFailure e) {
      Ports.release(port);
      throw e instanceof StartFailure failure
          ? failure
          : new StartFailure("cannot prepare Tomcat " + spec.name() + " in " + base, e);
    }
  }

  private static void prepare(Path base, Path webapp, String context) throws IOException {
    for (String folder : List.of("logs", "temp", "webapps", "work")) {
      Files.createDirectories(base.resolve(folder));
    }
    // In its usual place, where Tomcat honours its META-INF/context.xml.
    String name = context.isEmpty() ? "ROOT" : context.substring(1).replace('/', '#');
    Files.createSymbolicLink(base.resolve("webapps").resolve(name), webapp.toAbsolutePath());
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

  private static List<String> command(Spec spec, Path base) throws IOException {
    List<String> options = new ArrayList<>();
    Path common = base.resolve("bin/jvm.options");
    if (Files.exists(common)) {
      Files.readAllLines(common, UTF_8).stream()
          .filter(line -> line.startsWith("-"))
          .forEach(options::add);
    }
    options.addAll(spec.jvmOptions());
    List<String> command = new ArrayList<>(List.of(spec.jdk().java().toString()));
    command.addAll(TomcatArguments.options(options, spec.jdk().version()));
    command.add("@" + base.resolve(ARGUMENTS));
    return command;
  }

  @Override
  String ifNothingListens() {
    return "its application has not ended its start: look for what it waits for";
  }

  // Such a Tomcat lives on, and answers 404. Its messages depend on the locale, their source does
  // not: what the first method logs by itself are errors, or for debugging; those of the second one
  // are explained by an exception.
  @Override
  boolean applicationFailed() {
    logs().forEach(this::lookForFailure);
    return failed;
  }

  /** In what has been logged since the last look: an application may log a lot more. */
  private void lookForFailure(Path log) {
    try {
      long size = Files.size(log);
      for (long at = seen.getOrDefault(log, 0L); at < size && !failed; at += PART) {
        String text = ChildProcess.part(log, Math.max(0, at - OVERLAP), OVERLAP + PART);
        failed = FAILURE.matcher(text).find();
      }
      seen.put(log, size);
    } catch (IOException e) {
      // It is looked for again.
    }
  }

  // The console has the warnings of Tomcat's own file, whose rest is routine.
  @Override
  public String lastLines() {
    Path console = base().resolve("logs/console.log");
    String told = ChildProcess.lastLines(console, line -> true);
    StringBuilder text = new StringBuilder(super.lastLines());
    for (Path log : logs()) {
      String more =
          ChildProcess.lastLines(
              log, line -> !told.contains(line) && !ROUTINE.matcher(line).find());
      text.append(
          more.isEmpty() || log.equals(console) ? "" : "\n" + log.getFileName() + ":" + more);
    }
    return text.toString();
  }
}
