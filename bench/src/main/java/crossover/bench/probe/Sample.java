package crossover.bench.probe;

/**
 * The counters of a server, its backends and the machine at one moment. Made by {@link
 * ServerProbe}; two of them make a {@link Usage}.
 */
public final class Sample {
  final ProcessSample process;
  final JvmSample jvm;
  final BackendSample beside;

  Sample(ProcessSample process, JvmSample jvm, BackendSample beside) {
    this.process = process;
    this.jvm = jvm;
    this.beside = beside;
  }

  /** What of it all servers share. */
  public BackendSample beside() {
    return beside;
  }

  /** CPU seconds of the server since its start. */
  public double serverCpu() {
    return process.user() + process.system();
  }
}
