package crossover.bench.report;

import crossover.bench.results.Estimate;
import crossover.bench.results.Summary.Latency;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The percentiles of response times along one line (latency.svg): the median as the largest dot,
 * then p90, p99 and p99.9, as far as they are known.
 *
 * @param from null when none is known
 */
record LatencyMark(String from, String to, List<Dot> dots) {
  record Dot(String at, String radius) {}

  static LatencyMark of(Scale scale, Latency latency) {
    List<Dot> dots = new ArrayList<>();
    Stream.of(latency.p50(), latency.p90(), latency.p99(), latency.p999())
        .mapToDouble(Estimate::value)
        .filter(Double::isFinite)
        .forEach(
            value ->
                dots.add(
                    new Dot(
                        scale.at(value),
                        String.format(Locale.ROOT, "%.1f", 5 - 0.7 * dots.size()))));
    return dots.isEmpty()
        ? new LatencyMark(null, null, dots)
        : new LatencyMark(dots.get(0).at(), dots.get(dots.size() - 1).at(), dots);
  }
}
