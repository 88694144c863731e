package crossover.bench.probe;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what a server and its backends use, from outside, and only when asked: once at the start of
 * a slice's window and once at its end. Nothing runs in between.
 */
public final class ServerProbe implements AutoCloseable {
  /**
   * The first answers cost a JVM ten times as much as later ones, and after some thirty it compiles
   * what serializes them, for a third of a second: neither falls in a window.
   */
  private static final int REHEARSALS = 40;

  /** Of a server that runs elsewhere: of it nothing is known. */
  public static final long NO_PROCESS = 0;

  private final long pid;
  private final Map<String, Long> backends;
  private Optional<JvmProbe> jvm = Optional.empty();

  /** How the JVM is asked for its counters. */
  private interface Connection {
    JvmProbe open() throws IOException;
  }

  private ServerProbe(long pid, Map<String, Long> backends, Connection connection) {
    this.pid = pid;
    this.backends = Map.copyOf(backends);
    if (connection != null) {
      connect(connection);
    }
    for (int i = 0; i < REHEARSALS; i++) {
      sample();
    }
  }

  /**
   * A probe of a server, or of its processes only. What its processes use is not known where Linux
   * does not count all of it.
   *
   * @param backends processes to account for beside it, by name
   * @param asking whether the JVM, where there is one, is asked for its counters too. Without that
   *     a server notices nothing of the probe: what the kernel counts is read from outside
   */
  public ServerProbe(long pid, Map<String, Long> backends, boolean asking) {
    this(
        Family.isCounted(pid) ? pid : NO_PROCESS,
        backends,
        asking ? () -> JvmProbe.attach(Family.jvm(pid)) : null);
  }

  /** A probe of a server that was started with {@link JvmProbe#managed}. */
  public ServerProbe(long pid, Map<String, Long> backends, int managementPort) {
    this(pid, backends, () -> JvmProbe.at(managementPort));
  }

  private void connect(Connection connection) {
    try {
      jvm = Optional.of(connection.open());
    } catch (IOException e) {
      // its process figures are still had; the JVM's are NaN
    }
  }

  /**
   * Samples now. The CPU time comes first, at both ends of a window: asking a loaded JVM takes a
   * while, longer in one arm than in another, and must not shift the window. What asking costs the
   * server falls inside a whole slice, once: some milliseconds of CPU, the same for every arm.
   */
  public Sample sample() {
    ProcessSample process = ProcessSample.of(pid);
    BackendSample beside = backends();
    JvmSample ofJvm = jvm.map(JvmProbe::sample).orElseGet(JvmSample::none);
    return new Sample(
        process, ofJvm, beside, jvm.map(JvmProbe::pinning).orElse(Sample.NotCounted.HERE));
  }

  /** A clock of the server's CPU time alone. */
  public CpuClock cpuClock() {
    return new CpuClock(pid);
  }

  /** Requests that the server itself counts as answered since its start; NaN if it does not. */
  public double requests() {
    return jvm.map(JvmProbe::requests).orElse(Double.NaN);
  }

  public BackendSample backends() {
    return BackendSample.of(backends);
  }

  @Override
  public void close() {
    jvm.ifPresent(JvmProbe::close);
  }
}
