package crossover.bench.link;

import crossover.bench.experiment.LinkSpec;
import java.io.IOException;

/** What a link's process does for the runner while connections stand. */
public interface LinkControl {
  /** Where to connect instead of the target, on the loopback interface. */
  int port() throws IOException;

  /** Changes the delays and limits of what arrives from now on; the seed stays. */
  void apply(LinkSpec spec) throws IOException;

  /** Lets nothing pass until {@link #restore}; new connections are accepted and wait. */
  void stall() throws IOException;

  /** Breaks every connection, both ends, with a TCP reset, at once. */
  void reset() throws IOException;

  /** Refuses new connections until {@link #restore}; those that stand, stay. */
  void refuse() throws IOException;

  /**
   * Ends a stall and a refusal.
   *
   * @throws IOException if the port has been taken by another process meanwhile
   */
  void restore() throws IOException;

  /** What passed since the start, and how punctually since the last call. */
  LinkFigures figures() throws IOException;
}
