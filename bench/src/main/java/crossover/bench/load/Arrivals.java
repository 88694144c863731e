package crossover.bench.load;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * The intended starts of an open slice, shared by its threads: each takes the next one and waits
 * for it. When every thread waits for an answer the schedule does not: the arrivals that fall due
 * are sent late and timed from when they were due (no coordinated omission; Gil Tene,
 * HdrHistogram).
 */
final class Arrivals {
  /** A parked thread wakes this much late (the kernel's timer slack is 50 µs), so it parks less. */
  private static final long WAKE_UP_NANOS = 60_000;

  private final long[] offsets;
  private final AtomicInteger next = new AtomicInteger();
  private final CountDownLatch started = new CountDownLatch(1);
  private long origin;

  Arrivals(Traffic traffic) {
    double gap = 1e9 / traffic.rate();
    long end = Math.round((traffic.leadIn() + traffic.seconds()) * 1e9);
    offsets =
        IntStream.iterate(0, i -> i + 1)
            .mapToLong(i -> (long) (i * gap))
            .takeWhile(offset -> offset < end)
            .toArray();
  }

  /** Arrivals due from {@code from} to before {@code to}, in nanoseconds after the start. */
  long due(long from, long to) {
    return IntStream.range(0, offsets.length)
        .filter(i -> offsets[i] >= from && offsets[i] < to)
        .count();
  }

  /** Lets the threads go: the first arrival is due at {@code nanoTime}. */
  void start(long nanoTime) {
    origin = nanoTime;
    started.countDown();
  }

  /**
   * Waits for the next arrival.
   *
   * @return the {@link System#nanoTime} at which it is due; {@link Long#MAX_VALUE} when there are
   *     no more
   * @throws InterruptedException when the slice is cut off
   */
  long await() throws InterruptedException {
    started.await();
    int i = next.getAndIncrement();
    if (i >= offsets.length) {
      return Long.MAX_VALUE;
    }
    long due = origin + offsets[i];
    long wait;
    while ((wait = due - System.nanoTime()) > WAKE_UP_NANOS) {
      LockSupport.parkNanos(wait - WAKE_UP_NANOS);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
    while (System.nanoTime() < due) {
      Thread.onSpinWait();
    }
    return due;
  }
}
