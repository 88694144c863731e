package crossover.bench.analysis;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import crossover.bench.experiment.Cell;
import crossover.bench.load.LabelFigures;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import crossover.bench.results.Summary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** The requests and transactions of a plan by their names, over all valid slices of the load. */
final class Labels {
  private Labels() {}

  /** The same of those cells alone whose plan sends more than one kind. */
  static List<Summary.Label> ofSeveral(List<SliceLine> slices) {
    List<Summary.Label> all = of(slices);
    Map<Cell.Id, Set<String>> kinds =
        all.stream()
            .collect(groupingBy(Summary.Label::cell, mapping(Summary.Label::label, toSet())));
    return all.stream().filter(label -> kinds.get(label.cell()).size() > 1).toList();
  }

  private record Key(Cell.Id cell, String arm, String label) {}

  /** In the order in which they were first seen. */
  static List<Summary.Label> of(List<SliceLine> slices) {
    Map<Key, List<LabelFigures>> byLabel = new LinkedHashMap<>();
    for (SliceLine slice : slices) {
      if (slice.phase() == Phase.CLOSED && slice.valid()) {
        for (LabelFigures figures : slice.load().labels()) {
          Key key = new Key(slice.cell(), slice.arm(), figures.label());
          byLabel.computeIfAbsent(key, k -> new ArrayList<>()).add(figures);
        }
      }
    }
    return byLabel.entrySet().stream().map(e -> label(e.getKey(), e.getValue())).toList();
  }

  private static Summary.Label label(Key key, List<LabelFigures> slices) {
    return new Summary.Label(
        key.cell(),
        key.arm(),
        key.label(),
        slices.stream().mapToLong(LabelFigures::requests).sum(),
        slices.stream().mapToLong(LabelFigures::errors).sum(),
        mean(slices, LabelFigures::meanMillis),
        mean(slices, LabelFigures::p50Millis),
        mean(slices, LabelFigures::p99Millis));
  }

  /** Of the slices, each with the weight of its requests. */
  private static double mean(List<LabelFigures> slices, ToDoubleFunction<LabelFigures> figure) {
    double requests = slices.stream().mapToLong(LabelFigures::requests).sum();
    return slices.stream()
        .filter(s -> s.requests() > 0)
        .mapToDouble(s -> figure.applyAsDouble(s) * s.requests() / requests)
        .reduce(Double::sum)
        .orElse(Double.NaN);
  }
}
