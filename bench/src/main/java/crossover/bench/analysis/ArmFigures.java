package crossover.bench.analysis;

import crossover.bench.experiment.Cell;
import crossover.bench.probe.Gauges;
import crossover.bench.probe.Usage;
import crossover.bench.results.ArmInCell;
import crossover.bench.results.Estimate;
import crossover.bench.results.Metric;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import crossover.bench.stats.MeanOfRounds;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sums over slices, such as the valid ones of one arm in one cell, divided by their requests. */
final class ArmFigures {
  /** Of fewer requests a p99 is one of a hundred slowest, and says nothing. */
  private static final int FEWEST_FOR_TAIL = 10_000;

  private final List<SliceLine> closed;
  private final List<SliceLine> open;
  private final double requests;
  private final double seconds;

  ArmFigures(CellSlices slices, String arm) {
    this(slices.usable(arm, Phase.CLOSED), slices.usable(arm, Phase.OPEN));
  }

  /** {@code closed} are of a closed loop, {@code open} at a fixed rate. */
  ArmFigures(List<SliceLine> closed, List<SliceLine> open) {
    this.closed = closed;
    this.open = open;
    requests = sum(closed, s -> s.load().requests());
    seconds = sum(closed, s -> s.load().seconds());
  }

  static double sum(List<SliceLine> lines, ToDoubleFunction<SliceLine> figure) {
    return lines.stream().mapToDouble(figure).sum();
  }

  private double used(ToDoubleFunction<Usage> figure) {
    return sum(closed, s -> s.usage() == null ? Double.NaN : figure.applyAsDouble(s.usage()));
  }

  double requests() {
    return requests;
  }

  double throughput() {
    return requests / seconds;
  }

  /** What chance makes of all answers: one of each user in a window, and √n such in n windows. */
  double byChance(int users) {
    return users * Math.sqrt(sum(closed, s -> s.load().turns())) / requests;
  }

  /** Mean response time of the closed loop, in milliseconds. */
  double meanResponseMillis() {
    return sum(closed, s -> s.load().meanResponseMillis() * s.load().requests()) / requests;
  }

  /** CPU seconds of the server in a second. */
  double serverCores() {
    return used(u -> u.server().cpu()) / seconds;
  }

  /** The same without those of its compilers. */
  double servingCores() {
    return used(u -> u.server().serving()) / seconds;
  }

  /** CPU seconds of generator and backends, as far as known, in a second. */
  double otherCores() {
    double backends = used(u -> u.beside().cpu());
    double generator = sum(closed, s -> s.load().generatorCpuSeconds());
    return (generator + (Double.isNaN(backends) ? 0 : backends)) / seconds;
  }

  /** CPU seconds that the hypervisor gave to others in a second, over all cores. */
  double steal() {
    return used(u -> u.beside().steal()) / seconds;
  }

  /** Share of the time that the server's JVM collected garbage in. */
  double collecting() {
    return used(u -> u.jvm().collectionSeconds()) / seconds;
  }

  /** Requests that wait for a database connection, on average (Little: arrivals × wait). */
  double databaseWaiters() {
    return used(u -> u.jvm().databaseWaitSeconds()) / seconds;
  }

  /** Tasks that wait for a worker, as seen at the slices' ends. */
  double workersQueued() {
    return used(u -> u.gauges().workersQueued()) / closed.size();
  }

  /** Live threads of the connector's pool, the most seen. */
  double connectorThreads() {
    return pools().getOrDefault("http-exec", 0);
  }

  private double perRequest(ToDoubleFunction<Usage> figure) {
    return used(figure) / requests;
  }

  double cpuMillis() {
    return 1000 * sum(closed, SliceLine::servingSeconds) / requests;
  }

  double switches() {
    return perRequest(u -> u.server().voluntarySwitches() + u.server().involuntarySwitches());
  }

  double allocatedBytes() {
    return perRequest(u -> u.jvm().allocatedBytes());
  }

  double responseBytes() {
    return sum(closed, s -> s.load().responseBytes()) / requests;
  }

  ArmInCell toCell(Cell cell, String arm, Bottleneck bound, long errors, boolean valid) {
    return new ArmInCell(
        cell.id(),
        arm,
        (int) closed.stream().mapToInt(SliceLine::round).distinct().count(),
        throughput(),
        1000 / cpuMillis(),
        meanResponseMillis(),
        open.isEmpty() ? null : latency(),
        usages().findAny().isPresent() ? server() : null,
        bound.label(),
        bound.why(),
        (long) requests,
        errors,
        valid);
  }

  private ArmInCell.Server server() {
    return new ArmInCell.Server(
        1000 * perRequest(u -> u.server().user()),
        1000 * perRequest(u -> u.server().system()),
        1000 * perRequest(u -> u.beside().cpu()),
        perRequest(u -> u.server().voluntarySwitches()),
        perRequest(u -> u.server().involuntarySwitches()),
        allocatedBytes(),
        responseBytes(),
        used(u -> u.jvm().collections()) / seconds,
        1000 * collecting(),
        most(Gauges::threads),
        pools(),
        most(Gauges::rssBytes),
        1000 * perRequest(u -> u.jvm().databaseWaitSeconds()),
        most(Gauges::workersQueued),
        backendMillis(),
        most(Gauges::threadsPeak),
        perRequest(u -> u.jvm().pinned()));
  }

  private Map<String, Double> backendMillis() {
    Map<String, Double> millis = new TreeMap<>();
    usages()
        .flatMap(usage -> usage.beside().backends().entrySet().stream())
        .forEach(b -> millis.merge(b.getKey(), 1000 * b.getValue().cpu() / requests, Double::sum));
    return millis;
  }

  private double most(ToDoubleFunction<Gauges> gauge) {
    return usages().map(Usage::gauges).mapToDouble(gauge).max().orElse(Double.NaN);
  }

  private Map<String, Integer> pools() {
    return usages()
        .flatMap(usage -> usage.gauges().pools().entrySet().stream())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Math::max, TreeMap::new));
  }

  private Stream<Usage> usages() {
    return closed.stream().map(SliceLine::usage).filter(Objects::nonNull);
  }

  /** Whether so many response times were measured that a metric of them may be named. */
  boolean names(Metric metric) {
    boolean tail = metric == Metric.P99 || metric == Metric.P999;
    return !tail || timed() >= FEWEST_FOR_TAIL;
  }

  private double timed() {
    return sum(open, s -> s.load().requests());
  }

  private ArmInCell.Latency latency() {
    return new ArmInCell.Latency(
        open.get(0).load().offeredRate(),
        (long) timed(),
        overRounds(Metric.P50),
        overRounds(Metric.P90),
        overRounds(Metric.P99),
        overRounds(Metric.P999),
        open.stream().mapToDouble(s -> s.load().latenessP99Millis()).max().orElse(Double.NaN));
  }

  /** The geometric mean of a figure over the rounds, with its 95 % interval. */
  private Estimate overRounds(Metric metric) {
    if (!names(metric)) {
      return Estimate.UNKNOWN;
    }
    double[] logs = open.stream().mapToDouble(s -> Math.log(metric.of(s))).toArray();
    MeanOfRounds mean = MeanOfRounds.of(logs, 1);
    return Estimate.ofLog(mean.value(), mean.halfWidth());
  }
}
