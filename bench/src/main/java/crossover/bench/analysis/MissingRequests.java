package crossover.bench.analysis;

import static crossover.bench.text.Text.format;

import crossover.bench.load.LabelFigures;
import crossover.bench.results.SliceLine.Phase;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The requests of a plan that one of two arms never got: a condition in the plan held for the other
 * alone, so the two did different work.
 *
 * @param base requests of the baseline, by name
 * @param own those of the other arm
 * @param starts how often a user began: what it does once may be over before a window opens
 */
record MissingRequests(Map<String, Long> base, Map<String, Long> own, long starts) {
  /** Where so many are expected, none at all is no chance: e^-20. */
  private static final double ENOUGH = 20;

  static MissingRequests of(CellSlices cell, String baseline, String arm) {
    long slices =
        Math.max(cell.usable(baseline, Phase.CLOSED).size(), cell.usable(arm, Phase.CLOSED).size());
    return new MissingRequests(
        requests(cell, baseline), requests(cell, arm), slices * cell.cell().users());
  }

  private static Map<String, Long> requests(CellSlices cell, String arm) {
    return cell.usable(arm, Phase.CLOSED).stream()
        .flatMap(slice -> slice.load().labels().stream())
        .filter(row -> !row.statuses().isEmpty())
        .collect(
            Collectors.groupingBy(
                LabelFigures::label, TreeMap::new, Collectors.summingLong(LabelFigures::requests)));
  }

  /** Not so where names hold variables: then there are many, or each arm has its own. */
  boolean areComparable() {
    return !base.isEmpty()
        && !own.isEmpty()
        && !base.containsKey(LabelFigures.OTHERS)
        && !own.containsKey(LabelFigures.OTHERS)
        && (missing(base, own).isEmpty() || missing(own, base).isEmpty());
  }

  int count() {
    return missing(base, own).size() + missing(own, base).size();
  }

  String sentence() {
    Map<String, Long> lost = missing(base, own);
    Map<String, Long> more = missing(own, base);
    return count() == 0
        ? "it got every request of the plan that the baseline got"
        : lost.isEmpty()
            ? sentence(more, "it", "the baseline")
            : sentence(lost, "the baseline", "it");
  }

  private static String sentence(Map<String, Long> missing, String who, String other) {
    return missing.entrySet().stream()
            .map(row -> format("%s got \"%s\" %s times", who, row.getKey(), row.getValue()))
            .collect(Collectors.joining(", "))
        + ", and "
        + other
        + " never: see the conditions in the plan, and the arms' jmeter properties";
  }

  /**
   * What one arm got more than once for each start of a user, and the other should have got at
   * least {@link #ENOUGH} times.
   */
  private Map<String, Long> missing(Map<String, Long> of, Map<String, Long> from) {
    double share = (double) sum(from) / sum(of);
    Map<String, Long> missing = new TreeMap<>(of);
    missing.keySet().removeAll(from.keySet());
    missing.values().removeIf(n -> n <= starts || n * share < ENOUGH);
    return missing;
  }

  private static long sum(Map<String, Long> requests) {
    return requests.values().stream().mapToLong(Long::longValue).sum();
  }
}
