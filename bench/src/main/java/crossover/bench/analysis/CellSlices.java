package crossover.bench.analysis;

import crossover.bench.experiment.Cell;
import crossover.bench.experiment.Contrast;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import crossover.bench.stats.Difference;
import crossover.bench.stats.LogRatio;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** All that was measured in one cell. */
record CellSlices(Cell cell, List<SliceLine> lines) {

  static CellSlices of(Cell cell, List<SliceLine> all) {
    return new CellSlices(
        cell,
        all.stream()
            .filter(s -> s.site().equals(cell.site().name()))
            .filter(s -> s.view().equals(cell.view().name()) && s.users() == cell.users())
            .toList());
  }

  /** One arm's slices of a phase that may be used, oldest first. */
  List<SliceLine> valid(String arm, Phase phase) {
    return all(arm, phase).stream().filter(SliceLine::valid).toList();
  }

  /** One arm's slices of a phase, the invalid ones too. */
  List<SliceLine> all(String arm, Phase phase) {
    return lines.stream().filter(s -> s.phase() == phase && s.arm().equals(arm)).toList();
  }

  /** What each round says of a candidate and its baseline on a metric. */
  List<LogRatio> rounds(
      String candidate, String baseline, Phase phase, ToDoubleFunction<SliceLine> metric) {
    return List.copyOf(perRound(candidate, baseline, phase, metric, LogRatio::ofRound).values());
  }

  /** What each round says of a contrast on a metric. */
  List<LogRatio> rounds(Contrast contrast, Phase phase, ToDoubleFunction<SliceLine> metric) {
    Map<Integer, LogRatio> rounds = rounds(contrast.of(), phase, metric);
    contrast
        .against()
        .map(step -> rounds(step, phase, metric))
        .ifPresent(
            others -> {
              rounds.keySet().retainAll(others.keySet());
              rounds.replaceAll((round, ratio) -> ratio.minus(others.get(round)));
            });
    return List.copyOf(rounds.values());
  }

  private Map<Integer, LogRatio> rounds(
      Contrast.Step step, Phase phase, ToDoubleFunction<SliceLine> metric) {
    return perRound(step.to(), step.from(), phase, metric, LogRatio::ofRound);
  }

  /** What each round says of their difference, in the metric's own unit. */
  List<Difference.Round> differences(
      String candidate, String baseline, Phase phase, ToDoubleFunction<SliceLine> metric) {
    return List.copyOf(perRound(candidate, baseline, phase, metric, Difference.Round::of).values());
  }

  /** From the figures of two arms in a round, pass by pass, to what the round says. */
  private interface Saying<T> {
    T of(double[] candidate, double[] baseline, boolean candidateFirst, int day);
  }

  /** By the round's number. */
  private <T> Map<Integer, T> perRound(
      String candidate,
      String baseline,
      Phase phase,
      ToDoubleFunction<SliceLine> metric,
      Saying<T> saying) {
    Map<Integer, List<SliceLine>> byRound =
        lines.stream()
            .filter(s -> s.phase() == phase)
            .collect(Collectors.groupingBy(SliceLine::round, TreeMap::new, Collectors.toList()));
    Map<Integer, T> result = new TreeMap<>();
    for (List<SliceLine> round : byRound.values()) {
      double[] one = byPass(round, candidate, phase, metric);
      double[] other = byPass(round, baseline, phase, metric);
      // A round that is still being measured has not all of its slices yet.
      if (one.length > 0 && one.length == other.length) {
        List<String> order = round.get(0).order();
        boolean candidateFirst = order.indexOf(candidate) < order.indexOf(baseline);
        result.put(round.get(0).round(), saying.of(one, other, candidateFirst, round.get(0).day()));
      }
    }
    return result;
  }

  /**
   * A figure for each pass; NaN where the slice may not be used. Of open slices there is one, the
   * first that the generator was in time for.
   */
  private static double[] byPass(
      List<SliceLine> round, String arm, Phase phase, ToDoubleFunction<SliceLine> metric) {
    List<SliceLine> own =
        round.stream()
            .filter(s -> s.arm().equals(arm))
            .sorted(Comparator.comparingInt(SliceLine::pass))
            .toList();
    if (phase == Phase.OPEN && !own.isEmpty()) {
      return new double[] {
        own.stream().filter(SliceLine::valid).mapToDouble(metric).findFirst().orElse(Double.NaN)
      };
    }
    return own.stream()
        .mapToDouble(s -> s.valid() ? metric.applyAsDouble(s) : Double.NaN)
        .toArray();
  }
}
