package crossover.webapp.model;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * What {@link CompletableFuture#orTimeout} does, on a thread that stops with the application: the
 * JDK's own timer thread would begin with the class loader of this application and keep it for as
 * long as the JVM lives.
 */
public final class Deadlines implements AutoCloseable {
  private final ScheduledThreadPoolExecutor timer;

  public Deadlines(ThreadFactory threads) {
    timer = new ScheduledThreadPoolExecutor(1, threads);
    timer.setRemoveOnCancelPolicy(true);
  }

  /**
   * Fails the future with {@link TimeoutException} unless it completes in time; gives the same
   * future.
   */
  <T> CompletableFuture<T> limit(CompletableFuture<T> future, Duration time) {
    return limit(future, time, TimeoutException::new);
  }

  /** The same, with a failure of the caller's. */
  <T> CompletableFuture<T> limit(
      CompletableFuture<T> future, Duration time, Supplier<Exception> failure) {
    if (!future.isDone()) {
      ScheduledFuture<?> end =
          timer.schedule(
              () -> future.completeExceptionally(failure.get()),
              time.toMillis(),
              TimeUnit.MILLISECONDS);
      var unused = future.whenComplete((value, thrown) -> end.cancel(false));
    }
    return future;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
