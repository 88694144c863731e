package crossover.bench.stack;

import java.time.Duration;

/** For how long a process has done nothing. */
final class IdleTime {
  /** Longer than a client of a database usually waits, or a script sleeps for another server. */
  static final Duration LIMIT = Duration.ofSeconds(60);

  /** CPU seconds in that time: a JVM that only waits uses less than a hundredth of a core. */
  private static final double IDLE_SECONDS = 0.6;

  private double busySeconds;
  private long busyAt;

  IdleTime(long now) {
    busyAt = now;
  }

  /** By the CPU time of the process and its children: less than before when one has ended. */
  boolean isOver(double cpuSeconds, long now) {
    if (Math.abs(cpuSeconds - busySeconds) > IDLE_SECONDS) {
      busySeconds = cpuSeconds;
      busyAt = now;
    }
    return now - busyAt > LIMIT.toNanos();
  }
}
