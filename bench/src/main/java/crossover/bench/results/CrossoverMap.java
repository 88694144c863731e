package crossover.bench.results;

import java.util.List;
import java.util.Map;

/**
 * Which arm serves most, by the number of users and the delay on the link to the database: the
 * content of map.json, described in docs/results-format.md. A figure that is not known is NaN here
 * and null in the file.
 *
 * @param formatVersion {@link Results#FORMAT_VERSION}
 * @param baseline the arm that every other is compared with
 * @param margin practical equivalence: 0.1 is ±10 %
 * @param delay what the delays mean, as a sentence
 * @param users the grid's, ascending
 * @param delaysMs the grid's, ascending
 * @param cells by delay, then by users
 * @param boundary where each candidate overtakes the baseline, as measured
 * @param predicted the same from first principles; empty where these do not apply
 */
public record CrossoverMap(
    int formatVersion,
    String experiment,
    String view,
    String baseline,
    double margin,
    String delay,
    List<Integer> users,
    List<Double> delaysMs,
    List<Cell> cells,
    List<Crossing> boundary,
    List<Crossing> predicted) {

  /** What {@link Cell#winner} says when no arm wins. */
  public static final String EQUIVALENT = "equivalent";

  /** What {@link Cell#winner} says when these rounds cannot tell. */
  public static final String UNDECIDED = "undecided";

  /**
   * One number of users at one delay.
   *
   * @param winner an arm's name, {@link #EQUIVALENT} or {@link #UNDECIDED}
   * @param candidate the arm whose ratio to the baseline is told: the winner, or the nearest to it
   * @param ratio candidate ÷ baseline; NaN where the two cannot be compared
   * @param low of the ratio's interval
   * @param high of the ratio's interval
   * @param boundBy what held the arm that was overtaken, or else the candidate
   * @param reason why, as sentences
   * @param rounds of the comparison
   * @param metric what was compared
   * @param arms by name, in the experiment's order
   */
  public record Cell(
      int users,
      double delayMs,
      String winner,
      String candidate,
      double ratio,
      double low,
      double high,
      String boundBy,
      String reason,
      int rounds,
      Metric metric,
      Map<String, Arm> arms) {}

  /**
   * One arm in one cell.
   *
   * @param throughput requests served a second, in slices without any failure
   * @param refused share of all requests that failed, in all slices
   * @param unanswered share of all users who had no answer when their slice was cut off
   * @param waitingBytes resident memory that a waiting request costs the server
   * @param ratio to the baseline; NaN for the baseline itself
   * @param verdict as in the report; null for the baseline
   */
  public record Arm(
      double throughput,
      double capacity,
      double meanResponseMillis,
      double refused,
      double unanswered,
      double waitingBytes,
      String boundBy,
      double ratio,
      double low,
      double high,
      String verdict) {}

  /** Where on the axis of users a crossing lies. */
  public enum Where {
    /** At the fewest users of the grid the candidate is ahead already. */
    AT_FEWEST,
    /** Between two levels of the grid. */
    WITHIN,
    /** Not up to the most users of the grid. */
    NOT_REACHED,
    /** The intervals cannot tell. */
    UNDECIDED
  }

  /**
   * From how many users on a candidate beats the baseline by more than the margin, at one delay.
   *
   * @param users NaN unless {@code where} is {@link Where#WITHIN}
   * @param low from so many users on it may already; the grid's fewest may be too many; NaN: beyond
   *     the grid, or not known
   * @param high from so many users on it surely does; read as {@code low} is
   * @param why for a prediction, the figures behind it; else null
   */
  public record Crossing(
      String candidate,
      double delayMs,
      Where where,
      double users,
      double low,
      double high,
      String why) {}
}
