package crossover.bench.probe;

import java.util.function.DoubleBinaryOperator;

/**
 * What a JVM counted in a window; NaN for what it does not tell.
 *
 * @param allocatedBytes by its threads
 * @param collections garbage collections
 * @param collectionSeconds time they took
 * @param databaseAcquisitions database connections taken from the pool
 * @param databaseWaitSeconds time spent waiting for them, summed over all waiters
 * @param pinned virtual threads that held their carrier while they waited; known on JDK 21 to 23
 */
public record JvmUsage(
    double allocatedBytes,
    double collections,
    double collectionSeconds,
    double databaseAcquisitions,
    double databaseWaitSeconds,
    double pinned) {

  static JvmUsage between(Sample before, Sample after) {
    JvmSample from = before.jvm();
    JvmSample to = after.jvm();
    return new JvmUsage(
        to.allocated() - from.allocated(),
        to.collections() - from.collections(),
        to.collectionSeconds() - from.collectionSeconds(),
        to.backend("DatabaseAcquisitions") - from.backend("DatabaseAcquisitions"),
        (to.backend("DatabaseWaitNanos") - from.backend("DatabaseWaitNanos")) / 1e9,
        after.pinnedSince(before));
  }

  JvmUsage plus(JvmUsage other) {
    return with(other, Double::sum);
  }

  JvmUsage times(double factor) {
    return with(this, (own, same) -> own * factor);
  }

  private JvmUsage with(JvmUsage other, DoubleBinaryOperator each) {
    return new JvmUsage(
        each.applyAsDouble(allocatedBytes, other.allocatedBytes),
        each.applyAsDouble(collections, other.collections),
        each.applyAsDouble(collectionSeconds, other.collectionSeconds),
        each.applyAsDouble(databaseAcquisitions, other.databaseAcquisitions),
        each.applyAsDouble(databaseWaitSeconds, other.databaseWaitSeconds),
        each.applyAsDouble(pinned, other.pinned));
  }
}
