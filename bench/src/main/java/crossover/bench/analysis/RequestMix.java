package crossover.bench.analysis;

import static crossover.bench.text.Text.format;

import crossover.bench.load.LabelFigures;
import crossover.bench.results.SliceLine.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/**
 * The requests of a plan as two arms got them. A condition in the plan may send one arm requests
 * that the other never gets, or the same in other shares: then the two did different work. Shares
 * are compared within a thread group: that one group's users get on faster than another's is what
 * is measured.
 *
 * @param base requests of the baseline, by name
 * @param own those of the other arm
 * @param starts how often a user began: what it does once may be over before a window opens
 */
record RequestMix(Map<String, Row> base, Map<String, Row> own, long starts) {
  /** Where so many are expected, none at all is no chance: e^-20. */
  private static final double ENOUGH = 20;

  /** This gate is for work that is clearly other; what a smaller difference does is not known. */
  private static final double SHARE = 0.05;

  /**
   * Standard deviations of a share that a plan draws by lot, request by request. It may draw ways
   * of several requests, which vary more: that is why so many are asked for.
   */
  private static final double CHANCE = 6;

  /** Of one name; the group is empty where several send it, or it is not known. */
  record Row(String group, long requests) {
    static final BinaryOperator<Row> SUM =
        (a, b) -> new Row(a.group.equals(b.group) ? a.group : "", a.requests + b.requests);
  }

  static RequestMix of(CellSlices cell, String baseline, String arm) {
    long slices =
        Math.max(cell.usable(baseline, Phase.CLOSED).size(), cell.usable(arm, Phase.CLOSED).size());
    return new RequestMix(
        requests(cell, baseline), requests(cell, arm), slices * cell.cell().users());
  }

  private static Map<String, Row> requests(CellSlices cell, String arm) {
    return cell.usable(arm, Phase.CLOSED).stream()
        .flatMap(slice -> slice.load().labels().stream())
        .filter(row -> !row.statuses().isEmpty())
        .collect(
            Collectors.toMap(
                LabelFigures::label,
                row -> new Row(row.group(), row.requests()),
                Row.SUM,
                TreeMap::new));
  }

  /** Not so where names hold variables: then there are many, or each arm has its own. */
  boolean areComparable() {
    return !base.isEmpty()
        && !own.isEmpty()
        && !base.containsKey(LabelFigures.OTHERS)
        && !own.containsKey(LabelFigures.OTHERS)
        && (missing(base, own).isEmpty() || missing(own, base).isEmpty());
  }

  /** What sets the two apart, name by name. */
  List<String> differences() {
    List<String> all = new ArrayList<>();
    missing(base, own).forEach((name, n) -> all.add(missed("the baseline", name, n, "it")));
    missing(own, base).forEach((name, n) -> all.add(missed("it", name, n, "the baseline")));
    base.forEach(
        (name, row) -> {
          Row other = own.get(name);
          if (other != null && !row.group.isEmpty() && row.group.equals(other.group)) {
            double n = sum(base, row.group);
            double m = sum(own, row.group);
            if (differ(row.requests / n, n, other.requests / m, m)) {
              all.add(
                  format(
                      "\"%s\" is %.0f %% of its requests and %.0f %% of the baseline's",
                      name, 100 * other.requests / m, 100 * row.requests / n));
            }
          }
        });
    return all;
  }

  /** Of what {@link #differences} found. */
  static String sentence(List<String> all) {
    return all.isEmpty()
        ? "it got every request of the plan that the baseline got, as often"
        : String.join(", ", all)
            + ": see the conditions in the plan, and the arms' jmeter properties; users who take"
            + " different ways need thread groups of their own";
  }

  private static String missed(String who, String name, long times, String other) {
    return format("%s got \"%s\" %s times, and %s never", who, name, times, other);
  }

  /**
   * What one arm got more than once for each start of a user, and the other should have got at
   * least {@link #ENOUGH} times.
   */
  private Map<String, Long> missing(Map<String, Row> of, Map<String, Row> from) {
    double share = (double) sum(from, null) / sum(of, null);
    Map<String, Long> missing = new TreeMap<>();
    of.forEach((name, row) -> missing.put(name, row.requests));
    missing.keySet().removeAll(from.keySet());
    missing.values().removeIf(n -> n <= starts || n * share < ENOUGH);
    return missing;
  }

  /** A user who is stopped on its way has made one request more of a name, in either arm. */
  private boolean differ(double p, double n, double q, double m) {
    double all = (p * n + q * m) / (n + m);
    double chance = CHANCE * Math.sqrt(all * (1 - all) * (1 / n + 1 / m));
    double off = Math.abs(p - q);
    return off > Math.max(SHARE, chance) && off * Math.min(n, m) > 2 * starts;
  }

  /** All requests of a group, or of all groups: null. */
  private static long sum(Map<String, Row> requests, String group) {
    return requests.values().stream()
        .filter(row -> group == null || row.group.equals(group))
        .mapToLong(Row::requests)
        .sum();
  }
}
