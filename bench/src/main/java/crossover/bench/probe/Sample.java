package crossover.bench.probe;

import java.util.Map;

/**
 * The counters of a server, its backends and the machine at one moment. Made by {@link
 * ServerProbe}; two of them make a {@link Usage}.
 */
public final class Sample {
  final long nanoTime;
  final ProcessSample process;
  final JvmSample jvm;
  final Map<String, ProcessSample> backends;
  final double steal;

  Sample(
      long nanoTime,
      ProcessSample process,
      JvmSample jvm,
      Map<String, ProcessSample> backends,
      double steal) {
    this.nanoTime = nanoTime;
    this.process = process;
    this.jvm = jvm;
    this.backends = Map.copyOf(backends);
    this.steal = steal;
  }

  /** CPU seconds of the server since its start. */
  public double serverCpu() {
    return process.user() + process.system();
  }
}
