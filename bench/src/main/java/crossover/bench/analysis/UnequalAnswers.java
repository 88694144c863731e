package crossover.bench.analysis;

import static crossover.bench.text.Text.format;
import static crossover.bench.text.Text.rounded;

import crossover.bench.experiment.Arm;
import crossover.bench.experiment.Definition;
import crossover.bench.load.LabelFigures;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Requests that an arm answers with other statuses, or other lengths, than the baseline does. */
final class UnequalAnswers {
  /** Of all answers: a request by chance may now and then be refused. */
  private static final double SHARE = 0.01;

  /** Of the mean length: bodies of random content are not all alike. */
  private static final double LENGTH = 0.005;

  /** With fewer, all of them often differ in one direction by chance. */
  private static final int FEWEST_ROUNDS = 4;

  private UnequalAnswers() {}

  /** What one arm answered to one kind of request: all together, then by round. */
  private record Answers(List<LabelFigures> figures, Map<Integer, Answers> rounds) {
    Answers() {
      this(new ArrayList<>(), new TreeMap<>());
    }

    double requests() {
      return figures.stream().mapToLong(LabelFigures::requests).sum();
    }

    double bytes() {
      return figures.stream().mapToDouble(f -> f.meanBytes() * f.requests()).sum() / requests();
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
      return statuses().stream()
              .map(s -> s + " (" + rounded(100 * share(s), 4) + " %), ")
              .collect(Collectors.joining())
          + format("%,.0f bytes on average", bytes());
    }
  }

  /** A sentence for each, with both side by side. */
  static List<String> of(Definition definition, List<CellSlices> cells) {
    List<String> sentences = new ArrayList<>();
    for (CellSlices cell : cells) {
      Map<String, Answers> baseline = byLabel(cell.all(definition.baseline(), Phase.CLOSED));
      for (Arm arm : definition.arms()) {
        byLabel(cell.all(arm.name(), Phase.CLOSED))
            .forEach(
                (label, other) -> {
                  Answers base = baseline.get(label);
                  if (base != null && differ(base, other)) {
                    sentences.add(
                        format(
                            "%s, \"%s\" is answered differently. %s: %s; %s: %s.",
                            cell.cell(), label, definition.baseline(), base, arm.name(), other));
                  }
                });
      }
    }
    return sentences;
  }

  private static Map<String, Answers> byLabel(List<SliceLine> slices) {
    Map<String, Answers> byLabel = new TreeMap<>();
    for (SliceLine slice : slices) {
      for (LabelFigures figures : slice.load().labels()) {
        if (!figures.statuses().isEmpty()) {
          Answers answers = byLabel.computeIfAbsent(figures.label(), l -> new Answers());
          answers.figures.add(figures);
          answers.rounds.computeIfAbsent(slice.round(), r -> new Answers()).figures.add(figures);
        }
      }
    }
    return byLabel;
  }

  private static boolean differ(Answers base, Answers other) {
    TreeSet<String> statuses = base.statuses();
    statuses.addAll(other.statuses());
    return statuses.stream().anyMatch(s -> Math.abs(base.share(s) - other.share(s)) > SHARE)
        || differInLength(base.rounds, other.rounds);
  }

  /** Longer in every round, or shorter in every round: chance would not do that. */
  private static boolean differInLength(Map<Integer, Answers> base, Map<Integer, Answers> other) {
    List<Double> logs =
        other.keySet().stream()
            .filter(base::containsKey)
            .map(round -> Math.log((1 + other.get(round).bytes()) / (1 + base.get(round).bytes())))
            .toList();
    double mean = logs.stream().mapToDouble(log -> log).average().orElse(0);
    return logs.size() >= FEWEST_ROUNDS
        && Math.abs(mean) > LENGTH
        && logs.stream().allMatch(log -> log * mean > 0);
  }
}
