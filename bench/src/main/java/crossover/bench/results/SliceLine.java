package crossover.bench.results;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import crossover.bench.experiment.Cell;
import crossover.bench.load.Slice;
import crossover.bench.probe.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * One line of slices.jsonl: one slice, where it stood in the experiment, what the generator saw and
 * what the server used.
 *
 * @param round 1, 2, … over the whole experiment; 0 for a {@link Phase#LIMIT}
 * @param day 1, or more for rounds that {@code --append} added
 * @param attempt 1, or more where the round was begun again because a kill or a failure had cut it:
 *     of a round and cell the slices of the last attempt count, and no others, so that no arm of
 *     one day is compared with an arm of another
 * @param pass 1, 2, …: how often this arm has been measured in this cell and round, this one
 *     included
 * @param order the arms in the order of this round
 * @param load what the generator saw; null when it saw nothing
 * @param usage what the server and the backends used meanwhile; null where nothing could be
 *     measured
 * @param invalidReason why the slice is not used; null when it is valid
 * @param perTurn the turns that the slice was measured in; empty where it was measured in one piece
 */
public record SliceLine(
    int round,
    int day,
    int attempt,
    @JsonUnwrapped Cell.Id cell,
    String arm,
    Phase phase,
    int pass,
    List<String> order,
    Instant start,
    Slice load,
    Usage usage,
    String invalidReason,
    List<Turn> perTurn) {

  /** Refuses what is no slice. */
  public SliceLine {
    Object place = order.isEmpty() && phase != Phase.LIMIT ? null : order;
    for (Object required :
        new Object[] {cell.site(), cell.view(), arm, phase, place, start, load}) {
      Objects.requireNonNull(required);
    }
    perTurn = List.copyOf(perTurn);
  }

  /**
   * One turn of a slice.
   *
   * @param requests that ended while its window was open
   * @param seconds that it was open
   * @param serverCpuMillis CPU time of the server for these requests, compilers left out
   */
  public record Turn(long requests, double seconds, double serverCpuMillis) {}

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

  /**
   * CPU seconds that the server spent on the slice's requests, compilers left out: those of its own
   * turns, where they are known; NaN where nothing is.
   */
  public double servingSeconds() {
    double millis = perTurn.stream().mapToDouble(Turn::serverCpuMillis).sum();
    if (!perTurn.isEmpty() && Double.isFinite(millis)) {
      return millis / 1000;
    }
    return usage == null ? Double.NaN : usage.server().serving();
  }

  /** Whether other arms had turns meanwhile; older files do not say it of a single turn. */
  public boolean inTurns() {
    return !perTurn.isEmpty() || load.turns() > 1;
  }

  /** Whether its figures are what the experiment asks for; others prepare or bound them. */
  public boolean measured() {
    return phase == Phase.CLOSED || phase == Phase.OPEN;
  }

  public boolean valid() {
    return invalidReason == null;
  }
}
