package crossover.bench.stats;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Holm's procedure: keeps the chance of even one false finding in a family of comparisons at the
 * level of a single one.
 *
 * <p>Source: S. Holm (1979), A simple sequentially rejective multiple test procedure.
 */
public final class Holm {
  private Holm() {}

  /**
   * The adjusted p-values, in the sequence of the given ones; a comparison stands when its adjusted
   * p-value is at most 0.05. The family is the one named before the run: a p-value that could not
   * be had (NaN) stays NaN and still counts.
   */
  public static double[] adjusted(double[] pValues) {
    List<Integer> rising =
        IntStream.range(0, pValues.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> pValues[i]))
            .toList();
    double[] adjusted = new double[pValues.length];
    double atLeast = 0;
    for (int rank = 0; rank < rising.size(); rank++) {
      int i = rising.get(rank);
      // NaN sorts last, so it disturbs no other.
      atLeast = Math.max(atLeast, Math.min(1, (pValues.length - rank) * pValues[i]));
      adjusted[i] = atLeast;
    }
    return adjusted;
  }
}
