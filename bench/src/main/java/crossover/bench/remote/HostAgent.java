package crossover.bench.remote;

import crossover.bench.probe.BackendSample;
import crossover.bench.probe.Machine;
import crossover.bench.probe.Sample;
import crossover.bench.stack.Database;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the runner asks of an {@link Agent} on another host. A Tomcat is named by its port. Every
 * method throws {@link crossover.bench.stack.StartFailure} if something there fails, or if the
 * connection is cut.
 */
public interface HostAgent {
  Machine machine();

  /**
   * Starts the backends there, before the first Tomcat.
   *
   * @param database one that already runs, as it is reached from there; null for one of its own
   * @param redis likewise
   */
  void startBackends(Database database, URI redis);

  /**
   * Has the database execute a script.
   *
   * @param name of it, for messages
   */
  void execute(String name, String sql);

  /**
   * A Tomcat to start.
   *
   * @param name for messages
   * @param war the path there
   * @param context the path of its URLs; empty: it is at the root
   * @param tomcat its version, 11 or 10
   * @param overlay the path there of a folder that is laid over its configuration; null for none
   * @param java the path there of the program
   * @param jvmOptions of its JVM
   * @param settings system properties
   */
  record Launch(
      String name,
      String war,
      String context,
      int tomcat,
      String overlay,
      String java,
      List<String> jvmOptions,
      Map<String, String> settings)
      implements Serializable {}

  /** Starts a Tomcat and returns its port at once. */
  int launch(Launch launch);

  /**
   * Waits until the server is ready, and prepares to read its counters.
   *
   * @param most the highest status, from 200 on, of an answer that means ready
   * @param limit how long it may take; null if nobody says
   * @param probed whether the JVM is asked for its counters too
   */
  void awaitReady(int port, String path, int most, Duration limit, boolean probed);

  /** The counters of a server, and of the backends there. */
  Sample sample(int port);

  /** Requests that a server itself counts as answered; NaN if it does not. */
  double requests(int port);

  /** The counters of the backends there, which costs no server anything. */
  BackendSample backends();

  /** The CPU seconds of a server since its start, read without disturbing it. */
  double cpuSeconds(int port);

  /** The pinned virtual threads of a server between two moments by the clock there. */
  double pinned(int port, Instant from, Instant to) throws IOException;

  boolean isAlive(int port);

  String lastLines(int port);

  void stop(int port);
}
