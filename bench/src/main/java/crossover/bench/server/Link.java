package crossover.bench.server;

import crossover.bench.experiment.LinkSpec;
import crossover.bench.link.LinkControl;
import crossover.bench.link.LinkMain;
import crossover.bench.stack.Calls;
import crossover.bench.stack.ChildProcess;
import crossover.bench.stack.Launch;
import crossover.bench.stack.StartFailure;
import crossover.bench.stack.Watchdog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A simulated link: a process of its own that listens on a free loopback port and carries every
 * connection to a target and back with the delay, jitter and bandwidth of a {@link LinkSpec}. Used
 * from one thread at a time. See docs/link.md for what it costs and how precise it is.
 */
public final class Link implements AutoCloseable {
  private final ChildProcess process;
  private final LinkControl relay;
  private final int port;

  /** The link that a process serves; one that does not is closed. */
  Link(ChildProcess process) {
    this.process = process;
    relay = Calls.to(process).remote(LinkControl.class, this::failed);
    try {
      port = relay.port();
    } catch (IOException e) {
      process.close();
      throw new StartFailure(process.name() + " did not start", e);
    }
  }

  private IOException failed(Calls.Failure failure) {
    return new IOException(
        failure.cause() == Calls.Cause.CUT
            ? process.name() + " has died" + failure.reason() + process.lastLines()
            : process.name() + failure.reason());
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
    return new Link(
        new Launch("the link to " + host + ":" + port, command)
            .piped()
            .log(log)
            .cores(cores)
            .start(watchdog));
  }

  /** Where to connect instead of the target, on the loopback interface. */
  public int localPort() {
    return port;
  }

  /** The link's process, for its CPU time. */
  public long pid() {
    return process.pid();
  }

  /** The relay in that process. */
  public LinkControl relay() {
    return relay;
  }

  /** Ends the process, and with it every connection. */
  @Override
  public void close() {
    process.close();
  }
}
