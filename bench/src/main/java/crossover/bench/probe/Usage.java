package crossover.bench.probe;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * What a server used in a window; divide by the requests of the window. NaN for what is not known
 * here.
 *
 * @param server the server's process and its children
 */
public record Usage(
    @JsonUnwrapped BackendUsage beside,
    ProcessUsage server,
    @JsonUnwrapped JvmUsage jvm,
    @JsonUnwrapped Gauges gauges) {

  /**
   * The difference of two samples of the same probe. Fetches what the server recorded meanwhile, so
   * it costs the server something: not to be called while a window is open.
   */
  public static Usage between(Sample before, Sample after) {
    return between(before, after, after);
  }

  /**
   * The same of a server that is under load for a part of the time only.
   *
   * @param loaded while the load was on, for the gauges
   */
  public static Usage between(Sample before, Sample after, Sample loaded) {
    return new Usage(
        BackendUsage.between(before.beside(), after.beside()),
        ProcessUsage.between(before.process(), after.process()),
        JvmUsage.between(before, after),
        Gauges.of(after, loaded.jvm()));
  }

  /** Of two windows together; the gauges are those of the later one. */
  public Usage plus(Usage later) {
    return new Usage(
        beside.plus(later.beside), server.plus(later.server), jvm.plus(later.jvm), later.gauges);
  }

  /**
   * What a window used of which this is a part.
   *
   * @param factor how many times as many requests it had
   * @param window its length in seconds
   * @param spent its CPU time, which was measured over all of it
   */
  public Usage extrapolated(double factor, double window, CpuClock.Spent spent) {
    return new Usage(
        beside.times(factor).lasting(window),
        server.times(factor).withCpu(spent),
        jvm.times(factor),
        gauges);
  }

  /** The same with what was used beside the server meanwhile. */
  public Usage with(BackendUsage other) {
    return new Usage(other.lasting(beside.seconds()), server, jvm, gauges);
  }
}
