package crossover.bench.analysis;

import crossover.bench.results.Estimate;
import crossover.bench.stats.BlockDesign.Value;
import crossover.bench.stats.ErrorModel;
import crossover.bench.stats.TwoMeans;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * How two arms differ in what they leave behind for the one that follows: the sums ln a + ln b of
 * the rounds in which the one stood first, compared with those in which the other did (Senn,
 * Cross-over Trials in Clinical Research, ch. 3). Reported only.
 */
record CarryOver(List<Value> values, int candidate, int baseline) {

  /** As a ratio with its ordinary 95 % interval; null where arms take turns, or unknown. */
  Estimate estimate() {
    double[] candidateFirst = sums(places -> places > 0);
    double[] baselineFirst = sums(places -> places < 0);
    if (Math.min(candidateFirst.length, baselineFirst.length) < 2) {
      return null;
    }
    TwoMeans means = TwoMeans.of(candidateFirst, baselineFirst);
    return Estimate.ofLog(means.difference(), means.halfWidth(ErrorModel.LEVEL));
  }

  /** Of the rounds in which the candidate stood so many places before the baseline. */
  private double[] sums(IntPredicate places) {
    Map<Integer, Value> others =
        values.stream()
            .filter(v -> v.spot().arm() == baseline)
            .collect(Collectors.toMap(v -> v.spot().round(), v -> v));
    return values.stream()
        .filter(v -> v.spot().arm() == candidate && others.containsKey(v.spot().round()))
        .filter(v -> places.test(others.get(v.spot().round()).spot().place() - v.spot().place()))
        .mapToDouble(v -> v.value() + others.get(v.spot().round()).value())
        .toArray();
  }
}
