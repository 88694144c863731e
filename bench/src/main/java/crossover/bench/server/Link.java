package crossover.bench.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import crossover.bench.experiment.LinkSpec;
import crossover.bench.link.LinkFigures;
import crossover.bench.link.LinkMain;
import crossover.bench.stack.ChildProcess;
import crossover.bench.stack.Launch;
import crossover.bench.stack.StartFailure;
import crossover.bench.stack.Watchdog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A simulated link: a process of its own that listens on a free loopback port and carries every
 * connection to a target and back with the delay, jitter and bandwidth of a {@link LinkSpec}. Used
 * from one thread at a time. See docs/link.md for what it costs and how precise it is.
 */
public final class Link implements AutoCloseable {
  private final ChildProcess process;
  private final Writer commands;
  private final BufferedReader answers;
  private final int port;
  private final String clock;

  private Link(ChildProcess process) {
    this.process = process;
    commands = process.process().outputWriter(UTF_8);
    answers = process.process().inputReader(UTF_8);
    try {
      String first = answers.readLine();
      if (first == null || !first.startsWith("port ")) {
        process.awaitExit(Duration.ofSeconds(1));
        throw process.failure("did not start");
      }
      String[] words = first.split(" ", -1);
      port = Integer.parseInt(words[1]);
      clock = words[2];
    } catch (IOException e) {
      throw new StartFailure(process.name() + " did not start", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailure(process.name() + " was interrupted while it was starting");
    }
  }

  /**
   * Starts a link to a target, which need not listen yet.
   *
   * @param log what the process says when something is wrong is appended to this file
   * @param cores what it is pinned to; an empty list leaves it free
   * @throws StartFailure if it cannot be started
   */
  public static Link open(
      LinkSpec spec, String host, int port, Path log, List<Integer> cores, Watchdog watchdog) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // The relay holds little and lives long; one thread collects, so that none competes with it.
    command.addAll(List.of("-XX:+UseSerialGC", "-Xms64m", "-Xmx256m"));
    command.addAll(List.of("-XX:MaxDirectMemorySize=1g", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(LinkMain.class.getName());
    command.addAll(
        List.of(spec.toString(), Long.toString(spec.seed()), host, Integer.toString(port)));
    ChildProcess process =
        new Launch("the link to " + host + ":" + port, command)
            .piped()
            .log(log)
            .cores(cores)
            .start(watchdog);
    try {
      return new Link(process);
    } catch (StartFailure e) {
      process.close();
      throw e;
    }
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
   * What times the chunks: {@code epoll}, or on systems other than Linux {@code nio}, which is only
   * good to a millisecond; with {@code +realtime} where its thread may run before all others.
   */
  public String clock() {
    return clock;
  }

  /**
   * Changes delays and limits for what arrives from now on; connections stay, and so does the seed.
   */
  public void apply(LinkSpec spec) throws IOException {
    ask("apply " + spec);
  }

  /** Lets nothing pass until {@link #restore}; new connections are accepted and wait. */
  public void stall() throws IOException {
    ask("stall");
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
    process.close();
  }

  private String ask(String command) throws IOException {
    String answer;
    try {
      commands.write(command + "\n");
      commands.flush();
      answer = answers.readLine();
    } catch (IOException e) {
      throw new IOException(process.name() + " has died" + process.lastLines(), e);
    }
    if (answer == null) {
      throw new IOException(process.name() + " has died" + process.lastLines());
    }
    if (!answer.startsWith("ok ")) {
      throw new IOException(process.name() + ": " + answer);
    }
    return answer.substring(3);
  }
}
