package crossover.bench.probe;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a JVM has counted since its start, and where it stands. NaN for what it does not tell.
 *
 * @param allocated bytes, by all threads
 * @param collections garbage collections
 * @param collectionSeconds time they took
 * @param threads live platform threads
 * @param threadsPeak the most that ever lived at once
 * @param backends the numeric attributes of the WAR's MBean; empty for another WAR
 * @param at when the sample was taken
 * @param pinning counts pinned virtual threads; empty where that is not worth counting
 */
record JvmSample(
    double allocated,
    double collections,
    double collectionSeconds,
    double threads,
    double threadsPeak,
    Map<String, Double> backends,
    Instant at,
    Optional<PinningProbe> pinning) {

  static JvmSample none() {
    double nan = Double.NaN;
    return new JvmSample(nan, nan, nan, nan, nan, Map.of(), Instant.EPOCH, Optional.empty());
  }

  /** Pinned virtual threads since an earlier sample; asked for only now, when no load is on. */
  double pinnedSince(JvmSample earlier) {
    if (pinning.isEmpty()) {
      return Double.NaN;
    }
    try {
      return pinning.get().count(earlier.at, at);
    } catch (IOException | RuntimeException e) {
      return Double.NaN; // the JVM has gone
    }
  }

  double backend(String attribute) {
    return backends.getOrDefault(attribute, Double.NaN);
  }
}
