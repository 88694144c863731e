package crossover.webapp.model;

import crossover.webapp.data.Unavailable;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.TimerTask;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What {@link CompletableFuture#orTimeout} does, on a thread that stops with the application: the
 * JDK's own timer thread would begin with the class loader of this application and keep it for as
 * long as the JVM lives. A deadline costs a request no lock, and may come up to {@value
 * #TICK_MILLIS} ms late.
 */
public final class Deadlines implements AutoCloseable {
  private static final int TICK_MILLIS = 50;
  private static final int WHEEL = 512;

  private final HashedWheelTimer timer;

  public Deadlines(ThreadFactory threads) {
    timer = new HashedWheelTimer(threads, TICK_MILLIS, TimeUnit.MILLISECONDS, WHEEL, false);
  }

  /** Fails the future unless it completes in time; gives the same future. */
  <T> CompletableFuture<T> limit(
      CompletableFuture<T> future, Duration time, Supplier<Exception> failure) {
    if (!future.isDone()) {
      try {
        Timeout end =
            timer.newTimeout(new Deadline(future, failure), time.toMillis(), TimeUnit.MILLISECONDS);
        var unused = future.whenComplete((value, thrown) -> end.cancel());
      } catch (IllegalStateException e) {
        future.completeExceptionally(stopping());
      }
    }
    return future;
  }

  /** Every future that is still limited fails now, so that no request stays unanswered. */
  @Override
  public void close() {
    for (Timeout timeout : timer.stop()) {
      ((Deadline) timeout.task()).future.completeExceptionally(stopping());
    }
  }

  private static Unavailable stopping() {
    return new Unavailable("The application stops");
  }

  private record Deadline(CompletableFuture<?> future, Supplier<Exception> failure)
      implements TimerTask {
    @Override
    public void run(Timeout timeout) {
      future.completeExceptionally(failure.get());
    }
  }
}
