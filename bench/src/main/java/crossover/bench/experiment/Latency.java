package crossover.bench.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /** Reads the key of this name; {@code plans} are those of the experiment. */
  static Latency read(YamlMap yaml, List<String> plans) {
    List<String> known = plans.stream().map(View::nameOf).toList();
    List<String> views = yaml.has("plans") ? yaml.texts("plans") : List.of();
    for (String view : views) {
      if (!known.contains(View.nameOf(view))) {
        throw yaml.refuse("plans", "names " + view + ", but those of the experiment are " + plans);
      }
    }
    String rate = yaml.text("rate", "auto");
    Latency latency =
        new Latency(
            rate.equals("auto")
                ? OptionalDouble.empty()
                : OptionalDouble.of(yaml.integer("rate", 0, 1, 1_000_000)),
            yaml.integer("requests", Defaults.LATENCY_REQUESTS, 100, 100_000_000),
            views.stream().map(View::nameOf).toList());
    yaml.end();
    return latency;
  }

  boolean covers(View view) {
    return views.isEmpty() || views.contains(view.name());
  }

  Map<String, Object> toMap() {
    Object written = rate.isPresent() ? (Object) Math.round(rate.getAsDouble()) : "auto";
    Map<String, Object> yaml = new LinkedHashMap<>();
    yaml.put("rate", written);
    yaml.put("requests", requests);
    if (!views.isEmpty()) {
      yaml.put("plans", views);
    }
    return yaml;
  }
}
