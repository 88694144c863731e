package crossover.bench.analysis;

import static crossover.bench.text.Text.format;
import static crossover.bench.text.Text.rounded;

import crossover.bench.load.LabelFigures;
import crossover.bench.results.Comparison;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import crossover.bench.stats.TwoMeans;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * The requests of a plan as two arms got them. A condition in the plan may send one arm requests
 * that the other never gets, or the same in other shares: then the two did different work. Shares
 * are compared within a thread group: that one group's users get on faster than another's is what
 * is measured.
 *
 * @param margin of practical equivalence: as much may other shares do to the mean response time
 */
record RequestMix(Got base, Got own, double margin) {
  /** Where so many are expected, none at all is no chance: e^-20. */
  private static final double ENOUGH = 20;

  /** More is other work, also where all requests take the same time. */
  private static final double SHARE = 0.05;

  /** That equal shares are taken for different ones: for each name, arm and cell. */
  private static final double CHANCE = 1e-4;

  /** Of one name; the group is empty where several send it, or it is not known. */
  private record Row(String group, double requests, double millis) {
    Row and(Row other) {
      String both = group.equals(other.group) ? group : "";
      return new Row(both, requests + other.requests, millis + other.millis);
    }
  }

  /**
   * What one arm got.
   *
   * @param starts how often a user began: what it does once may be over before a window opens
   * @param cuts how often a window closed on a user, whose request under way counts nowhere
   */
  record Got(Map<String, Row> rows, List<Map<String, Row>> rounds, double starts, double cuts) {
    static Got of(CellSlices cell, String arm) {
      List<SliceLine> slices = cell.usable(arm, Phase.CLOSED);
      double users = cell.cell().users();
      return new Got(
          rows(slices),
          slices.stream().collect(Collectors.groupingBy(SliceLine::round)).values().stream()
              .map(Got::rows)
              .toList(),
          users * slices.size(),
          users * slices.stream().mapToInt(s -> s.load().turns()).sum());
    }

    private static Map<String, Row> rows(List<SliceLine> slices) {
      return slices.stream()
          .flatMap(slice -> slice.load().labels().stream())
          .filter(row -> row.requests() > 0 && !row.statuses().isEmpty())
          .collect(
              Collectors.toMap(
                  LabelFigures::label,
                  row -> new Row(row.group(), row.requests(), row.requests() * row.meanMillis()),
                  Row::and,
                  TreeMap::new));
    }

    private double requests(Map<String, ?> of) {
      return rows.entrySet().stream()
          .filter(row -> of.containsKey(row.getKey()))
          .mapToDouble(row -> row.getValue().requests)
          .sum();
    }

    /**
     * Whether it was seen in several rounds: in one it may be by chance, as a random choice of a
     * user.
     */
    private boolean cameAgain(String name) {
      return rounds.stream().filter(round -> round.containsKey(name)).count()
          >= Math.min(rounds.size(), Comparison.FEWEST_ROUNDS);
    }

    /** The mean weight of the requests. */
    private double mean(Map<String, Double> weights) {
      return mean(rows, weights, Row::requests);
    }

    private double[] meansOfRounds(Map<String, Double> weights) {
      return rounds.stream()
          .mapToDouble(round -> mean(round, weights, Row::requests))
          .filter(Double::isFinite)
          .toArray();
    }

    /** What the cut requests may have done to the mean: the longer, the more often they are cut. */
    private double cut(Map<String, Double> weights) {
      return Math.abs(mean(rows, weights, Row::millis) - mean(weights)) * cuts / requests(weights);
    }

    private static double mean(
        Map<String, Row> rows, Map<String, Double> weights, ToDoubleFunction<Row> of) {
      double sum = 0;
      double all = 0;
      for (Map.Entry<String, Double> weight : weights.entrySet()) {
        Row row = rows.get(weight.getKey());
        all += row == null ? 0 : of.applyAsDouble(row);
        sum += row == null ? 0 : of.applyAsDouble(row) * weight.getValue();
      }
      return sum / all;
    }
  }

  static RequestMix of(CellSlices cell, String baseline, String arm, double margin) {
    return new RequestMix(Got.of(cell, baseline), Got.of(cell, arm), margin);
  }

  /** False where names hold variables: then there are many, or each arm has its own. */
  boolean areComparable() {
    return Stream.of(base.rows, own.rows)
            .noneMatch(rows -> rows.isEmpty() || rows.containsKey(LabelFigures.OTHERS))
        && (missing(base, own).isEmpty() || missing(own, base).isEmpty());
  }

  /** What sets the two apart, name by name. */
  List<String> differences() {
    Map<String, Row> both = both();
    Stream<String> missing =
        Stream.of(missing(base, own), missing(own, base))
            .flatMap(List::stream)
            .map(name -> shares(name, both));
    Stream<String> groups = both.values().stream().map(Row::group).filter(g -> !g.isEmpty());
    return Stream.concat(missing, groups.distinct().flatMap(g -> differences(g, both).stream()))
        .toList();
  }

  private Map<String, Row> both() {
    Map<String, Row> both = new TreeMap<>(base.rows);
    own.rows.forEach((name, row) -> both.merge(name, row, Row::and));
    return both;
  }

  private List<String> differences(String group, Map<String, Row> both) {
    Map<String, Double> times = new TreeMap<>();
    both.forEach(
        (name, row) -> {
          if (row.group.equals(group)) {
            times.put(name, row.millis / row.requests);
          }
        });
    double mean = base.mean(times);
    times.replaceAll((name, millis) -> millis / mean);
    List<String> shares =
        times.keySet().stream()
            .filter(name -> base.rows.containsKey(name) && own.rows.containsKey(name))
            .filter(name -> differ(only(name, times), SHARE))
            .map(name -> shares(name, times))
            .toList();
    return !shares.isEmpty() || !differ(times, margin)
        ? shares
        : List.of(
            format(
                "the shares of its requests in \"%s\" change their mean response time by %+.0f %%",
                group, 100 * (own.mean(times) / base.mean(times) - 1)));
  }

  /** Weights whose mean is the share of a name. */
  private static Map<String, Double> only(String name, Map<String, ?> among) {
    return among.keySet().stream().collect(Collectors.toMap(n -> n, n -> n.equals(name) ? 1.0 : 0));
  }

  private String shares(String name, Map<String, ?> among) {
    return format(
        "\"%s\" is %s %% of its requests and %s %% of the baseline's",
        name,
        rounded(100 * own.mean(only(name, among)), 3),
        rounded(100 * base.mean(only(name, among)), 3));
  }

  /** Of what {@link #differences} found. */
  static String sentence(List<String> all) {
    return all.isEmpty()
        ? "it got every request of the plan that the baseline got, as often"
        : String.join(", ", all)
            + ": see the conditions in the plan, and the arms' jmeter properties; users who take"
            + " different ways need thread groups of their own";
  }

  /** What one arm got more than once for each start of a user, and the other never. */
  private List<String> missing(Got of, Got from) {
    double share = from.requests(from.rows) / of.requests(of.rows);
    Map<String, Row> missing = new TreeMap<>(of.rows);
    missing.keySet().removeAll(from.rows.keySet());
    missing.values().removeIf(r -> r.requests <= of.starts || r.requests * share < ENOUGH);
    return missing.keySet().stream().filter(of::cameAgain).toList();
  }

  /**
   * Whether the mean weight of the requests differs between the arms by more than a limit, more
   * than the rounds vary, and more than users who are stopped on their way explain: one request for
   * each start, in either arm, and those that were cut.
   */
  private boolean differ(Map<String, Double> weights, double limit) {
    TwoMeans rounds = TwoMeans.of(own.meansOfRounds(weights), base.meansOfRounds(weights));
    double range = Collections.max(weights.values()) - Collections.min(weights.values());
    double stopped =
        2
            * Math.max(base.starts, own.starts)
            * range
            / Math.min(base.requests(weights), own.requests(weights));
    double cut = base.cut(weights) + own.cut(weights);
    return Math.abs(rounds.difference())
        > DoubleStream.of(limit, rounds.halfWidth(CHANCE), stopped, cut).max().orElseThrow();
  }
}
