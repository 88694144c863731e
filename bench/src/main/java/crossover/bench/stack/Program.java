package crossover.bench.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A program of the user's that listens on a port: a server of any kind. */
public final class Program extends WebServer {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([\\w.-]+)}");
  private static final String PATH = "PATH";

  /** In the environment: by it what a program has put into the background is known. */
  private static final String FOLDER = "CROSSOVER_FOLDER";

  private Program(ChildProcess process, Path folder, int port) {
    super(process, folder, port);
  }

  /**
   * A command line of the user's.
   *
   * @param name for messages
   * @param words may hold <code>${port}</code> and other settings, as may the environment's values
   * @param directory the working folder
   * @param jdk the Java that it finds
   */
  public record Command(
      String name, List<String> words, Path directory, Map<String, String> environment, Jdk jdk) {

    /**
     * Checks that there is such a program.
     *
     * @throws StartFailure if there is none
     */
    public void require() {
      String program = words.get(0);
      Optional<Path> found =
          program.contains("/")
              ? Optional.of(directory.resolve(program)).filter(Files::isExecutable)
              : Tools.find(program)
                  .or(() -> Optional.of(jdk.home().resolve("bin").resolve(program)));
      if (found.filter(Files::isRegularFile).isEmpty()) {
        String hint = Files.exists(directory.resolve(program)) ? ": write ./" + program : "";
        throw new StartFailure(
            program.contains("/")
                ? name + ": " + directory.resolve(program) + " is no program that can be executed"
                : name + ": there is no program " + program + " in the folders of PATH" + hint);
      }
    }

    /** The words to start: without setsid it is not the program's PATH that is searched. */
    List<String> words(Map<String, String> settings) {
      List<String> filled = new ArrayList<>(words);
      filled.replaceAll(word -> filled(word, settings));
      Path own = jdk.home().resolve("bin").resolve(words.get(0));
      if (!words.get(0).contains("/") && !environment.containsKey(PATH) && Files.exists(own)) {
        filled.set(0, own.toString());
      }
      return filled;
    }

    /**
     * Ready to start, with its output going to a file.
     *
     * @param settings by name, such as {@code crossover.jdbc.url}: <code>${jdbc.url}</code> in a
     *     word or in the environment, and {@code CROSSOVER_JDBC_URL} in the environment
     */
    Launch launch(Map<String, String> settings, Path log) {
      Launch launch =
          new Launch(name, words(settings))
              .directory(directory)
              .log(log)
              .env("JAVA_HOME", jdk.home().toString())
              .env(PATH, jdk.home().resolve("bin") + File.pathSeparator + System.getenv(PATH));
      settings.forEach((key, value) -> launch.env(variable(key), value));
      environment.forEach((key, value) -> launch.env(key, filled(value, settings)));
      return launch;
    }
  }

  private static String variable(String setting) {
    return setting.replace('.', '_').toUpperCase(Locale.ROOT);
  }

  private static String filled(String text, Map<String, String> settings) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(
            found -> {
              String value = settings.get(found.group(1));
              value = value == null ? settings.get("crossover." + found.group(1)) : value;
              return Matcher.quoteReplacement(value == null ? found.group() : value);
            });
  }

  /**
   * Starts a server, which is told its port by <code>${port}</code> and by {@code PORT} in its
   * environment.
   *
   * @param folder one that does not exist yet
   * @throws StartFailure if there is no such program
   */
  static Program start(
      Command command, Map<String, String> settings, Path folder, Watchdog watchdog) {
    command.require();
    int port = Ports.free();
    try {
      Files.createDirectories(folder.resolve("logs"));
      Launch launch = command.launch(at(port, settings), folder.resolve("logs/console.log"));
      return new Program(launch.env(FOLDER, folder.toString()).start(watchdog), folder, port);
    } catch (IOException | StartFailure e) {
      Ports.release(port);
      throw e instanceof StartFailure failure
          ? failure
          : new StartFailure("cannot prepare " + command.name() + " in " + folder, e);
    }
  }

  static Map<String, String> at(int port, Map<String, String> settings) {
    Map<String, String> all = new TreeMap<>(settings);
    all.put("host", LOOPBACK);
    all.put("port", String.valueOf(port));
    return all;
  }

  @Override
  public void close() {
    try {
      super.close();
    } finally {
      ProcessHandle.allProcesses().filter(this::isOurs).forEach(ProcessHandle::destroyForcibly);
    }
  }

  private boolean isOurs(ProcessHandle process) {
    try {
      Path file = Path.of("/proc/" + process.pid() + "/environ");
      String environment = new String(Files.readAllBytes(file), UTF_8);
      return ("\0" + environment).contains("\0" + FOLDER + "=" + base() + "\0");
    } catch (IOException e) {
      return false; // it has ended, or is another user's
    }
  }

  @Override
  String ifNothingListens() {
    return "a program has to listen on 127.0.0.1, on the port that ${port} or PORT names";
  }

  /** Of all its processes. */
  @Override
  public double cpuSeconds() {
    return ProcessHandle.of(pid())
        .map(
            first ->
                Stream.concat(Stream.of(first), first.descendants())
                    .mapToDouble(WebServer::cpuSeconds)
                    .filter(Double::isFinite)
                    .sum())
        .orElse(Double.NaN);
  }
}
