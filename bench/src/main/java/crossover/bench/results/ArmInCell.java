package crossover.bench.results;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import crossover.bench.experiment.Cell;
import java.util.Map;

/**
 * One arm in one cell: the mean over the rounds, of the closed loop where nothing else is said.
 *
 * @param throughput requests a second
 * @param capacity requests a second that one core of the server could serve: 1 ÷ (server CPU time
 *     per request)
 * @param meanResponseMillis as the client sees it
 * @param latency null where no open slices were measured
 * @param server what serving cost; null when nothing could be measured
 * @param boundBy "server CPU", "connector threads", "workers", "database pool", "generator" or
 *     "latency only"; null when unknown
 * @param why the sentence behind boundBy; null when unknown
 * @param requests all of them in the measured slices
 * @param errors requests that failed, or had no answer when their slice was cut off
 * @param valid false when a gate was missed here
 */
public record ArmInCell(
    @JsonUnwrapped Cell.Id cell,
    String arm,
    int rounds,
    double throughput,
    double capacity,
    double meanResponseMillis,
    Latency latency,
    Server server,
    String boundBy,
    String why,
    long requests,
    long errors,
    boolean valid) {

  /** Whether it answered here, but never without a failed request among its answers. */
  public boolean refuses() {
    return rounds == 0 && errors > 0;
  }

  /**
   * What the server's process did, and the backends for it; per request means per answered request.
   *
   * @param cpuUserMillisPerRequest CPU time of the server in its own code
   * @param cpuSystemMillisPerRequest CPU time of the server in the kernel
   * @param backendCpuMillisPerRequest CPU time of PostgreSQL and Redis together
   * @param allocatedBytesPerRequest on the server's heap
   * @param responseBytesPerRequest what the client received
   * @param gcPerSecond collections
   * @param gcMillisPerSecond time in collections, as the JVM reports it
   * @param threads the largest number seen
   * @param threadsByPool the same by the threads' names; null when unknown
   * @param rssBytes resident memory, the largest seen
   * @param databaseWaitMillisPerRequest waiting for a database connection
   * @param workersQueued the longest queue of the bounded workers
   * @param backendCpuMillisByName CPU time per request of each backend, and of links to them
   * @param threadsPeak the most platform threads that ever lived at once in the JVM
   * @param pinnedPerRequest virtual threads that held their carrier while they waited; NaN but on
   *     JDK 21 to 23
   */
  public record Server(
      double cpuUserMillisPerRequest,
      double cpuSystemMillisPerRequest,
      double backendCpuMillisPerRequest,
      double voluntarySwitchesPerRequest,
      double involuntarySwitchesPerRequest,
      double allocatedBytesPerRequest,
      double responseBytesPerRequest,
      double gcPerSecond,
      double gcMillisPerSecond,
      double threads,
      Map<String, Integer> threadsByPool,
      double rssBytes,
      double databaseWaitMillisPerRequest,
      double workersQueued,
      Map<String, Double> backendCpuMillisByName,
      double threadsPeak,
      double pinnedPerRequest) {

    /** CPU time of the server, own code and kernel together. */
    public double cpuMillisPerRequest() {
      return cpuUserMillisPerRequest + cpuSystemMillisPerRequest;
    }
  }

  /**
   * Response times at a fixed arrival rate, from the intended start, in milliseconds, with
   * intervals over the rounds.
   *
   * @param offeredRate requests a second, the same for every arm
   * @param requests the number timed
   * @param latenessP99Millis how late the generator itself was, at p99
   */
  public record Latency(
      double offeredRate,
      long requests,
      Estimate p50,
      Estimate p90,
      Estimate p99,
      Estimate p999,
      double latenessP99Millis) {}
}
