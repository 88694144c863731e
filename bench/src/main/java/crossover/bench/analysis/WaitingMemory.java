package crossover.bench.analysis;

import crossover.bench.experiment.Cell;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a request that waits costs in resident memory of the server: what the process has grown by
 * since the end of its warm-up, divided by the users it has more than then. In a closed loop nearly
 * every user has a request under way.
 *
 * <p>A JVM hardly ever gives memory back, so of a round only those slices count that no slice of
 * the same arm with more users stood before. And garbage not collected yet counts as well: it is
 * what the process takes, not what the requests would need at least. Slices in turns tell nothing:
 * the users of all cells stay connected.
 */
final class WaitingMemory {
  private WaitingMemory() {}

  /**
   * Bytes per waiting request, the mean over the slices that count; NaN when none does.
   *
   * @param slices all of an arm, of every cell and phase
   */
  static double bytes(List<SliceLine> slices, Cell.Id cell) {
    return slices.stream()
        .filter(s -> s.phase() == Phase.CLOSED && s.valid() && s.usage() != null && !s.inTurns())
        .filter(s -> s.cell().equals(cell))
        .flatMap(s -> growth(slices, s).stream())
        .mapToDouble(Double::doubleValue)
        .average()
        .orElse(Double.NaN);
  }

  private static Optional<Double> growth(List<SliceLine> slices, SliceLine slice) {
    List<SliceLine> before =
        slices.stream()
            .filter(s -> s.round() == slice.round() && s.start().isBefore(slice.start()))
            .toList();
    if (before.stream().anyMatch(s -> users(s) > users(slice))) {
      return Optional.empty();
    }
    return before.stream()
        .filter(s -> s.phase() == Phase.WARMUP && s.usage() != null)
        .filter(s -> users(s) < users(slice))
        .max(Comparator.comparing(SliceLine::start))
        .map(
            warm ->
                (slice.usage().gauges().rssBytes() - warm.usage().gauges().rssBytes())
                    / (users(slice) - users(warm)));
  }

  private static int users(SliceLine slice) {
    return slice.cell().users();
  }
}
