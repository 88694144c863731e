package crossover.bench.analysis;

import crossover.bench.results.Environment;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import crossover.bench.results.Summary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the time of a run was spent, day by day from its start to the end of its last slice. */
final class TimeSpent {
  private TimeSpent() {}

  static Summary.Time of(List<Environment> days, List<SliceLine> slices) {
    double measured = seconds(slices, SliceLine::measured);
    double warmUp = seconds(slices, s -> s.phase() == Phase.WARMUP);
    double all = 0;
    for (int day = 1; day <= days.size(); day++) {
      int today = day;
      all += until(days.get(day - 1).started(), slices.stream().filter(s -> s.day() == today));
    }
    return new Summary.Time(measured, warmUp, Math.max(0, all - measured - warmUp));
  }

  /** Slices of arms that take turns have one start, and last as long as all of them together. */
  private static double until(Instant start, Stream<SliceLine> slices) {
    Map<Instant, Double> lengths =
        slices.collect(
            Collectors.groupingBy(
                SliceLine::start, Collectors.summingDouble(s -> s.load().seconds())));
    return lengths.entrySet().stream()
        .mapToDouble(e -> Duration.between(start, e.getKey()).toMillis() / 1e3 + e.getValue())
        .max()
        .orElse(0);
  }

  private static double seconds(List<SliceLine> slices, Predicate<SliceLine> phase) {
    return slices.stream().filter(phase).mapToDouble(s -> s.load().seconds()).sum();
  }
}
