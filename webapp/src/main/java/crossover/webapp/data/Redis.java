package crossover.webapp.data;

import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
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
  private static final int THREADS = Math.max(2, Runtime.getRuntime().availableProcessors());

  /**
   * Where Redis is and how long it may take.
   *
   * @param url {@code redis://[[user]:password@]host:port[/database]}
   * @param pool connections at most
   * @param timeout of one command
   */
  public record Options(String url, int pool, Duration timeout) {}

  private final Options options;
  private final RedisUrl url;
  private final Outage outage = new Outage("Redis", () -> {});
  private volatile RedissonClient client;
  private volatile Readiness readiness = new Readiness(Readiness.State.DOWN, "not tried yet");
  private boolean closed;

  /**
   * Connects to nothing yet.
   *
   * @throws IllegalArgumentException if the URL makes no sense
   */
  public Redis(Options options) {
    this.options = options;
    url = RedisUrl.parse(options.url);
  }

  /** Connects. Blocks; {@link #readiness} tells what came of it. */
  public Readiness open() {
    RedisEventLoops loops = new RedisEventLoops(THREADS);
    try {
      RedissonClient opened = Redisson.create(config(loops));
      readiness = Readiness.UP;
      synchronized (this) {
        if (!closed) {
          client = opened;
          return readiness;
        }
      }
      shutdown(opened);
    } catch (RuntimeException e) {
      loops.stop();
      readiness = readiness(e);
    }
    return readiness;
  }

  Optional<byte[]> get(String key) {
    try {
      byte[] value = call(key, RBucket::get);
      outage.answered();
      return Optional.ofNullable(value);
    } catch (RuntimeException e) {
      throw unavailable(e);
    }
  }

  /** The non-blocking form of {@link #get}; the stage completes on a thread of the client. */
  CompletableFuture<Optional<byte[]>> getAsync(String key) {
    try {
      return call(key, RBucket::getAsync)
          .handle(
              (value, failure) -> {
                if (failure != null) {
                  throw unavailable(failure);
                }
                outage.answered();
                return Optional.ofNullable(value);
              })
          .toCompletableFuture();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(unavailable(e));
    }
  }

  void put(String key, byte[] value, Duration keep) {
    try {
      call(
          key,
          bucket -> {
            bucket.set(value, keep);
            return null;
          });
    } catch (RuntimeException e) {
      var unused = unavailable(e); // Forgotten, as the contract says.
    }
  }

  /** The non-blocking form of {@link #put}: complete, never with a failure, when it has ended. */
  CompletableFuture<Void> putAsync(String key, byte[] value, Duration keep) {
    try {
      return call(key, bucket -> bucket.setAsync(value, keep))
          .exceptionally(
              failure -> {
                var unused = unavailable(failure); // Forgotten, as the contract says.
                return null;
              })
          .toCompletableFuture();
    } catch (RuntimeException e) {
      return CompletableFuture.completedFuture(null);
    }
  }

  /** Whether Redis answers within its time limit; asks it once {@link #open} has succeeded. */
  public Readiness readiness() {
    if (client != null) {
      try {
        var unused = call("crossover:health", RBucket::get);
        outage.answered();
      } catch (RuntimeException e) {
        return readiness(e);
      }
    }
    return readiness;
  }

  /** Redis has few codes: what is not a refusal in words is an outage. */
  private static Readiness readiness(Throwable failure) {
    return new Readiness(
        Reasons.isRefusal(failure) ? Readiness.State.FAILED : Readiness.State.DOWN,
        Reasons.of(failure));
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
    ((RedisEventLoops) client.getConfig().getEventLoopGroup()).stop();
  }

  /**
   * A client that lacks a connection opens it on the thread that asks, where Netty leaves thread
   * locals; on a thread of the container's these would outlive the application.
   */
  private <T> T call(String key, Function<RBucket<byte[]>, T> command) {
    RedissonClient opened = client;
    if (opened == null) {
      throw new Unavailable("Redis has not answered yet");
    }
    try {
      return command.apply(opened.getBucket(key, ByteArrayCodec.INSTANCE));
    } finally {
      if (!(Thread.currentThread() instanceof FastThreadLocalThread)) {
        FastThreadLocal.removeAll();
      }
    }
  }

  /** Whatever keeps a value from being had, the value can be made again. */
  private Unavailable unavailable(Throwable failure) {
    if (client != null) {
      outage.failed(failure);
    }
    return new Unavailable("Redis does not answer", failure);
  }

  private Config config(RedisEventLoops loops) {
    int millis = (int) options.timeout.toMillis();
    Config config =
        new Config().setCodec(ByteArrayCodec.INSTANCE).setThreads(THREADS).setEventLoopGroup(loops);
    url.applyTo(config)
        .setConnectionPoolSize(options.pool)
        // All from the start: one that is opened later is opened by the thread of a request.
        .setConnectionMinimumIdleSize(options.pool)
        .setSubscriptionConnectionPoolSize(1)
        .setSubscriptionConnectionMinimumIdleSize(0)
        .setTimeout(millis)
        .setConnectTimeout(Math.max(millis, CONNECT_MILLIS))
        .setRetryAttempts(0); // A retry waits longer than a request may.
    return config;
  }
}
