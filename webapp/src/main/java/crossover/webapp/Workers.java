package crossover.webapp;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of the model "wrapped": a fixed number with a bounded queue, which refuses when it is
 * full instead of growing.
 */
final class Workers extends ThreadPoolExecutor {
  private final AtomicInteger peak = new AtomicInteger();

  Workers(int threads, int queue) {
    super(
        threads,
        threads,
        0,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(queue),
        threads("crossover-worker-"));
  }

  @Override
  public void execute(Runnable task) {
    super.execute(task);
    int queued = getQueue().size();
    if (queued > peak.get()) {
      peak.accumulateAndGet(queued, Math::max);
    }
  }

  /** The longest queue so far. */
  int queuedPeak() {
    return peak.get();
  }

  /** Threads that know the application's classes whoever starts them. */
  static ThreadFactory threads(String prefix) {
    AtomicInteger number = new AtomicInteger();
    ClassLoader loader = Workers.class.getClassLoader();
    return task -> {
      Thread thread = new Thread(task, prefix + number.incrementAndGet());
      thread.setContextClassLoader(loader);
      thread.setDaemon(true);
      return thread;
    };
  }
}
