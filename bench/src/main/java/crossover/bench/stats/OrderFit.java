package crossover.bench.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * Values of a crossover trial, fitted with a mean for each order within each block (day).
 *
 * <p>One block: mean = (m₁ + m₂)/2, halfDifference = (m₁ − m₂)/2, both with the standard error
 * ½·s·√(1/n₁ + 1/n₂), s pooled within the orders, df = n₁ + n₂ − 2 (Senn, Cross-over Trials in
 * Clinical Research, 2nd ed., ch. 3). Several blocks: the blocks' values averaged by least squares,
 * that is with weights 1/(1/n₁ + 1/n₂), s pooled within order and block, two degrees of freedom
 * spent on each block. One order only: the plain mean of all, df = n − 1; the difference is NaN.
 */
final class OrderFit {
  final double mean;
  final double halfDifference;
  final double standardError;
  final double sd;
  final int df;

  /** What each value counts in the mean; they add up to 1. */
  final double[] weights;

  /** The indices of one day's values in one order, or in both. */
  private record Block(List<List<Integer>> orders) {

    static Block of(List<Integer> indices, boolean[] first) {
      return new Block(
          List.copyOf(
              indices.stream().collect(Collectors.partitioningBy(i -> first[i])).values().stream()
                  .filter(order -> !order.isEmpty())
                  .toList()));
    }

    boolean hasBothOrders() {
      return orders.size() == 2;
    }

    /** How many values in even orders would tell as much. */
    double information() {
      double reciprocals = orders.stream().mapToDouble(order -> 1.0 / order.size()).sum();
      return orders.size() * orders.size() / reciprocals;
    }
  }

  OrderFit(double[] values, boolean[] first, int[] day) {
    List<Block> blocks = blocks(first, day);
    double information = blocks.stream().mapToDouble(Block::information).sum();
    weights = new double[values.length];
    double sum = 0;
    double difference = 0;
    double squares = 0;
    int cells = 0;
    for (Block block : blocks) {
      double share = block.information() / information / block.orders().size();
      for (List<Integer> order : block.orders()) {
        double orderMean = order.stream().mapToDouble(i -> values[i]).average().orElseThrow();
        sum += share * orderMean;
        difference += share * (first[order.get(0)] ? orderMean : -orderMean);
        for (int i : order) {
          weights[i] = share / order.size();
          squares += (values[i] - orderMean) * (values[i] - orderMean);
        }
        cells++;
      }
    }
    mean = blocks.isEmpty() ? Double.NaN : sum;
    halfDifference = cells > 1 ? difference : Double.NaN;
    df = values.length - cells;
    sd = df == 0 ? Double.NaN : Math.sqrt(squares / df);
    standardError = sd / Math.sqrt(information);
  }

  /**
   * Whether there is an interval: at least one degree of freedom, and not so few values that it
   * would be false.
   */
  boolean hasInterval() {
    return df > 0 && weights.length >= Comparison.FEWEST_ROUNDS;
  }

  /**
   * Half the width of the interval that misses the true value with the given probability; NaN where
   * there is none.
   */
  double reach(double level) {
    return hasInterval()
        ? standardError * new TDistribution(df).inverseCumulativeProbability(1 - level / 2)
        : Double.NaN;
  }

  /** Two-sided p-value of the t test that the true mean is 0; NaN where there is no interval. */
  double pValue() {
    if (!hasInterval()) {
      return Double.NaN;
    }
    if (standardError == 0) {
      return mean == 0 ? 1 : 0;
    }
    return 2 * new TDistribution(df).cumulativeProbability(-Math.abs(mean / standardError));
  }

  /**
   * A block a day. A day with one order only cannot tell the arm from its place, so it joins the
   * next day (the last one: the day before) rather than being lost.
   */
  private static List<Block> blocks(boolean[] first, int[] day) {
    Stream<List<Integer>> days =
        IntStream.range(0, day.length)
            .boxed()
            .collect(Collectors.groupingBy(i -> day[i], TreeMap::new, Collectors.toList()))
            .values()
            .stream();
    List<List<Integer>> joined = new ArrayList<>();
    List<Integer> open = new ArrayList<>();
    days.forEach(
        indices -> {
          open.addAll(indices);
          if (Block.of(open, first).hasBothOrders()) {
            joined.add(new ArrayList<>(open));
            open.clear();
          }
        });
    if (joined.isEmpty() && !open.isEmpty()) {
      joined.add(open);
    } else if (!joined.isEmpty()) {
      joined.get(joined.size() - 1).addAll(open);
    }
    return joined.stream().map(indices -> Block.of(indices, first)).toList();
  }
}
