package crossover.bench.link;

import crossover.bench.experiment.LinkSpec;
import java.util.SplittableRandom;

/**
 * One direction of a link at work: says when a chunk that arrives now may leave. Times are {@link
 * System#nanoTime()}; used by the link's event loop alone.
 */
final class LinkLane {
  /**
   * How much a bandwidth limit lets queue before it stops reading, in time: about what a router's
   * buffer holds.
   */
  private static final long LONGEST_QUEUE_NANOS = 50_000_000;

  private LinkSpec.Lane spec;
  private long delayNanos;
  private long jitterNanos;

  /** When the last byte queued will have been sent, where there is a bandwidth limit. */
  private long free = System.nanoTime();

  LinkLane(LinkSpec.Lane spec) {
    apply(spec);
  }

  void apply(LinkSpec.Lane next) {
    spec = next;
    delayNanos = next.delay().toNanos();
    jitterNanos = next.jitter().toNanos();
  }

  long delayNanos() {
    return delayNanos;
  }

  /** The time at which so many bytes that arrive now reach the other end. */
  long due(long now, int bytes, SplittableRandom jitter) {
    long sent = now;
    if (spec.bytesPerSecond() > 0) {
      free = (free - now > 0 ? free : now) + Math.round(bytes * 1e9 / spec.bytesPerSecond());
      sent = free;
    }
    return sent
        + delayNanos
        + (jitterNanos == 0 ? 0 : jitter.nextLong(-jitterNanos, jitterNanos + 1));
  }

  /** For how long nothing more should be read, because the bandwidth is spoken for; 0 if not. */
  long congestedNanos(long now) {
    return spec.bytesPerSecond() == 0 ? 0 : Math.max(0, free - now - LONGEST_QUEUE_NANOS);
  }
}
