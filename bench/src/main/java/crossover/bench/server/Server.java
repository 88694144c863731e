package crossover.bench.server;

import crossover.bench.probe.BackendSample;
import crossover.bench.probe.CpuClock;
import crossover.bench.probe.Sample;

/** The server of one arm: how it is reached, and what is read of it. */
public interface Server extends AutoCloseable {
  /** Waits until it answers; throws StartFailure with its last words if it does not. */
  void awaitReady();

  /** Where clients connect. */
  String host();

  /** Where clients connect: its own port, or that of the link in front of it. */
  int port();

  boolean isAlive();

  /** How it ended, if it has, and the last lines that it logged: the end of a sentence. */
  String lastLines();

  /** Its counters, and those of its backends, now. */
  Sample sample();

  /** The counters of its backends alone, which costs the server nothing. */
  BackendSample backends();

  /** Requests that it counts as answered since its start; NaN where it does not count. */
  double requests();

  /** Its CPU clock; only of a server on this machine. */
  CpuClock cpuClock();

  /** CPU seconds since its start. */
  double cpuSeconds();

  /**
   * Lets it use all cores, or the server's alone; does nothing where the generator is elsewhere.
   */
  default void place(boolean onItsOwnCores) {}

  /** Asks it to end, and returns at once, so that several can end side by side. */
  default void beginStop() {}

  @Override
  void close();
}
