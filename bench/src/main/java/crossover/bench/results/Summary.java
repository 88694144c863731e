package crossover.bench.results;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What an experiment found: the content of summary.json, and all that a report is made from. The
 * schema is stable within a format version and described in docs/results-format.md. A figure that
 * is not known is NaN here and null in the file.
 *
 * @param formatVersion {@link Results#FORMAT_VERSION}
 * @param experiment the experiment's name
 * @param question what the experiment asks, in one sentence; null for the standard question
 * @param command the command line that makes these results again, seed included
 * @param smoke a smoke run: everything works, the figures prove nothing
 * @param environment the file that describes the machine
 * @param baseline the arm that every other is compared with
 * @param generatorLimit null when it was not measured
 * @param notices what a reader must know: skipped arms, pinning that was not possible, …
 * @param fit whether every gate was passed, so that the figures may be relied on
 * @param calibration null when this machine was not calibrated
 */
public record Summary(
    int formatVersion,
    String experiment,
    String question,
    Instant started,
    Instant finished,
    long seed,
    String command,
    boolean smoke,
    String environment,
    String baseline,
    List<Arm> arms,
    GeneratorLimit generatorLimit,
    List<String> notices,
    List<Comparison> comparisons,
    List<Contrast> contrasts,
    List<Cell> cells,
    List<Gate> gates,
    boolean fit,
    Calibration calibration) {

  /** Absent lists are read as empty ones. */
  public Summary {
    arms = orEmpty(arms);
    notices = orEmpty(notices);
    comparisons = orEmpty(comparisons);
    contrasts = orEmpty(contrasts);
    cells = orEmpty(cells);
    gates = orEmpty(gates);
  }

  private static <T> List<T> orEmpty(List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }

  /**
   * What was compared, in the experiment's order.
   *
   * @param description one short sentence, or null
   * @param warmUp null where it was not warmed up
   */
  public record Arm(String name, String description, WarmUp warmUp) {}

  /** What the generator manages against a trivial URL. */
  public record GeneratorLimit(double requestsPerSecond, double cpuMillisPerRequest) {}

  /** A value and its 95 % interval. */
  public record Estimate(double value, double low, double high) {}

  /**
   * One arm against the baseline in one metric.
   *
   * @param users concurrent users of the closed loop
   * @param metric "throughput", "capacity", "p50", "p90", "p99", "p99.9", …
   * @param metricReason why this is the metric, as a sentence; null where there was no choice
   * @param primary in the family whose verdicts together are wrong at most 5 times in 100;
   *     everything else is exploratory
   * @param higherIsFaster whether a ratio above 1 means that the candidate is the faster one
   * @param rounds the number of rounds, which is n
   * @param ratio candidate ÷ baseline
   * @param low of the ratio's interval
   * @param high of the ratio's interval
   * @param margin practical equivalence: 0.05 is ±5 %
   * @param verdict "faster", "slower", "equivalent", "inconclusive", or "–" when the rounds are too
   *     few to say
   * @param immaterial faster or slower, but within the margin
   * @param pValue two-sided
   * @param holmRejected whether the difference stands after Holm's correction
   * @param periodEffect what standing second instead of first does, as a ratio; null when unknown
   * @param carryOver what the arm before leaves behind, as a ratio; reported only; null when
   *     unknown
   * @param furtherRounds that would probably settle an inconclusive comparison; else 0
   * @param why what explains the difference, as a sentence; null when nothing is known
   */
  public record Comparison(
      String view,
      String site,
      int users,
      String metric,
      String metricReason,
      boolean primary,
      boolean higherIsFaster,
      String baseline,
      String candidate,
      int rounds,
      double ratio,
      double low,
      double high,
      double margin,
      String verdict,
      boolean immaterial,
      double pValue,
      boolean holmRejected,
      Estimate periodEffect,
      Estimate carryOver,
      int furtherRounds,
      String why) {

    /** The same, known to stand after Holm's correction. */
    public Comparison standing() {
      return new Comparison(
          view,
          site,
          users,
          metric,
          metricReason,
          primary,
          higherIsFaster,
          baseline,
          candidate,
          rounds,
          ratio,
          low,
          high,
          margin,
          verdict,
          immaterial,
          pValue,
          true,
          periodEffect,
          carryOver,
          furtherRounds,
          why);
    }

    /** Whether a difference is still one among all the primary comparisons together. */
    public boolean standsCorrected() {
      return !primary || holmRejected;
    }

    /** The verdict with what qualifies it: "slower, immaterial", "inconclusive (+12)". */
    public String qualifiedVerdict() {
      boolean different = verdict.equals("faster") || verdict.equals("slower");
      if (different && !standsCorrected()) {
        return verdict + ", not after Holm";
      }
      if (immaterial) {
        return verdict + ", immaterial";
      }
      return furtherRounds > 0 ? "%s (+%d)".formatted(verdict, furtherRounds) : verdict;
    }
  }

  /**
   * A further question that the experiment asks of its arms in one place: what a step from one arm
   * to another is worth, or how much more than the same step elsewhere. Exploratory; the fields
   * that a {@link Comparison} has too mean the same.
   *
   * @param name what is asked
   * @param formula such as "(a ÷ b) ÷ (c ÷ d)"
   * @param arms all that stand in it
   */
  public record Contrast(
      String name,
      String formula,
      List<String> arms,
      String view,
      String site,
      int users,
      String metric,
      boolean higherIsFaster,
      int rounds,
      double ratio,
      double low,
      double high,
      double margin,
      String verdict,
      boolean immaterial,
      int furtherRounds) {}

  /**
   * One arm on one view, site and number of users: the mean over the rounds, of the closed loop
   * where nothing else is said.
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
  public record Cell(
      String view,
      String site,
      int users,
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
      boolean valid) {}

  /**
   * How an arm was warmed up.
   *
   * @param rounds with a warm-up
   * @param warm those of them that ended because the arm was warm; the others ended at their bound
   * @param meanSeconds under load, on average over the rounds
   * @param mostSeconds the longest
   */
  public record WarmUp(int rounds, int warm, double meanSeconds, double mostSeconds) {}

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

  /**
   * A rule that the measurement must pass to be valid, or that the user set.
   *
   * @param cell where it was worst, such as "get · localhost · native"; null when it is about the
   *     whole run
   * @param figure what was found there
   * @param limit what is allowed
   * @param sentence both of them in words
   */
  public record Gate(
      String name, String cell, double figure, double limit, boolean passed, String sentence) {}

  /**
   * What `crossover calibrate` found on this machine: an arm compared with itself, and a known
   * delay measured.
   *
   * @param quick from a quick calibration, which tells only roughly
   * @param share of the comparisons whose interval excludes 1
   * @param sdLogRatio spread of a round's log ratio
   * @param detectable the smallest effect found with 80 % power, by the number of rounds: 0.02 is 2
   *     %
   * @param injectedMillis the known delay
   * @param estimatedMillis the same as measured
   */
  public record Calibration(
      Instant at,
      boolean quick,
      int comparisons,
      int excludingOne,
      double share,
      double sdLogRatio,
      Map<Integer, Double> detectable,
      double injectedMillis,
      Estimate estimatedMillis) {}
}
