package crossover.bench.analysis;

import crossover.bench.results.Estimate;
import crossover.bench.stats.BlockDesign.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.stat.descriptive.StreamingStatistics;

/**
 * How two arms differ in what they leave behind for the one that follows: the sums ln a + ln b of
 * the rounds in which the one stood first, compared with those in which the other did (Senn,
 * Cross-over Trials in Clinical Research, ch. 3). Reported only.
 */
record CarryOver(List<Value> values, int candidate, int baseline) {

  /** As a ratio with its ordinary 95 % interval; null where arms take turns, or unknown. */
  Estimate estimate() {
    StreamingStatistics candidateFirst = new StreamingStatistics();
    StreamingStatistics baselineFirst = new StreamingStatistics();
    Map<Integer, List<Value>> rounds =
        values.stream().collect(Collectors.groupingBy(v -> v.spot().round()));
    for (List<Value> round : rounds.values()) {
      Optional<Value> one = of(round, candidate);
      Optional<Value> other = of(round, baseline);
      if (one.isPresent() && other.isPresent()) {
        int ahead = other.get().spot().place() - one.get().spot().place();
        double sum = one.get().value() + other.get().value();
        if (ahead != 0) {
          (ahead > 0 ? candidateFirst : baselineFirst).addValue(sum);
        }
      }
    }
    double df = candidateFirst.getN() + baselineFirst.getN() - 2.0;
    if (candidateFirst.getN() < 2 || baselineFirst.getN() < 2) {
      return null;
    }
    double variance =
        Stream.of(candidateFirst, baselineFirst)
                .mapToDouble(s -> s.getVariance() * (s.getN() - 1))
                .sum()
            / df
            * (1.0 / candidateFirst.getN() + 1.0 / baselineFirst.getN());
    return Estimate.ofLog(
        candidateFirst.getMean() - baselineFirst.getMean(),
        Math.sqrt(variance) * new TDistribution(df).inverseCumulativeProbability(0.975));
  }

  private static Optional<Value> of(List<Value> round, int arm) {
    return round.stream().filter(v -> v.spot().arm() == arm).findFirst();
  }
}
