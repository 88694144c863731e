package crossover.bench.probe;

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
    return new JvmUsage(
        allocatedBytes + other.allocatedBytes,
        collections + other.collections,
        collectionSeconds + other.collectionSeconds,
        databaseAcquisitions + other.databaseAcquisitions,
        databaseWaitSeconds + other.databaseWaitSeconds,
        pinned + other.pinned);
  }

  JvmUsage times(double factor) {
    return new JvmUsage(
        allocatedBytes * factor,
        collections * factor,
        collectionSeconds * factor,
        databaseAcquisitions * factor,
        databaseWaitSeconds * factor,
        pinned * factor);
  }
}
