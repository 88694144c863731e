package crossover.webapp.data;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Rendered pages in Redis, by the word's id. All models share them, since their pages are the same.
 */
public final class Pages {
  private final Redis redis;
  private final String prefix;
  private final Duration keep;

  /** Keeps pages under names that begin with the prefix, each for a time. */
  public Pages(Redis redis, String prefix, Duration keep) {
    this.redis = redis;
    this.prefix = prefix;
    this.keep = keep;
  }

  /** The page, or empty; throws {@link Unavailable} when Redis does not answer. */
  public Optional<byte[]> get(long id) {
    return redis.get(prefix + id);
  }

  public CompletableFuture<Optional<byte[]>> getAsync(long id) {
    return redis.getAsync(prefix + id);
  }

  public void put(long id, byte[] page) {
    redis.put(prefix + id, page, keep);
  }

  public CompletableFuture<Void> putAsync(long id, byte[] page) {
    return redis.putAsync(prefix + id, page, keep);
  }
}
