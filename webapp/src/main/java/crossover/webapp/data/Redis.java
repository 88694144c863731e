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
 * Values in Redis, each kept for a limited time, blocking and not. Until {@link #open} has
 * succeeded once, and whenever Redis does not answer, reading fails with {@link Unavailable}; a
 * write that fails is forgotten, since all that is kept can be made again.
 */
public final class Redis implements AutoCloseable {
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
   */
  public record Options(String url, int pool, Duration timeout) {}

  private final Options options;
  private volatile RedissonClient client;
  private boolean closed;

  public Redis(Options options) {
    this.options = options;
  }

  /** Connects. Blocks; throws when Redis is away. */
  public void open() {
    RedissonClient opened = Redisson.create(config());
    synchronized (this) {
      if (!closed) {
        client = opened;
        return;
      }
    }
    shutdown(opened);
  }

  Optional<byte[]> get(String key) {
    try {
      return Optional.ofNullable(bucket(key).get());
    } catch (RuntimeException e) {
      throw unavailable(e);
    }
  }

  /** The non-blocking form of {@link #get}; the stage completes on a thread of the client. */
  CompletableFuture<Optional<byte[]>> getAsync(String key) {
    CompletableFuture<Optional<byte[]>> value = new CompletableFuture<>();
    try {
      bucket(key)
          .getAsync()
          .whenComplete(
              (bytes, failure) -> {
                if (failure == null) {
                  value.complete(Optional.ofNullable(bytes));
                } else {
                  value.completeExceptionally(unavailable(failure));
                }
              });
    } catch (RuntimeException e) {
      value.completeExceptionally(unavailable(e));
    }
    return value;
  }

  void put(String key, byte[] value, Duration keep) {
    try {
      bucket(key).set(value, keep);
    } catch (RuntimeException e) {
      // Forgotten, as the contract says.
    }
  }

  /** The non-blocking form of {@link #put}: complete, never with a failure, when it has ended. */
  CompletableFuture<Void> putAsync(String key, byte[] value, Duration keep) {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    try {
      bucket(key).setAsync(value, keep).whenComplete((none, failure) -> ended.complete(null));
    } catch (RuntimeException e) {
      ended.complete(null); // Forgotten, as the contract says.
    }
    return ended;
  }

  /** Whether Redis answers within its time limit. */
  public boolean answers() {
    try {
      var unused = get("crossover:health");
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
      opened = client;
    }
    if (opened != null) {
      shutdown(opened);
    }
  }

  private static void shutdown(RedissonClient client) {
    client.shutdown(0, 2, TimeUnit.SECONDS);
  }

  private RBucket<byte[]> bucket(String key) {
    RedissonClient opened = client;
    if (opened == null) {
      throw new Unavailable("Redis has not answered yet");
    }
    return opened.getBucket(key, ByteArrayCodec.INSTANCE);
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
