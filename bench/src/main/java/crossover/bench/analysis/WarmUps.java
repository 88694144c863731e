package crossover.bench.analysis;

import crossover.bench.report.SliceLine;
import crossover.bench.report.SliceLine.Phase;
import crossover.bench.report.Summary;
import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** How long warming an arm up took in its rounds, and whether it ended because the arm was warm. */
public final class WarmUps {
  /** An arm is warm when its compilers take less than this share of a sweep through the views. */
  public static final double COMPILING_SHARE = 0.1;

  private WarmUps() {}

  /** Of one arm; null where it has no slice of warm-up. */
  static Summary.WarmUp of(List<SliceLine> slices, String arm) {
    Collection<List<SliceLine>> rounds =
        slices.stream()
            .filter(s -> s.phase() == Phase.WARMUP && s.arm().equals(arm))
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

  private static double seconds(List<SliceLine> bursts) {
    return sum(bursts, s -> s.load().seconds());
  }

  /** By the rule that ends a warm-up, applied to its last sweep. */
  private static boolean endedWarm(List<SliceLine> bursts) {
    int last = bursts.get(bursts.size() - 1).pass();
    List<SliceLine> sweep = bursts.stream().filter(s -> s.pass() == last).toList();
    double compiling =
        sum(sweep, s -> s.usage() == null ? Double.NaN : s.usage().server().compilers());
    return compiling < COMPILING_SHARE * seconds(sweep);
  }

  private static double sum(List<SliceLine> lines, ToDoubleFunction<SliceLine> figure) {
    return lines.stream().mapToDouble(figure).sum();
  }
}
