package crossover.bench.stack;

/** For how long a process has done nothing. */
final class IdleTime {
  /** CPU seconds that are work: a JVM that only waits needs more than a minute for them. */
  private static final double IDLE_SECONDS = 0.6;

  private double busySeconds;
  private long busyAt;

  IdleTime(long now) {
    busyAt = now;
  }

  /** By the CPU time of the process and its children: less than before when one has ended. */
  long nanos(double cpuSeconds, long now) {
    if (Math.abs(cpuSeconds - busySeconds) > IDLE_SECONDS) {
      busySeconds = cpuSeconds;
      busyAt = now;
    }
    return now - busyAt;
  }
}
