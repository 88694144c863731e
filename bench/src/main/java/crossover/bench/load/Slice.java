package crossover.bench.load;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * What the generator saw in the measured window of one slice. Closed: the requests that ended in
 * it. Open: the requests that were due in it, whenever they ended, timed from when they were due.
 *
 * @param kind {@code closed} or {@code open}
 * @param users concurrent users, or threads that shared the arrivals
 * @param offeredRate arrivals per second; 0 when closed
 * @param seconds length of the window, or of all its turns together
 * @param requests requests with an answer or an error
 * @param errors of these, the ones that failed: no answer in time, a status of 400 or more, or an
 *     assertion of the plan
 * @param errorSample the first few different errors
 * @param unfinished requests that were still in flight, or due and never sent, when the slice was
 *     cut off; more than 0 makes it invalid
 * @param throughput requests per second
 * @param meanResponseMillis mean response time
 * @param meanCycleMillis closed: the users' time in the window ÷ requests, which is the mean time
 *     from one answer to the same user's next, so that users = throughput × cycle (Little); 0 when
 *     open
 * @param p50Millis median response time
 * @param p90Millis 90th percentile
 * @param p99Millis 99th percentile
 * @param p999Millis 99.9th percentile
 * @param maxMillis the slowest
 * @param latenessP99Millis open: 99th percentile of the time by which a start was late although a
 *     thread was free to make it: the generator's own fault. An arrival that fell due while the
 *     server kept every thread waiting counts from the first answer on; the wait before it is the
 *     server's, and part of the response time. 0 when closed
 * @param generatorCpuSeconds CPU time of the generator's process from window's opening to its close
 * @param responseBytes bytes received, headers and bodies
 * @param histogram response times in microseconds, 1 µs to 60 s, 3 significant digits: a compressed
 *     HdrHistogram in base64
 * @param turns in how many pieces it was measured, with other arms' turns in between; 1: in one
 * @param labels the same by the names of the plan's requests and transactions
 * @param elsewhere requests that went to another server than the one measured, by host and port
 * @param answered requests that a server answered in the window and outside of it, but for each
 *     user's first
 * @param openingSpreadMillis the most by which the windows of several {@code --remote} engines can
 *     have opened one after another; 0 with one engine
 * @param unanswered of the errors, those without an answer, right or wrong
 */
public record Slice(
    String kind,
    int users,
    double offeredRate,
    double seconds,
    long requests,
    long errors,
    List<String> errorSample,
    long unfinished,
    double throughput,
    double meanResponseMillis,
    double meanCycleMillis,
    double p50Millis,
    double p90Millis,
    double p99Millis,
    double p999Millis,
    double maxMillis,
    double latenessP99Millis,
    double generatorCpuSeconds,
    long responseBytes,
    String histogram,
    int turns,
    List<LabelFigures> labels,
    Map<String, Long> elsewhere,
    long answered,
    double openingSpreadMillis,
    long unanswered)
    implements Serializable {
  /** How the response code of a request begins that JMeter had no answer to. */
  static final String NO_ANSWER = "Non HTTP response code";

  /** How the text begins that says of an engine of several that it was lost in the slice. */
  public static final String LOST = "the load engine ";

  /** What happened to engines that were lost in it. */
  public List<String> lostEngines() {
    return errorSample.stream().filter(text -> text.startsWith(LOST)).toList();
  }

  /** Whether a request of the window had no answer, right or wrong, or a user ended before it. */
  public boolean lacksAnswers() {
    return unfinished + unanswered > 0;
  }
}
