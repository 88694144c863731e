package crossover.bench.experiment;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Slices at a fixed arrival rate, the same for every arm.
 *
 * @param rate requests per second; empty: found in the run, from what the slowest arm and the
 *     generator can
 * @param requests how many requests all rounds together must time before a p99 is named
 * @param views the names of those that are timed; empty: all
 */
public record Latency(OptionalDouble rate, int requests, List<String> views) {

  /** {@code plans} are those of the experiment. */
  static Latency of(ExperimentFile.LatencyKeys keys, List<String> plans) {
    List<String> known = plans.stream().map(View::nameOf).toList();
    List<String> views = Keys.list("plans", keys.plans(), List.of());
    for (String view : views) {
      if (!known.contains(View.nameOf(view))) {
        throw Keys.refuse("plans", "names " + view + ", but those of the experiment are " + plans);
      }
    }
    String rate = Keys.orElse(keys.rate(), "auto");
    return new Latency(
        rate.equals("auto")
            ? OptionalDouble.empty()
            : OptionalDouble.of(
                Keys.within(() -> Scalars.integer(rate, new Range(1, 1_000_000)), "rate")),
        Keys.orElse(keys.requests(), Defaults.LATENCY_REQUESTS),
        views.stream().map(View::nameOf).toList());
  }

  boolean covers(View view) {
    return views.isEmpty() || views.contains(view.name());
  }

  ExperimentFile.LatencyKeys keys() {
    return new ExperimentFile.LatencyKeys(
        rate.isPresent() ? Long.toString(Math.round(rate.getAsDouble())) : "auto",
        requests,
        ExperimentFile.orNull(views));
  }
}
