package crossover.bench.stats;

import crossover.bench.stats.BlockDesign.Value;
import crossover.bench.stats.ErrorModel.Contrast;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What each arm's figure is in a round, from its slices in one or more passes: the arms' means,
 * freed of what made a whole pass slow. With all slices these are plain means. Where a slice is
 * missing the arm's other passes are compared with the same passes of the other arms (least squares
 * for arms and passes).
 */
public final class PassMeans {
  private PassMeans() {}

  /**
   * The arms' values.
   *
   * @param slices by arm and pass; NaN where a slice may not be used
   * @return by arm; NaN where it cannot be compared with those of the fullest pass
   */
  public static double[] of(double[][] slices) {
    List<Value> values = new ArrayList<>();
    for (int arm = 0; arm < slices.length; arm++) {
      for (int pass = 0; pass < slices[arm].length; pass++) {
        if (Double.isFinite(slices[arm][pass])) {
          values.add(new Value(new BlockDesign.Spot(pass, 1, arm, 0), slices[arm][pass]));
        }
      }
    }
    return values.size() == Arrays.stream(slices).mapToInt(arm -> arm.length).sum()
        ? Arrays.stream(slices)
            .mapToDouble(a -> Arrays.stream(a).reduce(0, Double::sum) / a.length)
            .toArray()
        : ofIncomplete(values, slices.length);
  }

  private static double[] ofIncomplete(List<Value> values, int arms) {
    BlockDesign design = ErrorModel.design(values.stream().map(Value::spot).toList(), arms);
    double[] effects = new double[arms];
    design.fit(values.stream().mapToDouble(Value::value).toArray(), effects);
    int reference =
        values.stream()
            .collect(
                Collectors.groupingBy(v -> v.spot().round(), TreeMap::new, Collectors.toList()))
            .values()
            .stream()
            .max(Comparator.comparingInt(List::size))
            .map(fullest -> fullest.get(0).spot().arm())
            .orElse(0);
    IntPredicate comparable =
        arm -> {
          double[] contrast = Contrast.of(0, arms, arm, reference).weights();
          return Double.isFinite(design.squaredWeights(contrast)[reference]);
        };
    double level =
        values.stream()
            .filter(v -> comparable.test(v.spot().arm()))
            .mapToDouble(v -> v.value() - effects[v.spot().arm()])
            .average()
            .orElse(Double.NaN);
    return IntStream.range(0, arms)
        .mapToDouble(arm -> comparable.test(arm) ? level + effects[arm] : Double.NaN)
        .toArray();
  }
}
