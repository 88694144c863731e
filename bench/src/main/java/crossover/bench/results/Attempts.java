package crossover.bench.results;

import crossover.bench.results.SliceLine.Phase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which slices count where a round was begun more than once. */
final class Attempts {
  private int known = -1;
  private List<SliceLine> counting = List.of();

  /**
   * Of each round and cell the slices of its last attempt, and the warm-up of its last; of attempts
   * that are void nothing.
   *
   * @param all a list that only grows, as does {@code rounds}
   */
  List<SliceLine> last(List<SliceLine> all, List<RoundLine> rounds) {
    if (all.size() + rounds.size() != known) {
      List<RoundLine> voided = rounds.stream().filter(RoundLine::voided).toList();
      List<SliceLine> sound =
          all.stream().filter(s -> voided.stream().noneMatch(r -> r.has(s))).toList();
      Map<List<Object>, Integer> last = new HashMap<>();
      sound.forEach(s -> last.merge(key(s), s.attempt(), Math::max));
      counting = sound.stream().filter(s -> s.attempt() == last.get(key(s))).toList();
      known = all.size() + rounds.size();
    }
    return counting;
  }

  private static List<Object> key(SliceLine slice) {
    return List.of(slice.round(), slice.phase() == Phase.WARMUP, slice.cell());
  }
}
