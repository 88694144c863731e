package crossover.bench.analysis;

import static crossover.bench.analysis.ArmFigures.sum;

import crossover.bench.probe.ProcessUsage;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import crossover.bench.results.Summary;
import crossover.bench.stats.TrendTest;
import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Warming up: the rule that ends it, and how long it took an arm in its rounds.
 *
 * <p>An arm is warm when its compilers took little of the last sweep through the views, and its CPU
 * time per request shows no trend over the last sweeps ({@link TrendTest}). Where arms take turns
 * they warm up in turns too, and finish compiling after every sweep: there an arm is warm when two
 * sweeps in a row left its compilers little to do. HotSpot compiles in waves, and one sweep may
 * fall between two of them.
 */
public final class WarmUpCriterion {
  private static final double COMPILING_SHARE = 0.1;

  /** Of an arm's own turns; all that it compiled in those of the others counts too. */
  private static final double COMPILING_SHARE_IN_TURNS = 0.2;

  /** In turns, one after the other. */
  public static final int QUIET_SWEEPS = 2;

  private WarmUpCriterion() {}

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
        rounds.stream().collect(Collectors.summarizingDouble(WarmUpCriterion::seconds));
    int warm = (int) rounds.stream().filter(WarmUpCriterion::isWarm).count();
    return new Summary.WarmUp(rounds.size(), warm, seconds.getAverage(), seconds.getMax());
  }

  private static double seconds(List<SliceLine> bursts) {
    return sum(bursts, s -> s.load().seconds());
  }

  /** Whether an arm is warm, after bursts in whole sweeps; what is not known (NaN) is not warm. */
  public static boolean isWarm(List<SliceLine> bursts) {
    List<SliceLine> turns = bursts.stream().filter(SliceLine::inTurns).toList();
    return turns.isEmpty() ? isWarmInSweeps(bursts) : isWarmInTurns(turns);
  }

  private static boolean isWarmInTurns(List<SliceLine> turns) {
    return turns.stream().collect(Collectors.groupingBy(SliceLine::cell)).values().stream()
        .allMatch(
            cell ->
                cell.size() >= QUIET_SWEEPS
                    && cell.subList(cell.size() - QUIET_SWEEPS, cell.size()).stream()
                        .allMatch(WarmUpCriterion::isQuietInTurns));
  }

  /** Whether a sweep in turns left an arm's compilers little to do. */
  public static boolean isQuietInTurns(SliceLine sweep) {
    return isQuiet(List.of(sweep), COMPILING_SHARE_IN_TURNS);
  }

  private static boolean isWarmInSweeps(List<SliceLine> bursts) {
    Collection<List<SliceLine>> sweeps =
        bursts.stream()
            .collect(Collectors.groupingBy(SliceLine::pass, TreeMap::new, Collectors.toList()))
            .values();
    double[] cpu = sweeps.stream().mapToDouble(WarmUpCriterion::cpuPerRequest).toArray();
    return !bursts.isEmpty()
        && isQuiet(List.copyOf(sweeps).get(sweeps.size() - 1), COMPILING_SHARE)
        && !TrendTest.improves(cpu);
  }

  private static boolean isQuiet(List<SliceLine> sweep, double share) {
    double compiling = sum(sweep, s -> server(s, ProcessUsage::compilers));
    return compiling < share * seconds(sweep);
  }

  /** The views weigh alike: the mean of their figures. */
  private static double cpuPerRequest(List<SliceLine> sweep) {
    return sum(sweep, s -> server(s, ProcessUsage::serving) / s.load().requests()) / sweep.size();
  }

  private static double server(SliceLine burst, ToDoubleFunction<ProcessUsage> figure) {
    return burst.usage() == null ? Double.NaN : figure.applyAsDouble(burst.usage().server());
  }
}
