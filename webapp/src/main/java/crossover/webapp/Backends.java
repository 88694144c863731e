package crossover.webapp;

import crossover.webapp.data.Database;
import crossover.webapp.data.Pages;
import crossover.webapp.data.Readiness;
import crossover.webapp.data.Redis;
import crossover.webapp.data.TimeLimits;
import crossover.webapp.model.Deadlines;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the views stand on: the database, Redis, the workers. Opening waits for no server; both are
 * reached in the background, tried again until they answer.
 *
 * <p>To be built and closed on a thread of the application's own, because Netty leaves values
 * behind on the threads that it meets, and the container's threads outlive the application.
 */
final class Backends implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Backends.class);
  private static final long RETRY_MILLIS = 500;

  /** A password that is refused may lock the account. */
  private static final long REFUSED_MILLIS = 5_000;

  private final List<Thread> connecting;
  private final Deadlines deadlines = new Deadlines(Workers.threads("crossover-deadlines-"));
  private final Workers workers;
  private final Redis redis;
  private final Pages pages;
  private final Database database;

  Backends(Settings settings) {
    leaveNothingOnForeignThreads();
    Duration timeout = Duration.ofMillis(settings.timeout);
    workers = new Workers(settings.workers, settings.workersQueue);
    redis =
        new Redis(new Redis.Options(settings.redisUrl, settings.jdbcPool, timeout.dividedBy(5)));
    pages = new Pages(redis, settings.cachePrefix, Duration.ofSeconds(settings.cacheTtl));
    database =
        new Database(
            new Database.Options(
                settings.jdbcUrl,
                settings.jdbcUser,
                settings.jdbcPassword,
                settings.jdbcPool,
                settings.pipelining,
                settings.workersQueue,
                new TimeLimits(timeout)));
    ThreadFactory threads = Workers.threads("crossover-backends-");
    connecting =
        List.of(
            threads.newThread(() -> untilReady("The database", database::migrate)),
            threads.newThread(() -> untilReady("Redis", redis::open)));
    connecting.forEach(Thread::start);
  }

  Deadlines deadlines() {
    return deadlines;
  }

  Workers workers() {
    return workers;
  }

  Redis redis() {
    return redis;
  }

  Pages pages() {
    return pages;
  }

  Database database() {
    return database;
  }

  /** Stops everything that was started; the threads may need a moment more to end. */
  @Override
  public void close() {
    workers.shutdownNow();
    deadlines.close();
    redis.close();
    database.close();
    connecting.forEach(Thread::interrupt);
  }

  /**
   * Netty hands a write to its event loop in an object that it recycles by a thread local of the
   * writing thread; for a blocking call that is the container's thread, which keeps it when the
   * application is gone. It costs every model the same: each arm's JVM has it. Must be set before
   * Netty's classes are loaded.
   */
  private static void leaveNothingOnForeignThreads() {
    System.setProperty("io.netty.recycler.maxCapacityPerThread", "0");
  }

  private static void untilReady(String backend, Supplier<Readiness> attempt) {
    String told = "";
    try {
      for (Readiness now = attempt.get(); !now.isUp(); now = attempt.get()) {
        boolean failed = now.state() == Readiness.State.FAILED;
        if (!now.reason().equals(told)) {
          told = now.reason();
          String what = failed ? "is refused, which waiting will not mend" : "is not ready";
          LOG.warn("{} {}, tried again until it is: {}", backend, what, told);
        }
        Thread.sleep(failed ? REFUSED_MILLIS : RETRY_MILLIS);
      }
      LOG.info("{} is ready", backend);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
