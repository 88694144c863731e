package crossover.bench.analysis;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import crossover.bench.experiment.Contrast.Step;
import crossover.bench.experiment.Definition;
import crossover.bench.results.Comparison;
import crossover.bench.results.Comparison.LogRatio;
import crossover.bench.results.Estimate;
import crossover.bench.results.Metric;
import crossover.bench.results.Summary;
import crossover.bench.results.Verdict;
import crossover.bench.stats.BlockDesign.Value;
import crossover.bench.stats.CriticalValues;
import crossover.bench.stats.ErrorModel;
import crossover.bench.stats.ErrorModel.Contrast;
import crossover.bench.stats.ErrorModel.Fit;
import crossover.bench.stats.Power;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The arms compared with the baseline in one metric a cell, over all cells of a run. */
final class Comparisons {
  private final Definition definition;
  private final List<CellSlices> cells;
  private final List<Metric> metrics;
  private final List<String> arms;
  private final int baseline;
  private final List<List<Value>> values;
  private final ErrorModel model;

  /** Of these comparisons together; null where each has an ordinary interval. */
  private final CriticalValues critical;

  private Comparisons(
      Definition definition, List<CellSlices> cells, List<Metric> metrics, double familyLevel) {
    this.definition = definition;
    this.cells = cells;
    this.metrics = metrics;
    arms = definition.arms().stream().map(a -> a.name()).toList();
    baseline = arms.indexOf(definition.baseline());
    values =
        IntStream.range(0, cells.size())
            .mapToObj(c -> cells.get(c).logs(metrics.get(c), arms))
            .toList();
    model = new ErrorModel(values, arms.size());
    critical = familyLevel > 0 ? CriticalValues.of(model, family(), familyLevel) : null;
  }

  /**
   * The primary comparisons: one family, whose intervals hold all together.
   *
   * @param metrics of each cell
   * @param level the probability that any of them misses
   */
  static Comparisons primary(
      Definition definition, List<CellSlices> cells, List<Metric> metrics, double level) {
    return new Comparisons(definition, cells, metrics, level);
  }

  /** Of the same metric in every cell, with ordinary intervals. */
  static Comparisons exploratory(Definition definition, List<CellSlices> cells, Metric metric) {
    return new Comparisons(definition, cells, cells.stream().map(c -> metric).toList(), 0);
  }

  private List<Contrast> family() {
    return IntStream.range(0, cells.size())
        .boxed()
        .flatMap(cell -> pairs(cell).stream().map(p -> contrast(cell, p)))
        .filter(c -> Double.isFinite(model.fit(c).standardError()) && hasInterval(rounds(c)))
        .toList();
  }

  /** Two arms that are compared with each other, by their numbers. */
  private record Pair(int candidate, int against) {}

  /** Every arm with the baseline; with each other where the baseline has no value in a cell. */
  private List<Pair> pairs(int cell) {
    boolean measured = values.get(cell).stream().anyMatch(v -> v.spot().arm() == baseline);
    int[] candidates = IntStream.range(0, arms.size()).filter(a -> a != baseline).toArray();
    List<Pair> pairs = new ArrayList<>();
    for (int arm : candidates) {
      IntStream others = measured ? IntStream.of(baseline) : Arrays.stream(candidates);
      others.filter(o -> measured || o < arm).forEach(o -> pairs.add(new Pair(arm, o)));
    }
    return pairs;
  }

  private Contrast contrast(int cell, Pair pair) {
    return Contrast.of(cell, arms.size(), pair.candidate, pair.against);
  }

  private static boolean hasInterval(List<?> rounds) {
    return rounds.size() >= Comparison.FEWEST_ROUNDS;
  }

  /**
   * One comparison with the baseline.
   *
   * @param valid whether both arms passed every gate
   */
  Comparison of(int cell, String candidate, String reason, String why, boolean valid) {
    return of(cell, new Pair(arms.indexOf(candidate), baseline), reason, why, valid);
  }

  /**
   * Where the baseline has no value in a cell, the other arms with each other.
   *
   * @param valid whether an arm passed every gate
   */
  List<Comparison> withoutBaseline(int cell, String reason, Predicate<String> valid) {
    return pairs(cell).stream()
        .filter(p -> p.against != baseline)
        .map(
            p -> {
              boolean both = valid.test(arms.get(p.candidate)) && valid.test(arms.get(p.against));
              return of(cell, p, reason, null, both);
            })
        .toList();
  }

  private Comparison of(int cell, Pair pair, String reason, String why, boolean valid) {
    int arm = pair.candidate;
    Contrast contrast = contrast(cell, pair);
    List<LogRatio> rounds = rounds(contrast);
    Judged judged = judge(contrast, rounds, critical, valid);
    Metric metric = metrics.get(cell);
    long begun =
        values.get(cell).stream()
            .filter(v -> v.spot().arm() == arm || v.spot().arm() == pair.against)
            .map(v -> v.spot().round())
            .distinct()
            .count();
    return new Comparison(
        cells.get(cell).cell().id(),
        metric,
        reason,
        critical != null,
        metric.higherIsFaster(),
        arms.get(pair.against),
        arms.get(arm),
        rounds.size(),
        (int) begun - rounds.size(),
        judged.ratio.value(),
        judged.ratio.low(),
        judged.ratio.high(),
        judged.standardError,
        judged.critical,
        definition.margin(),
        judged.verdict,
        judged.immaterial,
        place(cell),
        new CarryOver(values.get(cell), arm, pair.against).estimate(),
        judged.furtherRounds,
        rounds,
        why);
  }

  /** A further question about the arms of a cell, with an ordinary interval. */
  Summary.Contrast of(int cell, crossover.bench.experiment.Contrast asked, boolean valid) {
    double[] weights = new double[arms.size()];
    add(weights, asked.of(), 1);
    asked.against().ifPresent(step -> add(weights, step, -1));
    Contrast contrast = new Contrast(cell, weights);
    List<LogRatio> rounds = rounds(contrast);
    Judged judged = judge(contrast, rounds, null, valid);
    Metric metric = metrics.get(cell);
    return new Summary.Contrast(
        asked.name(),
        asked.formula(),
        asked.arms(),
        cells.get(cell).cell().id(),
        metric,
        metric.higherIsFaster(),
        rounds.size(),
        judged.ratio.value(),
        judged.ratio.low(),
        judged.ratio.high(),
        definition.margin(),
        judged.verdict,
        judged.immaterial,
        judged.furtherRounds);
  }

  private void add(double[] weights, Step step, int sign) {
    weights[arms.indexOf(step.to())] += sign;
    weights[arms.indexOf(step.from())] -= sign;
  }

  /** The rounds in which all arms of a contrast were measured. */
  private List<LogRatio> rounds(Contrast contrast) {
    double[] weights = contrast.weights();
    long needed = Arrays.stream(weights).filter(weight -> weight != 0).count();
    List<LogRatio> rounds = new ArrayList<>();
    values.get(contrast.cell()).stream()
        .filter(v -> weights[v.spot().arm()] != 0 && Double.isFinite(v.value()))
        .collect(groupingBy(v -> v.spot().round(), TreeMap::new, toList()))
        .forEach(
            (round, found) -> {
              if (found.size() == needed) {
                double sum = 0;
                for (Value v : found) {
                  sum += weights[v.spot().arm()] * v.value();
                }
                rounds.add(new LogRatio(round, found.get(0).spot().day(), sum));
              }
            });
    return rounds;
  }

  private record Judged(
      Estimate ratio,
      double standardError,
      double critical,
      Verdict verdict,
      boolean immaterial,
      int furtherRounds) {}

  private Judged judge(
      Contrast contrast, List<LogRatio> rounds, CriticalValues family, boolean valid) {
    Fit fit = model.fit(contrast);
    double logMargin = Math.log1p(definition.margin());
    boolean interval = hasInterval(rounds) && Double.isFinite(fit.standardError());
    double reach = !interval ? Double.NaN : family == null ? fit.ordinary() : family.at(fit.df());
    double half = reach * fit.standardError();
    Metric metric = metrics.get(contrast.cell());
    Verdict verdict =
        valid
            ? Verdict.of(fit.value(), half, definition.margin(), metric.higherIsFaster())
            : Verdict.NOT_VALID;
    return new Judged(
        Estimate.ofLog(fit.value(), half),
        fit.standardError(),
        reach,
        verdict,
        valid && Math.abs(fit.value()) > half && Math.abs(fit.value()) + half <= logMargin,
        verdict == Verdict.INCONCLUSIVE
            ? Power.furtherRounds(fit, reach, rounds.size(), logMargin)
            : 0);
  }

  private Estimate place(int cell) {
    Fit fit = model.placeEffect(cell);
    return Double.isNaN(fit.halfWidth()) ? null : Estimate.ofLog(fit.value(), fit.halfWidth());
  }
}
