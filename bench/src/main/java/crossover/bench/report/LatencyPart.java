package crossover.bench.report;

import crossover.bench.results.ArmInCell;
import crossover.bench.results.ArmInCell.Latency;
import crossover.bench.results.Estimate;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Response times at a fixed rate, of every arm of a cell.
 *
 * @param requests the fewest of an arm
 * @param lateness the generator's own, in ms: the largest p99 of an arm
 */
record LatencyPart(
    double rate, long requests, double lateness, List<Scale.Tick> ticks, List<Row> rows) {
  private static final double TICK_GAP = 19;

  record Row(String arm, List<Estimate> percentiles, Mark mark) {}

  /** The percentiles along one line (latency.svg), the median as the largest dot. */
  record Mark(List<Dot> dots) {
    String from() {
      return dots.get(0).at();
    }

    String to() {
      return dots.get(dots.size() - 1).at();
    }
  }

  record Dot(String at, String radius) {}

  /** Null where none was measured. */
  static LatencyPart of(List<ArmInCell> arms) {
    List<ArmInCell> timed = arms.stream().filter(arm -> arm.latency() != null).toList();
    if (timed.isEmpty()) {
      return null;
    }
    List<Latency> latencies = timed.stream().map(ArmInCell::latency).toList();
    Scale scale =
        Scale.around(
            latencies.stream().flatMap(LatencyPart::percentiles).mapToDouble(Estimate::value));
    return new LatencyPart(
        latencies.get(0).offeredRate(),
        latencies.stream().mapToLong(Latency::requests).min().orElse(0),
        latencies.stream().mapToDouble(Latency::latenessP99Millis).max().orElse(Double.NaN),
        scale.ticks(TICK_GAP),
        timed.stream()
            .map(arm -> new Row(arm.arm(), percentiles(arm.latency()).toList(), mark(scale, arm)))
            .toList());
  }

  private static Stream<Estimate> percentiles(Latency latency) {
    return Stream.of(latency.p50(), latency.p90(), latency.p99(), latency.p999());
  }

  /** Null where no percentile is known. */
  private static Mark mark(Scale scale, ArmInCell arm) {
    double[] known =
        percentiles(arm.latency()).mapToDouble(Estimate::value).filter(Double::isFinite).toArray();
    List<Dot> dots =
        IntStream.range(0, known.length)
            .mapToObj(i -> new Dot(scale.at(known[i]), Figures.pixels(5 - 0.7 * i)))
            .toList();
    return dots.isEmpty() ? null : new Mark(dots);
  }
}
