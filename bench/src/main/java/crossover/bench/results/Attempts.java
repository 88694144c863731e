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
   * Of each round and cell the slices of its last attempt, and the warm-up of its last.
   *
   * @param all a list that only grows
   */
  List<SliceLine> last(List<SliceLine> all) {
    if (all.size() != known) {
      Map<List<Object>, Integer> last = new HashMap<>();
      all.forEach(s -> last.merge(key(s), s.attempt(), Math::max));
      counting = all.stream().filter(s -> s.attempt() == last.get(key(s))).toList();
      known = all.size();
    }
    return counting;
  }

  private static List<Object> key(SliceLine slice) {
    return List.of(slice.round(), slice.phase() == Phase.WARMUP, slice.cell());
  }
}
