package crossover.bench.probe;

import java.util.Map;

/**
 * Where a server stood at a moment when the load was on: the window's end, or the turn before the
 * measured ones. NaN for what is not known.
 *
 * @param rssBytes resident memory of the server's process and its children
 * @param threads live ones
 * @param threadsPeak the most live threads since the JVM's start
 * @param pools live threads by pool
 * @param databaseWaiters waiting for a database connection
 * @param databaseActive database connections in use
 * @param workers size of the worker pool
 * @param workersActive workers that work
 * @param workersQueued tasks that wait for a worker
 * @param workersQueuedPeak the most tasks that ever waited since the JVM's start
 */
public record Gauges(
    double rssBytes,
    double threads,
    double threadsPeak,
    Map<String, Integer> pools,
    double databaseWaiters,
    double databaseActive,
    double workers,
    double workersActive,
    double workersQueued,
    double workersQueuedPeak) {

  /** {@code loaded} tells of the pools. */
  static Gauges of(Sample last, JvmSample loaded) {
    ProcessSample process = last.process();
    return new Gauges(
        process.rss(),
        process.threads().isEmpty() ? last.jvm().threads() : process.threads().size(),
        last.jvm().threadsPeak(),
        process.pools(),
        loaded.backend("DatabaseWaiters"),
        loaded.backend("DatabaseActive"),
        loaded.backend("Workers"),
        loaded.backend("WorkersActive"),
        loaded.backend("WorkersQueued"),
        last.jvm().backend("WorkersQueuedPeak"));
  }
}
