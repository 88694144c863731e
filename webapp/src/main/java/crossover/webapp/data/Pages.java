package crossover.webapp.data;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.redisson.Redisson;
import org.redisson.api.RBucket;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.config.Config;

/**
 * Rendered pages in Redis, for a limited time, blocking and not. All models share them, since their
 * pages are the same. Until {@link #open} has succeeded once, and whenever Redis does not answer,
 * reading fails with {@link Unavailable}.
 */
public final class Pages implements AutoCloseable {
  /** The first connection loads half of the library, so it needs longer than a command may take. */
  private static final int CONNECT_MILLIS = 2_000;

  /** Redisson's defaults, 32 and 16, cost a quarter of the throughput on two cores. */
  private static final int THREADS = 2;

  /**
   * Where Redis is and how long it may take.
   *
   * @param url {@code redis://[user:password@]host:port}
   * @param pool connections at most
   * @param timeout of one command
   * @param keep how long a page is kept
   */
  public record Options(String url, int pool, Duration timeout, Duration keep, String prefix) {}

  private final Options options;
  private volatile RedissonClient redis;
  private boolean closed;

  public Pages(Options options) {
    this.options = options;
  }

  /** Connects. Blocks; throws when Redis is away. */
  public void open() {
    RedissonClient opened = Redisson.create(config());
    synchronized (this) {
      if (!closed) {
        redis = opened;
        return;
      }
    }
    shutdown(opened);
  }

  public Optional<byte[]> get(long id) {
    try {
      return Optional.ofNullable(bucket(id).get());
    } catch (RuntimeException e) {
      throw unavailable(e);
    }
  }

  /** The non-blocking form of {@link #get}; the stage completes on a thread of the client. */
  public CompletableFuture<Optional<byte[]>> getAsync(long id) {
    CompletableFuture<Optional<byte[]>> page = new CompletableFuture<>();
    try {
      bucket(id)
          .getAsync()
          .whenComplete(
              (bytes, failure) -> {
                if (failure == null) {
                  page.complete(Optional.ofNullable(bytes));
                } else {
                  page.completeExceptionally(unavailable(failure));
                }
              });
    } catch (RuntimeException e) {
      page.completeExceptionally(unavailable(e));
    }
    return page;
  }

  /** Keeps a page; when that fails the page is only rendered again next time. */
  public void put(long id, byte[] page) {
    try {
      bucket(id).set(page, options.keep);
    } catch (RuntimeException e) {
      // Redis went away since the lookup; the page itself is good.
    }
  }

  /** The non-blocking form of {@link #put}: nobody waits for it. */
  public void putAsync(long id, byte[] page) {
    try {
      var unused = bucket(id).setAsync(page, options.keep);
    } catch (RuntimeException e) {
      // As in put.
    }
  }

  /** Whether Redis answers within its time limit. */
  public boolean answer() {
    try {
      get(0);
      return true;
    } catch (Unavailable e) {
      return false;
    }
  }

  @Override
  public void close() {
    RedissonClient opened;
    synchronized (this) {
      closed = true;
      opened = redis;
    }
    if (opened != null) {
      shutdown(opened);
    }
  }

  private static void shutdown(RedissonClient client) {
    client.shutdown(0, 2, TimeUnit.SECONDS);
  }

  private RBucket<byte[]> bucket(long id) {
    RedissonClient opened = redis;
    if (opened == null) {
      throw new Unavailable("Redis has not answered yet");
    }
    return opened.getBucket(options.prefix + id, ByteArrayCodec.INSTANCE);
  }

  private static Unavailable unavailable(Throwable failure) {
    return new Unavailable("Redis does not answer", failure);
  }

  private Config config() {
    int millis = (int) options.timeout.toMillis();
    Config config =
        new Config().setCodec(ByteArrayCodec.INSTANCE).setThreads(THREADS).setNettyThreads(THREADS);
    config
        .useSingleServer()
        .setAddress(options.url)
        .setConnectionPoolSize(options.pool)
        .setConnectionMinimumIdleSize(1)
        .setSubscriptionConnectionPoolSize(1)
        .setSubscriptionConnectionMinimumIdleSize(0)
        .setTimeout(millis)
        .setConnectTimeout(Math.max(millis, CONNECT_MILLIS))
        .setRetryAttempts(0); // A retry waits longer than a request may.
    return config;
  }
}
