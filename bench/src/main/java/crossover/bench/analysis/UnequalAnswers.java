package crossover.bench.analysis;

import crossover.bench.experiment.Definition;
import crossover.bench.load.LabelFigures;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Requests that an arm answers with other statuses, or other lengths, than the baseline does. */
final class UnequalAnswers {
  /** Of all answers: a request by chance may now and then be refused. */
  private static final double SHARE = 0.01;

  /** Of the mean length: bodies of random content are not all alike. */
  private static final double LENGTH = 0.005;

  private UnequalAnswers() {}

  /** What one arm answered to one kind of request: by round, then all together. */
  private record Answers(List<LabelFigures> figures, Map<Integer, Double> bytesByRound) {
    double requests() {
      return figures.stream().mapToLong(LabelFigures::requests).sum();
    }

    double share(String status) {
      return figures.stream().mapToLong(f -> f.statuses().getOrDefault(status, 0L)).sum()
          / requests();
    }

    TreeSet<String> statuses() {
      return figures.stream()
          .flatMap(f -> f.statuses().keySet().stream())
          .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public String toString() {
      double bytes =
          figures.stream().mapToDouble(f -> f.meanBytes() * f.requests()).sum() / requests();
      return statuses().stream()
              .map(s -> s + " (" + LimitCheck.plain(100 * share(s)) + " %), ")
              .collect(Collectors.joining())
          + String.format(Locale.ROOT, "%,.0f bytes on average", bytes);
    }
  }

  /** A sentence for each, with both side by side. */
  static List<String> of(Definition definition, List<CellSlices> cells) {
    List<String> sentences = new ArrayList<>();
    for (CellSlices cell : cells) {
      Map<String, Answers> baseline = byLabel(cell.all(definition.baseline(), Phase.CLOSED));
      definition.arms().stream()
          .map(arm -> arm.name())
          .filter(arm -> !arm.equals(definition.baseline()))
          .forEach(
              arm ->
                  byLabel(cell.all(arm, Phase.CLOSED))
                      .forEach(
                          (label, other) ->
                              Optional.ofNullable(baseline.get(label))
                                  .filter(base -> differ(base, other))
                                  .ifPresent(
                                      base ->
                                          sentences.add(
                                              String.format(
                                                  Locale.ROOT,
                                                  "%s, \"%s\" is answered differently. %s: %s; %s: %s.",
                                                  cell.cell(),
                                                  label,
                                                  definition.baseline(),
                                                  base,
                                                  arm,
                                                  other)))));
    }
    return sentences;
  }

  private static Map<String, Answers> byLabel(List<SliceLine> slices) {
    Map<String, Answers> byLabel = new TreeMap<>();
    for (SliceLine slice : slices) {
      for (LabelFigures figures : slice.load().labels()) {
        if (!figures.statuses().isEmpty()) {
          Answers answers =
              byLabel.computeIfAbsent(
                  figures.label(), l -> new Answers(new ArrayList<>(), new TreeMap<>()));
          answers.figures().add(figures);
          answers.bytesByRound().merge(slice.round(), figures.meanBytes(), (a, b) -> (a + b) / 2);
        }
      }
    }
    return byLabel;
  }

  private static boolean differ(Answers base, Answers other) {
    TreeSet<String> statuses = base.statuses();
    statuses.addAll(other.statuses());
    return statuses.stream().anyMatch(s -> Math.abs(base.share(s) - other.share(s)) > SHARE)
        || differInLength(base.bytesByRound(), other.bytesByRound());
  }

  /** Longer in every round, or shorter in every round: chance would not do that. */
  private static boolean differInLength(Map<Integer, Double> base, Map<Integer, Double> other) {
    List<Double> logs =
        other.keySet().stream()
            .filter(base::containsKey)
            .map(round -> Math.log((1 + other.get(round)) / (1 + base.get(round))))
            .toList();
    double mean = logs.stream().mapToDouble(log -> log).average().orElse(0);
    return Math.abs(mean) > LENGTH && logs.stream().allMatch(log -> log * mean > 0);
  }
}
