package crossover.bench.plan;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Slices at a fixed arrival rate, the same for every arm.
 *
 * @param rate requests per second; empty: half the capacity of the slowest arm, found in the run
 * @param requests how many requests all rounds together must time before a p99 is named
 */
public record Latency(OptionalDouble rate, int requests) {

  static Latency read(YamlMap yaml) {
    String rate = yaml.text("rate", "auto");
    Latency latency =
        new Latency(
            rate.equals("auto")
                ? OptionalDouble.empty()
                : OptionalDouble.of(yaml.integer("rate", 0, 1, 1_000_000)),
            yaml.integer("requests", Defaults.LATENCY_REQUESTS, 100, 100_000_000));
    yaml.end();
    return latency;
  }

  Map<String, Object> toMap() {
    Object written = rate.isPresent() ? (Object) Math.round(rate.getAsDouble()) : "auto";
    Map<String, Object> yaml = new LinkedHashMap<>();
    yaml.put("rate", written);
    yaml.put("requests", requests);
    return yaml;
  }
}
