package crossover.bench.analysis;

import static crossover.bench.text.Text.format;

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
import crossover.bench.stats.BlockDesign.Value;
import crossover.bench.stats.ErrorModel;
import crossover.bench.stats.ErrorModel.Contrast;
import crossover.bench.stats.ErrorModel.Fit;
import crossover.bench.stats.ErrorRate;
import crossover.bench.stats.Power;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The calibration of a machine, from an experiment whose arms are all the same, but for one that
 * answers late by a known time: how often a difference is found where there is none, and whether a
 * known one is found.
 */
public final class SelfCheck {

  /** The delay valve's setting, in milliseconds. */
  private static final String DELAY = "crossover.delay";

  /** Rounds of one comparison: few, for many comparisons. */
  private static final int GROUP = 3;

  /** A spread from fewer degrees of freedom says nothing of the machine. */
  private static final int FEWEST_DEGREES = 10;

  private static final List<Integer> ROUNDS = List.of(4, 8, 16, 32);

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
          format(
              "a calibration compares an arm with itself: the experiment %s needs %s",
              definition.name(), what));
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

  /**
   * What the slices of such an experiment show; the summary is theirs. In each cell and group of
   * three rounds every equal arm but the first is compared with the mean of those before it: as
   * many comparisons as are independent of each other.
   */
  public static MachineCalibration of(
      Definition definition, Summary summary, List<SliceLine> slices) {
    List<CellSlices> cells = CellSlices.of(Cell.of(definition), slices);
    List<String> equal = equal(definition).stream().map(Arm::name).toList();
    List<List<Value>> all = cells.stream().map(c -> c.logs(primary(summary, c), equal)).toList();
    int comparisons = 0;
    int excluding = 0;
    for (List<Integer> group : groups(all)) {
      ErrorModel model =
          new ErrorModel(
              all.stream()
                  .map(c -> c.stream().filter(v -> group.contains(v.spot().round())).toList())
                  .toList(),
              equal.size());
      for (int cell = 0; cell < cells.size(); cell++) {
        for (int arm = 1; arm < equal.size(); arm++) {
          Fit fit = model.fit(new Contrast(cell, withThoseBefore(arm, equal.size())));
          comparisons += Double.isFinite(fit.halfWidth()) ? 1 : 0;
          excluding += Math.abs(fit.value()) > fit.halfWidth() ? 1 : 0;
        }
      }
    }
    ErrorModel whole = new ErrorModel(all, equal.size());
    double sd = Math.sqrt(2) * whole.sd();
    double[] ends = ErrorRate.interval(sd, whole.df());
    Map<Integer, Double> detectable = new TreeMap<>();
    if (whole.df() >= FEWEST_DEGREES) {
      ROUNDS.forEach(rounds -> detectable.put(rounds, Power.detectable(sd, rounds)));
    }
    return new MachineCalibration(
        Results.FORMAT_VERSION,
        summary.finished(),
        Machine.here(),
        summary.smoke(),
        comparisons,
        excluding,
        (double) excluding / comparisons,
        comparisons == 0
            ? Double.NaN
            : (double) ErrorRate.mostFalseAlarms(comparisons) / comparisons,
        comparisons == 0 ? 0 : ErrorRate.power(comparisons),
        new Estimate(whole.df() == 0 ? Double.NaN : sd, ends[0], ends[1]),
        whole.df(),
        detectable,
        injected(definition),
        delay(definition, cells.get(0), equal));
  }

  private static double[] withThoseBefore(int arm, int arms) {
    double[] weights = new double[arms];
    Arrays.fill(weights, 0, arm, -1.0 / arm);
    weights[arm] = 1;
    return weights;
  }

  /** Consecutive rounds; what is left over joins the last group. */
  private static List<List<Integer>> groups(List<List<Value>> cells) {
    List<Integer> rounds =
        cells.stream()
            .flatMap(c -> c.stream().map(v -> v.spot().round()))
            .distinct()
            .sorted()
            .toList();
    int count = Math.max(1, rounds.size() / GROUP);
    return IntStream.range(0, count)
        .mapToObj(g -> rounds.subList(g * GROUP, g == count - 1 ? rounds.size() : (g + 1) * GROUP))
        .toList();
  }

  /** The median response time of the delayed arm, less that of the equal ones. */
  private static Estimate delay(Definition definition, CellSlices cell, List<String> equal) {
    List<String> arms = new ArrayList<>(equal);
    arms.add(delayed(definition).name());
    double[] weights = withThoseBefore(equal.size(), arms.size());
    Fit fit =
        new ErrorModel(List.of(cell.values(Phase.OPEN, Metric.P50::of, arms)), arms.size())
            .fit(new Contrast(0, weights));
    return new Estimate(fit.value(), fit.value() - fit.halfWidth(), fit.value() + fit.halfWidth());
  }

  private static Metric primary(Summary summary, CellSlices cell) {
    return summary.primary(cell.cell().id()).get(0).metric();
  }
}
