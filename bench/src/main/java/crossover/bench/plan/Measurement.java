package crossover.bench.plan;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is measured in a round, the same for every arm.
 *
 * @param users concurrent users of the closed slices; each level makes cells of its own
 * @param passes times that the order of arms is gone through in a round, for each view
 * @param slice the measured part of a closed slice
 * @param latency slices at a fixed rate; empty: none
 * @param warmUp the longest warm-up of one arm on one view in a round
 * @param rest the pause between slices
 */
public record Measurement(
    List<Integer> users,
    int passes,
    Duration slice,
    Optional<Latency> latency,
    Duration warmUp,
    Duration rest) {

  static Measurement read(YamlMap yaml) {
    return new Measurement(
        yaml.integers("users", List.of(Defaults.USERS), 1, 10_000),
        yaml.integer("passes", Defaults.PASSES, 1, 100),
        yaml.duration("slice", Defaults.SLICE, Duration.ofMillis(100), Duration.ofHours(1)),
        yaml.mapping("latency").map(Latency::read),
        yaml.duration("warm-up", Defaults.WARM_UP, Duration.ZERO, Duration.ofHours(1)),
        yaml.duration("rest", Defaults.REST, Duration.ZERO, Duration.ofMinutes(10)));
  }

  Measurement withUsers(List<Integer> other) {
    return new Measurement(other, passes, slice, latency, warmUp, rest);
  }

  void writeTo(Map<String, Object> yaml) {
    yaml.put("users", users);
    yaml.put("passes", passes);
    yaml.put("slice", YamlMap.seconds(slice));
    latency.ifPresent(l -> yaml.put("latency", l.toMap()));
    yaml.put("warm-up", YamlMap.seconds(warmUp));
    yaml.put("rest", YamlMap.seconds(rest));
  }
}
