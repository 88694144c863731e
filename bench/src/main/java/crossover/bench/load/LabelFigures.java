package crossover.bench.load;

import java.io.Serializable;
import java.util.Map;

/**
 * A row of a slice: the requests of one name, or the transactions of one Transaction Controller.
 *
 * @param label the name in the plan
 * @param requests as in {@link Slice}; of a transaction: how often it ended in the window
 * @param errors of these, the ones that failed
 * @param meanMillis mean response time; of a transaction the sum of its requests', by JMeter's own
 *     clock of milliseconds, with think times if the plan says so
 * @param p50Millis the median, to 1 %; of several load machines the highest of theirs
 * @param p99Millis 99th percentile, likewise
 * @param statuses requests by the status of their answers; empty for a transaction
 * @param meanBytes of an answer's body; 0 for a transaction
 * @param group the thread group whose users sent these, with its number; empty where several did,
 *     and for a transaction
 */
public record LabelFigures(
    String label,
    long requests,
    long errors,
    double meanMillis,
    double p50Millis,
    double p99Millis,
    Map<String, Long> statuses,
    double meanBytes,
    String group)
    implements Serializable {
  /** The row of all names beyond the first hundred. */
  public static final String OTHERS = "(others)";

  /** Results that were written before groups were. */
  public LabelFigures {
    group = group == null ? "" : group;
  }
}
