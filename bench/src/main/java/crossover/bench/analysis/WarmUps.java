package crossover.bench.analysis;

import crossover.bench.report.SliceLine;
import crossover.bench.report.SliceLine.Phase;
import crossover.bench.report.Summary;
import crossover.bench.stats.Better;
import crossover.bench.stats.WarmUp;
import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.Collectors;

/** How long warming an arm up took, and whether it ended because the arm was warm. */
final class WarmUps {
  private WarmUps() {}

  /** Of one arm in one cell; null where it has no slice of warm-up. */
  static Summary.WarmUp of(CellSlices slices, String arm) {
    Collection<List<SliceLine>> rounds =
        slices.all(arm, Phase.WARMUP).stream()
            .collect(Collectors.groupingBy(SliceLine::round))
            .values();
    if (rounds.isEmpty()) {
      return null;
    }
    DoubleSummaryStatistics seconds =
        rounds.stream().collect(Collectors.summarizingDouble(WarmUps::seconds));
    int warm = (int) rounds.stream().filter(WarmUps::endedWarm).count();
    return new Summary.WarmUp(rounds.size(), warm, seconds.getAverage(), seconds.getMax());
  }

  private static double seconds(List<SliceLine> windows) {
    return windows.stream().mapToDouble(s -> s.load().seconds()).sum();
  }

  /** By the rule that ends a warm-up, applied to what it had seen. */
  private static boolean endedWarm(List<SliceLine> windows) {
    double[] cpu =
        windows.stream()
            .mapToDouble(
                s ->
                    s.usage() == null ? Double.NaN : s.usage().server().cpu() / s.load().requests())
            .toArray();
    return WarmUp.after(cpu, Better.LOWER, Integer.MAX_VALUE) == WarmUp.State.WARM;
  }
}
