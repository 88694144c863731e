package crossover.bench.probe;

import java.util.Map;
import java.util.TreeMap;

/**
 * What happened beside a server while it was under load.
 *
 * @param seconds length of that time
 * @param backends the backends' processes by name, each with its descendants
 * @param steal CPU seconds that the hypervisor gave to others, summed over all cores
 */
public record BackendUsage(double seconds, Map<String, ProcessUsage> backends, double steal) {
  /** No time. */
  public static final BackendUsage NONE = new BackendUsage(0, Map.of(), 0);

  /** The difference of two samples. */
  public static BackendUsage between(BackendSample before, BackendSample after) {
    Map<String, ProcessUsage> backends = new TreeMap<>();
    after
        .backends()
        .forEach(
            (name, sample) ->
                backends.put(name, ProcessUsage.between(before.backends().get(name), sample)));
    return new BackendUsage(
        (after.nanoTime() - before.nanoTime()) / 1e9, backends, after.steal() - before.steal());
  }

  /** Both together. */
  public BackendUsage plus(BackendUsage other) {
    Map<String, ProcessUsage> sum = new TreeMap<>(backends);
    other.backends.forEach((name, usage) -> sum.merge(name, usage, ProcessUsage::plus));
    return new BackendUsage(seconds + other.seconds, sum, steal + other.steal);
  }
}
