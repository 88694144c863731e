package crossover.bench.stack;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A simulated link: a process of its own that listens on a free loopback port and carries every
 * connection to a target and back with the delay, jitter and bandwidth of a {@link LinkSpec}. Used
 * from one thread at a time. See docs/link.md for what it costs and how precise it is.
 */
public final class Link implements AutoCloseable {
  private static final Duration LONGEST_STOP = Duration.ofSeconds(3);

  private final Process process;
  private final Writer commands;
  private final BufferedReader answers;
  private final int port;
  private final String clock;

  private Link(Process process) throws IOException {
    this.process = process;
    commands = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String first = answers.readLine();
    if (first == null || !first.startsWith("port ")) {
      process.destroyForcibly();
      throw new IOException("the link did not start: " + (first == null ? "no answer" : first));
    }
    String[] words = first.split(" ", -1);
    port = Integer.parseInt(words[1]);
    clock = words[2];
  }

  /**
   * Starts a link to a target, which need not listen yet.
   *
   * @param prefix put before the command, such as {@code taskset -c 1}; may be empty
   * @throws IOException if it cannot be started; its own words are on standard error
   */
  public static Link open(LinkSpec spec, String host, int port, List<String> prefix)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // The relay holds little and lives long; one thread collects, so that none competes with it.
    command.addAll(List.of("-XX:+UseSerialGC", "-Xms64m", "-Xmx256m"));
    command.addAll(List.of("-XX:MaxDirectMemorySize=1g", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(LinkMain.class.getName());
    command.addAll(
        List.of(spec.toString(), Long.toString(spec.seed()), host, Integer.toString(port)));
    return new Link(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Where to connect instead of the target, on the loopback interface. */
  public int localPort() {
    return port;
  }

  /** The link's process, for its CPU time. */
  public long pid() {
    return process.pid();
  }

  /**
   * What times the chunks: {@code epoll}, or on systems other than Linux {@code nio}, which rounds
   * delays up to whole milliseconds.
   */
  public String clock() {
    return clock;
  }

  /**
   * Changes delays and limits for what arrives from now on; connections stay, and so does the seed.
   */
  public void become(LinkSpec spec) throws IOException {
    ask("become " + spec);
  }

  /** Lets nothing pass until {@link #restore}; new connections are accepted and wait. */
  public void stall() throws IOException {
    ask("stall");
  }

  /** Lets nothing pass for a time. */
  public void stall(Duration time) throws IOException {
    ask("stall " + time.toNanos() + "ns");
  }

  /** Breaks every connection, both ends, with a TCP reset. */
  public void reset() throws IOException {
    ask("reset");
  }

  /** Refuses new connections until {@link #restore}; those that stand, stay. */
  public void refuse() throws IOException {
    ask("refuse");
  }

  /** Ends a stall and a refusal. */
  public void restore() throws IOException {
    ask("restore");
  }

  /** What passed since the start, and how punctually since the last call. */
  public LinkFigures figures() throws IOException {
    return LinkFigures.parse(ask("figures"));
  }

  /** Ends the process, and with it every connection. */
  @Override
  public void close() {
    try {
      commands.close();
    } catch (IOException alreadyGone) {
      // There is nothing left to close.
    }
    try {
      if (!process.waitFor(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private String ask(String command) throws IOException {
    String answer;
    try {
      commands.write(command + "\n");
      commands.flush();
      answer = answers.readLine();
    } catch (IOException e) {
      throw new IOException("the link (process " + pid() + ") has died: " + e.getMessage(), e);
    }
    if (answer == null) {
      throw new IOException("the link (process " + pid() + ") has died");
    }
    if (!answer.startsWith("ok ")) {
      throw new IOException("the link: " + answer);
    }
    return answer.substring(3);
  }
}
