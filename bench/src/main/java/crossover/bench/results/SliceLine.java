package crossover.bench.results;

import crossover.bench.experiment.Cell;
import crossover.bench.load.Slice;
import crossover.bench.probe.Usage;
import java.time.Instant;
import java.util.List;

/**
 * One line of slices.jsonl: one slice, where it stood in the experiment, what the generator saw and
 * what the server used.
 *
 * @param round 1, 2, … over the whole experiment; 0 for a {@link Phase#LIMIT}
 * @param day 1, or more for rounds that {@code --append} added
 * @param view the plan's name
 * @param users concurrent users of the cell
 * @param pass 1, 2, …: how often this arm has been measured in this cell and round, this one
 *     included
 * @param order the arms in the order of this round
 * @param load what the generator saw; null when it saw nothing
 * @param usage what the server and the backends used meanwhile; null where nothing could be
 *     measured
 * @param invalidReason why the slice is not used; null when it is valid
 */
public record SliceLine(
    int round,
    int day,
    String site,
    String view,
    int users,
    String arm,
    Phase phase,
    int pass,
    List<String> order,
    Instant start,
    Slice load,
    Usage usage,
    String invalidReason) {

  /** What the slice was for. */
  public enum Phase {
    /** The generator against a server that does nothing but answer. */
    LIMIT,
    /** Kept; only how long it took and how it ended is reported. */
    WARMUP,
    /** Users who each wait for the answer: throughput, CPU. */
    CLOSED,
    /** A fixed arrival rate: response times. */
    OPEN
  }

  /** The cell that it was measured in. */
  public Cell.Id cell() {
    return new Cell.Id(view, site, users);
  }

  /** Whether the slice may be used. */
  public boolean valid() {
    return invalidReason == null;
  }
}
