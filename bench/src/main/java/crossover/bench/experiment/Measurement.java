package crossover.bench.experiment;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is measured in a round, the same for every arm.
 *
 * @param metric what the arms are judged by: one of {@link #METRICS}
 * @param users concurrent users of the closed slices; each level makes cells of its own. Empty:
 *     each plan runs as it says, with its own users, ramp-up and loops
 * @param passes times that the order of arms is gone through in a round, for each view
 * @param slice the measured part of a closed slice, at least; see {@link #slice(Site)}
 * @param latency slices at a fixed rate; empty: none
 * @param warmUp the longest warm-up of one arm in a round, under load
 * @param leadIn traffic before the window of a closed slice opens
 * @param rest the pause between slices
 */
public record Measurement(
    String metric,
    List<Integer> users,
    int passes,
    Duration slice,
    Optional<Latency> latency,
    Duration warmUp,
    Duration leadIn,
    Duration rest) {

  /** The metric follows from the first round's warm-up. */
  public static final String AUTO = "auto";

  /** What an experiment may name as its metric. */
  public static final List<String> METRICS = List.of(AUTO, "throughput", "capacity");

  /**
   * So many waits for a link in a slice: each user's first and last one are cut somewhere, and then
   * weigh 4 % at most.
   */
  private static final int ROUND_TRIPS = 25;

  /** The slices at a fixed rate on one view; empty: none. */
  public Optional<Latency> latency(View view) {
    return latency.filter(l -> l.covers(view));
  }

  /** The levels of load on a view. */
  public List<Integer> users(View view) {
    return users.isEmpty() ? List.of(PlanUsers.of(view.plan())) : users;
  }

  /** Whether the plans' own numbers of users, ramp-up and loops hold. */
  public boolean asPlanned() {
    return users.isEmpty();
  }

  Measurement withSlice(Duration other) {
    return new Measurement(metric, users, passes, other, latency, warmUp, leadIn, rest);
  }

  Measurement withUsers(List<Integer> other) {
    return new Measurement(metric, other, passes, slice, latency, warmUp, leadIn, rest);
  }

  /** The measured part of a closed slice on a site: longer where a request waits for a link. */
  public Duration slice(Site site) {
    Duration enough = site.roundTrip().multipliedBy(ROUND_TRIPS);
    return slice.compareTo(enough) >= 0 ? slice : enough;
  }
}
