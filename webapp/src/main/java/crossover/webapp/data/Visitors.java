package crossover.webapp.data;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A record of each visitor in Redis, as a session store would keep one; it says nothing about who
 * the visitor is.
 */
public final class Visitors {
  private static final String PREFIX = "crossover:visitor:";
  private static final Duration KEEP = Duration.ofHours(1);
  private static final byte[] RECORD = "seen".getBytes(US_ASCII);

  private final Redis redis;

  public Visitors(Redis redis) {
    this.redis = redis;
  }

  /**
   * Looks a visitor's record up.
   *
   * @param id as the visitor told it, or null
   * @return the id of a new record where there was none
   * @throws Unavailable when Redis does not answer
   */
  public Optional<String> look(String id) {
    if (id != null && redis.get(PREFIX + id).isPresent()) {
      return Optional.empty();
    }
    String created = id();
    redis.put(PREFIX + created, RECORD, KEEP);
    return Optional.of(created);
  }

  /** The non-blocking form of {@link #look}. */
  public CompletableFuture<Optional<String>> lookAsync(String id) {
    if (id == null) {
      return createAsync();
    }
    return redis
        .getAsync(PREFIX + id)
        .thenCompose(
            known ->
                known.isPresent()
                    ? CompletableFuture.completedFuture(Optional.empty())
                    : createAsync());
  }

  private CompletableFuture<Optional<String>> createAsync() {
    String created = id();
    return redis.putAsync(PREFIX + created, RECORD, KEEP).thenApply(ended -> Optional.of(created));
  }

  /** Need not be hard to guess: nothing is protected by it. */
  private static String id() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }
}
