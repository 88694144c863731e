package crossover.bench.probe;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a server used in a window; divide by the requests of the window. NaN for what is not known
 * here. The gauges are those of a moment when the load was on: the window's end, or the turn before
 * the measured ones.
 *
 * @param seconds length of the window
 * @param server the Tomcat's process
 * @param backends the backends' processes by name, each with its descendants
 * @param steal CPU seconds that the hypervisor gave to others, summed over all cores
 * @param allocatedBytes by the JVM's threads
 * @param collections garbage collections
 * @param collectionSeconds time they took
 * @param rssBytes gauge: resident memory of the Tomcat's process
 * @param threads gauge: live threads
 * @param threadsPeak the most live threads since the JVM's start
 * @param pools gauge: live threads by pool
 * @param databaseAcquisitions database connections taken from the pool
 * @param databaseWaitSeconds time spent waiting for them, summed over all waiters
 * @param databaseWaiters gauge: waiting for a database connection
 * @param databaseActive gauge: database connections in use
 * @param workers gauge: size of the worker pool
 * @param workersActive gauge: workers that work
 * @param workersQueued gauge: tasks that wait for a worker
 * @param workersQueuedPeak the most tasks that ever waited since the JVM's start
 * @param pinned virtual threads that held their carrier while they waited; known on JDK 21 to 23
 */
public record Usage(
    double seconds,
    ProcessUsage server,
    Map<String, ProcessUsage> backends,
    double steal,
    double allocatedBytes,
    double collections,
    double collectionSeconds,
    double rssBytes,
    double threads,
    double threadsPeak,
    Map<String, Integer> pools,
    double databaseAcquisitions,
    double databaseWaitSeconds,
    double databaseWaiters,
    double databaseActive,
    double workers,
    double workersActive,
    double workersQueued,
    double workersQueuedPeak,
    double pinned) {

  /**
   * The difference of two samples of the same probe. Fetches what the server recorded meanwhile, so
   * it costs the server something: not to be called while a window is open.
   */
  public static Usage between(Sample before, Sample after) {
    return between(before, after, after, BackendUsage.between(before.beside(), after.beside()));
  }

  /**
   * The same of a server that was under load for a part of the time only: what it used at all, and
   * what happened beside it meanwhile.
   *
   * @param loaded while the load was on, for the gauges
   */
  public static Usage between(Sample before, Sample after, Sample loaded, BackendUsage beside) {
    JvmSample from = before.jvm();
    JvmSample to = after.jvm();
    JvmSample gauges = loaded.jvm();
    return new Usage(
        beside.seconds(),
        ProcessUsage.between(before.process(), after.process()),
        beside.backends(),
        beside.steal(),
        to.allocated() - from.allocated(),
        to.collections() - from.collections(),
        to.collectionSeconds() - from.collectionSeconds(),
        after.process().rss(),
        after.process().threads().isEmpty() ? to.threads() : after.process().threads().size(),
        to.threadsPeak(),
        after.process().pools(),
        to.backend("DatabaseAcquisitions") - from.backend("DatabaseAcquisitions"),
        (to.backend("DatabaseWaitNanos") - from.backend("DatabaseWaitNanos")) / 1e9,
        gauges.backend("DatabaseWaiters"),
        gauges.backend("DatabaseActive"),
        gauges.backend("Workers"),
        gauges.backend("WorkersActive"),
        gauges.backend("WorkersQueued"),
        to.backend("WorkersQueuedPeak"),
        after.pinnedSince(before));
  }

  /** Of two windows together; the gauges are those of the later one. */
  public Usage plus(Usage later) {
    Map<String, ProcessUsage> both = new TreeMap<>(later.backends);
    backends.forEach((name, usage) -> both.merge(name, usage, ProcessUsage::plus));
    return later.with(
        seconds + later.seconds,
        server.plus(later.server),
        both,
        steal + later.steal,
        allocatedBytes + later.allocatedBytes,
        collections + later.collections,
        collectionSeconds + later.collectionSeconds,
        databaseAcquisitions + later.databaseAcquisitions,
        databaseWaitSeconds + later.databaseWaitSeconds,
        pinned + later.pinned);
  }

  /**
   * What a window used of which this is a part.
   *
   * @param factor how many times as many requests it had
   * @param window its length in seconds
   * @param spent its CPU time, which was measured over all of it
   */
  public Usage extrapolated(double factor, double window, CpuClock.Spent spent) {
    Map<String, ProcessUsage> more = new TreeMap<>();
    backends.forEach((name, usage) -> more.put(name, usage.times(factor)));
    return with(
        window,
        server.times(factor).withCpu(spent),
        more,
        steal * factor,
        allocatedBytes * factor,
        collections * factor,
        collectionSeconds * factor,
        databaseAcquisitions * factor,
        databaseWaitSeconds * factor,
        pinned * factor);
  }

  /** The same with what was used beside the server. */
  public Usage with(BackendUsage beside) {
    return with(
        seconds,
        server,
        beside.backends(),
        beside.steal(),
        allocatedBytes,
        collections,
        collectionSeconds,
        databaseAcquisitions,
        databaseWaitSeconds,
        pinned);
  }

  /** The same gauges with other counters. */
  private Usage with(
      double otherSeconds,
      ProcessUsage otherServer,
      Map<String, ProcessUsage> otherBackends,
      double otherSteal,
      double otherAllocatedBytes,
      double otherCollections,
      double otherCollectionSeconds,
      double otherAcquisitions,
      double otherWaitSeconds,
      double otherPinned) {
    return new Usage(
        otherSeconds,
        otherServer,
        otherBackends,
        otherSteal,
        otherAllocatedBytes,
        otherCollections,
        otherCollectionSeconds,
        rssBytes,
        threads,
        threadsPeak,
        pools,
        otherAcquisitions,
        otherWaitSeconds,
        databaseWaiters,
        databaseActive,
        workers,
        workersActive,
        workersQueued,
        workersQueuedPeak,
        otherPinned);
  }
}
