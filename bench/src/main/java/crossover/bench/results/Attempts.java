package crossover.bench.results;

import crossover.bench.results.SliceLine.Phase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which slices count where a round was begun more than once. */
final class Attempts {
  private Attempts() {}

  /** Of each round and cell the slices of its last attempt, of each round its last warm-up. */
  static List<SliceLine> last(List<SliceLine> all) {
    Map<List<Object>, Integer> last = new HashMap<>();
    all.forEach(s -> last.merge(key(s), s.attempt(), Math::max));
    return all.stream().filter(s -> s.attempt() == last.get(key(s))).toList();
  }

  private static List<Object> key(SliceLine slice) {
    return slice.phase() == Phase.CLOSED || slice.phase() == Phase.OPEN
        ? List.of(slice.round(), slice.site(), slice.view(), slice.users())
        : List.of(slice.round(), slice.phase());
  }
}
