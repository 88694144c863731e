package crossover.bench.stats;

import crossover.bench.stats.BlockDesign.Spot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which days share a slope over the places of a {@link BlockDesign}: a day with one order of the
 * arms only joins the next, or the last, for it tells no place from an arm.
 */
final class DayBlocks {
  private DayBlocks() {}

  /** The number of the block of each day. */
  static Map<Integer, Integer> of(List<Spot> spots) {
    Map<Integer, Set<List<Integer>>> ordersByDay = new TreeMap<>();
    spots.stream()
        .collect(Collectors.groupingBy(Spot::round))
        .values()
        .forEach(
            r ->
                ordersByDay
                    .computeIfAbsent(r.get(0).day(), d -> new HashSet<>())
                    .add(r.stream().map(Spot::place).toList()));
    Map<Integer, Integer> blocks = new TreeMap<>();
    int open = 0;
    Set<List<Integer>> orders = new HashSet<>();
    List<Integer> days = new ArrayList<>(ordersByDay.keySet());
    for (int day : days) {
      orders.addAll(ordersByDay.get(day));
      blocks.put(day, open);
      if (orders.size() > 1) {
        open++;
        orders.clear();
      }
    }
    int last = Math.max(0, open - 1);
    blocks.replaceAll((day, b) -> Math.min(b, last));
    return blocks;
  }
}
