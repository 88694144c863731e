package crossover.bench.stats;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Values of a crossover trial, fitted with a mean for each order within each block (day).
 *
 * <p>One block: mean = (m₁ + m₂)/2, halfDifference = (m₁ − m₂)/2, both with the standard error
 * ½·s·√(1/n₁ + 1/n₂), s pooled within the orders, df = n₁ + n₂ − 2 (Senn, Cross-over Trials in
 * Clinical Research, 2nd ed., §3.5–3.6). Several blocks: the blocks' values averaged with weights
 * 1/(1/n₁ + 1/n₂), s pooled within order and block, two degrees of freedom spent on each block. One
 * order only: the plain mean of all, df = n − 1; the difference is NaN.
 */
final class OrderFit {
  final double mean;
  final double halfDifference;
  final double standardError;
  final double sd;
  final int df;

  /** What each value counts in the mean; they add up to 1. */
  final double[] weights;

  OrderFit(double[] values, boolean[] first, int[] day) {
    List<List<Integer>> cells = new ArrayList<>();
    double information = 0;
    for (List<Integer> block : blocks(first, day)) {
      List<List<Integer>> orders = orders(block, first);
      cells.addAll(orders);
      information += information(orders);
    }

    weights = new double[values.length];
    double total = 0;
    double difference = 0;
    double squares = 0;
    for (List<Integer> block : blocks(first, day)) {
      List<List<Integer>> orders = orders(block, first);
      double share = information(orders) / information / orders.size();
      for (List<Integer> cell : orders) {
        double cellMean = cell.stream().mapToDouble(i -> values[i]).average().orElseThrow();
        total += share * cellMean;
        difference += share * cellMean * (first[cell.get(0)] ? 1 : -1);
        for (int i : cell) {
          weights[i] = share / cell.size();
          squares += (values[i] - cellMean) * (values[i] - cellMean);
        }
      }
    }
    boolean bothOrders = cells.size() > 1;
    mean = values.length == 0 ? Double.NaN : total;
    halfDifference = bothOrders ? difference : Double.NaN;
    df = Math.max(0, values.length - cells.size());
    sd = df == 0 ? Double.NaN : Math.sqrt(squares / df);
    standardError = sd / Math.sqrt(information);
  }

  /**
   * How much a block tells about the mean: the number of values that would tell as much if the
   * orders were even.
   */
  private static double information(List<List<Integer>> orders) {
    double reciprocals = orders.stream().mapToDouble(cell -> 1.0 / cell.size()).sum();
    return orders.size() * orders.size() / reciprocals;
  }

  private static List<List<Integer>> orders(List<Integer> block, boolean[] first) {
    return List.of(
            block.stream().filter(i -> first[i]).toList(),
            block.stream().filter(i -> !first[i]).toList())
        .stream()
        .filter(cell -> !cell.isEmpty())
        .toList();
  }

  /**
   * The indices of each day's values. A day with one order only cannot tell the arm from its place,
   * so it joins the day after it (the last one: the day before it) rather than being lost.
   */
  private static List<List<Integer>> blocks(boolean[] first, int[] day) {
    List<List<Integer>> blocks = new ArrayList<>();
    List<Integer> open = new ArrayList<>();
    List<Integer> byDay =
        IntStream.range(0, day.length)
            .boxed()
            .sorted(Comparator.comparingInt(i -> day[i]))
            .toList();
    for (int at = 0; at < byDay.size(); at++) {
      open.add(byDay.get(at));
      boolean dayEnds = at + 1 == byDay.size() || day[byDay.get(at)] != day[byDay.get(at + 1)];
      if (dayEnds && orders(open, first).size() == 2) {
        blocks.add(open);
        open = new ArrayList<>();
      }
    }
    if (!open.isEmpty() && !blocks.isEmpty()) {
      blocks.get(blocks.size() - 1).addAll(open);
    } else if (!open.isEmpty()) {
      blocks.add(open);
    }
    return blocks;
  }
}
