package crossover.webapp;

/**
 * What {@code crossover:type=Backends} shows of one deployment. Counters only grow, from the
 * deployment on; the others are of the moment.
 */
public interface BackendsMXBean {
  /** Connections given to a blocking or non-blocking statement: a counter. */
  long getDatabaseAcquisitions();

  /** Nanoseconds spent waiting for those: a counter. */
  long getDatabaseWaitNanos();

  /** Statements that wait for a connection. */
  long getDatabaseWaiters();

  /** Statements under way. */
  long getDatabaseActive();

  /** Threads of the model "wrapped". */
  int getWorkers();

  int getWorkersActive();

  /** Tasks that wait for a worker. */
  int getWorkersQueued();

  /** The most that ever waited. */
  int getWorkersQueuedPeak();
}
