package crossover.bench.analysis;

import crossover.bench.experiment.Arm;
import crossover.bench.experiment.Cell;
import crossover.bench.experiment.Definition;
import crossover.bench.experiment.UsageException;
import crossover.bench.probe.Machine;
import crossover.bench.results.Estimate;
import crossover.bench.results.MachineCalibration;
import crossover.bench.results.Metric;
import crossover.bench.results.Results;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import crossover.bench.results.Summary;
import crossover.bench.stats.Better;
import crossover.bench.stats.Calibration;
import crossover.bench.stats.Comparison;
import crossover.bench.stats.Difference;
import crossover.bench.stats.LogRatio;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The calibration of a machine, from an experiment whose arms are all the same, but for one that
 * answers late by a known time: how often a difference is found where there is none, and whether a
 * known one is found.
 */
public final class SelfCheck {

  /** The delay valve's setting, in milliseconds. */
  private static final String DELAY = "crossover.delay";

  /** Rounds of one comparison: few, for many comparisons; even, so that both orders are equal. */
  private static final int GROUP = 4;

  /**
   * Whether an experiment can show all of that.
   *
   * @throws UsageException saying what it lacks
   */
  public static void require(Definition definition) {
    List<Arm> equal = equal(definition);
    require(
        equal.size() >= 2 && equal.size() == definition.arms().size() - 1,
        definition,
        "two or more equal arms, and one with the setting " + DELAY);
    for (Arm arm : equal) {
      require(
          arm.isLike(equal.get(0)),
          definition,
          "equal arms: " + arm.name() + " differs from " + equal.get(0).name());
    }
    require(definition.measurement().latency().isPresent(), definition, "the key \"latency\"");
    injected(definition);
  }

  private static void require(boolean holds, Definition definition, String what) {
    if (!holds) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "a calibration compares an arm with itself: the experiment %s needs %s",
              definition.name(),
              what));
    }
  }

  private static List<Arm> equal(Definition definition) {
    return definition.arms().stream().filter(a -> !a.settings().containsKey(DELAY)).toList();
  }

  private static Arm delayed(Definition definition) {
    return definition.arms().stream()
        .filter(a -> a.settings().containsKey(DELAY))
        .findFirst()
        .orElseThrow();
  }

  private static double injected(Definition definition) {
    String delay = delayed(definition).settings().get(DELAY);
    require(
        delay.matches("[1-9][0-9]{0,3}"), definition, DELAY + " from 1 to 9999 ms, not " + delay);
    return Integer.parseInt(delay);
  }

  private SelfCheck() {}

  /** What the slices of such an experiment show; the summary is theirs. */
  public static MachineCalibration of(
      Definition definition, Summary summary, List<SliceLine> slices) {
    List<CellSlices> cells =
        Cell.of(definition).stream().map(cell -> CellSlices.of(cell, slices)).toList();
    List<Arm> equal = equal(definition);
    List<Comparison> comparisons = new ArrayList<>();
    for (CellSlices cell : cells) {
      Metric metric = primary(summary, cell.cell());
      // Disjoint pairs share no slice, so that one strange JVM alarms once.
      for (int i = 0; i + 1 < equal.size(); i += 2) {
        List<LogRatio> rounds =
            cell.rounds(equal.get(i + 1).name(), equal.get(i).name(), metric.phase(), metric::of);
        // A short calibration is one group.
        int size = Math.max(1, Math.min(GROUP, rounds.size()));
        for (List<LogRatio> group : Calibration.groups(rounds, size)) {
          comparisons.add(Comparison.of(group, Better.HIGHER));
        }
      }
    }
    List<Difference.Round> delays =
        cells
            .get(0)
            .differences(
                delayed(definition).name(), equal.get(0).name(), Phase.OPEN, Metric.P50::of);
    Calibration found = Calibration.of(comparisons);
    Difference delay = Difference.of(delays);
    return new MachineCalibration(
        Results.FORMAT_VERSION,
        summary.finished(),
        Machine.here(),
        summary.smoke(),
        found.comparisons(),
        found.excludingOne(),
        found.share(),
        found.allowedShare(),
        Double.NaN,
        new Estimate(found.sdLogRatio(), Double.NaN, Double.NaN),
        0,
        found.detectable(),
        injected(definition),
        new Estimate(delay.value(), delay.low(), delay.high()));
  }

  private static Metric primary(Summary summary, Cell cell) {
    return summary.primary(cell.id()).get(0).metric();
  }
}
