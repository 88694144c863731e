package crossover.bench.load;

import java.io.File;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * JMeter's engine in a JVM of its own that lives as long as the experiment, so that both sides of a
 * pair meet the same warm client. Not for use by several threads at once.
 */
public final class Generator implements AutoCloseable {
  private static final int LOG_LINES_SHOWN = 20;

  /** A fixed heap, most of it young: nearly all that JMeter allocates is garbage at once. */
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-Xms768m",
          "-Xmx768m",
          "-Xmn512m",
          "-Xss512k",
          "-XX:+UseSerialGC",
          "-Djava.awt.headless=true",
          "-Dlog4j2.level=WARN",
          "-Dlog4j2.statusLoggerLevel=OFF");

  private final Process process;
  private final Path log;
  private final ObjectOutputStream out;
  private ObjectInputStream in;

  private Generator(Process process, Path log) throws IOException {
    this.process = process;
    this.log = log;
    out = new ObjectOutputStream(process.getOutputStream());
    out.flush();
  }

  /**
   * Starts the process; it is ready when the first slice begins.
   *
   * @param jmeterHome a JMeter with bin and lib
   * @param java the java command to run it with
   * @param prefix words before it, such as {@code taskset -c 1}; may be empty
   * @param log where the process's own output goes
   * @throws GeneratorFailure when it cannot be started
   */
  public static Generator start(Path jmeterHome, Path java, List<String> prefix, Path log) {
    List<String> command = new ArrayList<>(prefix);
    command.add(java.toString());
    command.addAll(JVM_OPTIONS);
    command.add("-cp");
    command.add(
        String.join(
            File.pathSeparator,
            codeOf(Generator.class),
            codeOf(Histogram.class),
            jmeterHome.resolve("lib").resolve("*").toString(),
            jmeterHome.resolve("lib/ext").resolve("*").toString()));
    command.add(GeneratorMain.class.getName());
    command.add(jmeterHome.toString());
    try {
      Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
      return new Generator(process, log);
    } catch (IOException e) {
      throw new GeneratorFailure("The load generator could not be started: " + command, e);
    }
  }

  /**
   * Runs one slice and waits for its end.
   *
   * @throws GeneratorFailure when the plan cannot be measured, or the process died: then another
   *     generator can be started
   */
  public Slice run(Load load, Window window) {
    try {
      out.writeObject(load);
      out.flush();
      if (in == null) {
        in = new ObjectInputStream(process.getInputStream());
      }
      while (true) {
        Serializable message = (Serializable) in.readObject();
        if (message instanceof Slice slice) {
          return slice;
        } else if (message == GeneratorMain.Moment.OPENS) {
          window.opens();
        } else if (message == GeneratorMain.Moment.CLOSES) {
          window.closes();
        } else {
          throw new GeneratorFailure(message.toString());
        }
      }
    } catch (IOException | ClassNotFoundException e) {
      throw new GeneratorFailure("The load generator died. The end of its log:\n" + logEnd(), e);
    }
  }

  /**
   * The generator's own limit: a closed slice of {@code plan} against a server that does nothing
   * but answer. What it says of throughput and CPU per request is the generator's alone.
   */
  public Slice limit(Path plan, Map<String, String> properties, int users, double seconds) {
    try (Responder responder = Responder.start()) {
      Map<String, String> local = new java.util.HashMap<>(properties);
      local.putAll(Map.of("host", "127.0.0.1", "port", Integer.toString(responder.port())));
      return run(Load.closed(plan, local, users, seconds / 2, seconds), Window.UNWATCHED);
    } catch (IOException e) {
      throw new GeneratorFailure("No port for measuring the generator's own limit", e);
    }
  }

  /** The process, for its counters. */
  public long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(2, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private String logEnd() {
    try {
      process.waitFor(2, TimeUnit.SECONDS); // its last words may still be on the way
      List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
      return String.join(
          "\n", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
    } catch (IOException e) {
      return "(" + log + " cannot be read)";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private static String codeOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
