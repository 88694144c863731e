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

  public BackendUsage plus(BackendUsage other) {
    Map<String, ProcessUsage> sum = new TreeMap<>(backends);
    other.backends.forEach((name, usage) -> sum.merge(name, usage, ProcessUsage::plus));
    return new BackendUsage(seconds + other.seconds, sum, steal + other.steal);
  }

  BackendUsage times(double factor) {
    Map<String, ProcessUsage> product = new TreeMap<>(backends);
    product.replaceAll((name, usage) -> usage.times(factor));
    return new BackendUsage(seconds * factor, product, steal * factor);
  }

  /** The same in another length of time. */
  BackendUsage lasting(double otherSeconds) {
    return new BackendUsage(otherSeconds, backends, steal);
  }

  /** CPU seconds of all backends; NaN where one is not known. */
  public double cpu() {
    return backends.values().stream().mapToDouble(ProcessUsage::cpu).sum();
  }
}
