package crossover.bench.analysis;

import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import crossover.bench.stats.Better;
import java.util.function.ToDoubleFunction;

/** What two arms are compared by. */
@SuppressWarnings("ImmutableEnumChecker") // the functions capture nothing
enum Metric {
  /** Requests per second of the closed loop. */
  THROUGHPUT("throughput", Phase.CLOSED, Better.HIGHER, s -> s.load().throughput()),
  /**
   * Requests per second that one core of the server could serve: 1 ÷ server CPU per request, once
   * nothing is left to compile.
   */
  CAPACITY(
      "capacity",
      Phase.CLOSED,
      Better.HIGHER,
      s -> s.usage() == null ? Double.NaN : s.load().requests() / s.usage().server().serving()),
  P50("p50", Phase.OPEN, Better.LOWER, s -> s.load().p50Millis()),
  P90("p90", Phase.OPEN, Better.LOWER, s -> s.load().p90Millis()),
  P99("p99", Phase.OPEN, Better.LOWER, s -> s.load().p99Millis()),
  P999("p99.9", Phase.OPEN, Better.LOWER, s -> s.load().p999Millis());

  final String label;
  final Phase phase;
  final Better better;
  final ToDoubleFunction<SliceLine> of;

  Metric(String label, Phase phase, Better better, ToDoubleFunction<SliceLine> of) {
    this.label = label;
    this.phase = phase;
    this.better = better;
    this.of = of;
  }
}
