package crossover.bench.analysis;

import static crossover.bench.text.Text.format;

import crossover.bench.experiment.Cell;
import crossover.bench.experiment.Definition;
import crossover.bench.experiment.Host;
import crossover.bench.experiment.Site;
import crossover.bench.load.Slice;
import crossover.bench.results.Environment;
import crossover.bench.results.Metric;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * By which metric a cell is judged. The experiment names it, or a rule does from what is known
 * before the first measured slice: the generator's own limit, and the last two sweeps of the first
 * round's warm-up, all arms together. So it cannot depend on how the arms compare, and it changes
 * while more is measured only when a load machine is lost: that makes it capacity.
 *
 * <p>The rule: <b>capacity</b> where the generator is the limit: it (with the backends on its
 * cores) took 70 % of its cores or of its own limit, and 70 % of what the server took of its cores.
 * <b>Throughput</b> otherwise, and in any case where the server's CPU time is not known.
 *
 * @param reason why, as a sentence for the report
 */
public record MetricChoice(Metric metric, String reason) {
  /** The generator is taken for a possible limit from this share of its own maximum on. */
  public static final double ROOM = 0.70;

  private static final int SWEEPS = 2;

  private static final MetricChoice CPU_UNKNOWN = throughput("the server's CPU time is not known.");

  static MetricChoice of(
      Definition definition, Environment environment, Cell cell, List<SliceLine> all) {
    String metric = definition.measurement().metric();
    if (metric.equals(Metric.THROUGHPUT.label())) {
      return throughput(
          "the experiment names it (metric: throughput): the requests served in a second, whatever"
              + " limits them.");
    }
    boolean known = definition.arms().stream().allMatch(arm -> arm.url().isEmpty());
    if (metric.equals(Metric.CAPACITY.label())) {
      String named =
          "the experiment names it (metric: capacity): what one core of the server could"
              + " serve, whether or not the generator is the limit.";
      return known && knowsCpuTime(cell, all) ? capacity(named) : CPU_UNKNOWN;
    }
    return known ? byWarmUp(environment, cell, all) : CPU_UNKNOWN;
  }

  /** Of every arm that has usable slices. */
  private static boolean knowsCpuTime(Cell cell, List<SliceLine> all) {
    return !all.stream()
        .filter(s -> s.phase() == Phase.CLOSED && s.cell().equals(cell.id()))
        .filter(CellSlices::isUsable)
        .collect(
            Collectors.toMap(
                s -> s.arm(), s -> Double.isFinite(Metric.CAPACITY.of(s)), Boolean::logicalOr))
        .containsValue(false);
  }

  private static MetricChoice byWarmUp(Environment environment, Cell cell, List<SliceLine> all) {
    ArmFigures sweeps = new ArmFigures(lastSweeps(cell, all), List.of());
    double server = sweeps.servingCores() / environment.coresOfServer(cell.site());
    double others = sweeps.otherCores() / environment.coresOfOthers();
    double sent = sweeps.throughput() / generatorLimit(all);
    if (Double.isNaN(server)) {
      return CPU_UNKNOWN;
    }
    if (hasLostEngines(environment, all)) {
      return capacity("a load machine was lost: the limit is not that of all.");
    }
    double used =
        DoubleStream.of(others, sent).filter(share -> share >= 0).max().orElse(Double.NaN);
    if (Double.isNaN(used)) {
      return capacity("how hard the generator worked is not known.");
    }
    String found =
        format(
            ": in the first warm-up the generator worked at %.0f %% of its limit, the server at %.0f %%.",
            100 * used, 100 * server);
    if (used < ROOM) {
      return throughput("the generator has room" + found);
    }
    return used / server < ROOM
        ? throughput("the server is at its limit first" + found)
        : capacity("the generator may be the limit" + found);
  }

  private static MetricChoice throughput(String why) {
    return new MetricChoice(Metric.THROUGHPUT, "Throughput, for " + why);
  }

  private static MetricChoice capacity(String why) {
    return new MetricChoice(Metric.CAPACITY, "Capacity, for " + why);
  }

  /** Also in an attempt at a round that does not count any more. */
  private static boolean hasLostEngines(Environment environment, List<SliceLine> all) {
    return environment.notices().stream().anyMatch(notice -> notice.contains(Slice.LOST))
        || all.stream().anyMatch(slice -> !slice.load().lostEngines().isEmpty());
  }

  /** Those of the view where the cell had none; without turns, this machine's are localhost's. */
  private static List<SliceLine> lastSweeps(Cell cell, List<SliceLine> all) {
    boolean asNear = cell.site().roundTrip().isZero() && cell.site().host().equals(Host.HERE);
    String here = asNear ? Site.LOCALHOST.name() : cell.site().name();
    List<SliceLine> first =
        all.stream()
            .filter(s -> s.round() == 1 && s.cell().view().equals(cell.view().name()))
            .filter(s -> List.of(cell.site().name(), here).contains(s.cell().site()))
            .toList();
    List<SliceLine> own = first.stream().filter(s -> s.cell().equals(cell.id())).toList();
    Instant measured =
        own.stream()
            .filter(s -> s.phase() != Phase.WARMUP)
            .map(SliceLine::start)
            .min(Instant::compareTo)
            .orElse(Instant.MAX);
    List<SliceLine> before = warmUp(own, measured);
    List<SliceLine> used = before.isEmpty() ? warmUp(first, measured) : before;
    List<Integer> passes = used.stream().map(SliceLine::pass).distinct().sorted().toList();
    List<Integer> last = passes.subList(Math.max(0, passes.size() - SWEEPS), passes.size());
    return used.stream().filter(s -> last.contains(s.pass())).toList();
  }

  private static List<SliceLine> warmUp(List<SliceLine> lines, Instant before) {
    return lines.stream()
        .filter(s -> s.phase() == Phase.WARMUP && s.load().requests() > 0)
        .filter(s -> s.start().isBefore(before))
        .toList();
  }

  /**
   * Requests a second that the generator managed against a trivial URL before the first measured
   * slice; NaN when not measured.
   */
  public static double generatorLimit(List<SliceLine> all) {
    Instant measured =
        all.stream()
            .filter(SliceLine::measured)
            .map(SliceLine::start)
            .min(Instant::compareTo)
            .orElse(Instant.MAX);
    return all.stream()
        .filter(s -> s.phase() == Phase.LIMIT && s.start().isBefore(measured))
        .mapToDouble(s -> s.load().throughput())
        .max()
        .orElse(Double.NaN);
  }
}
