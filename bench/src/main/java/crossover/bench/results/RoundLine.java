package crossover.bench.results;

import java.time.Instant;

/**
 * One line of rounds.jsonl: what a round's wall time went into. A round that was killed has none.
 *
 * @param attempt which of the round's attempts; see {@link SliceLine}
 * @param seconds from the first server's start to the last one's end
 * @param measured seconds of it under the load that is measured
 * @param warmUp seconds of it for warming up, with the waits for compilers
 * @param starting seconds of it until the servers answered, and their users were connected
 * @param failure what ended the round before it was measured; null if nothing did
 * @param voided whether its slices do not count: something else answered in a server's place
 */
public record RoundLine(
    int round,
    int day,
    int attempt,
    Instant start,
    double seconds,
    double measured,
    double warmUp,
    double starting,
    String failure,
    boolean voided) {

  boolean has(SliceLine slice) {
    return slice.round() == round && slice.attempt() == attempt;
  }
}
