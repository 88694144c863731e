package crossover.bench.probe;

import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;

/**
 * The counters of a server, its backends and the machine at one moment. Made by {@link
 * ServerProbe}; two of them make a {@link Usage}.
 *
 * @param beside what of it all servers share
 * @param pinning counts pinned virtual threads between two samples
 */
public record Sample(
    ProcessSample process, JvmSample jvm, BackendSample beside, PinnedThreads pinning)
    implements Serializable {

  /** Counts pinned virtual threads from one moment to another, by the clock of the server. */
  public interface PinnedThreads {
    /** NaN where they cannot be counted. */
    double count(Instant from, Instant to) throws IOException;
  }

  /** Where pinned threads are not counted. */
  public enum NotCounted implements PinnedThreads {
    HERE;

    @Override
    public double count(Instant from, Instant to) {
      return Double.NaN;
    }
  }

  /** The same counters with another way to count pinned threads. */
  public Sample with(PinnedThreads other) {
    return new Sample(process, jvm, beside, other);
  }

  /** The same counters with other backends beside them. */
  public Sample with(BackendSample other) {
    return new Sample(process, jvm, other, pinning);
  }

  /** Pinned virtual threads since an earlier sample; asks the server, so not under load. */
  double pinnedSince(Sample earlier) {
    try {
      return pinning.count(earlier.jvm.at(), jvm.at());
    } catch (IOException | RuntimeException e) {
      return Double.NaN; // the JVM has gone
    }
  }
}
