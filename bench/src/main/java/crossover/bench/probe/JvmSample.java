package crossover.bench.probe;

import java.io.Serializable;
import java.time.Instant;
import java.util.Map;

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
 */
public record JvmSample(
    double allocated,
    double collections,
    double collectionSeconds,
    double threads,
    double threadsPeak,
    Map<String, Double> backends,
    Instant at)
    implements Serializable {

  static JvmSample none() {
    double nan = Double.NaN;
    return new JvmSample(nan, nan, nan, nan, nan, Map.of(), Instant.EPOCH);
  }

  double backend(String attribute) {
    return backends.getOrDefault(attribute, Double.NaN);
  }
}
