package crossover.bench.stats;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Which metric judges a cell (a view on a site), decided from all its arms together, so that both
 * sides of every pair are judged by the same one.
 *
 * <p>The rule: throughput where every arm left the generator room, that is, stayed below 70 % of
 * the generator's own limit and below 70 % of its share of CPU. Otherwise capacity: what one core
 * of the server could serve, 1 ÷ (server CPU time per request), because the generator was the limit
 * and throughput would say nothing about the server.
 *
 * @param metric the metric for every arm of the cell
 * @param reason why, as a sentence for the report
 */
public record MetricChoice(Metric metric, String reason) {
  /** The generator is taken for a possible limit from this share of its own maximum on. */
  public static final double ROOM = 0.70;

  /** What a closed loop can be judged by; of both, more is faster. */
  public enum Metric {
    /** Requests per second. */
    THROUGHPUT,
    /**
     * Requests per second that one core of the server could serve: 1 ÷ (server CPU seconds per
     * request).
     */
    CAPACITY
  }

  /**
   * How hard one arm made the generator work.
   *
   * @param name the arm's
   * @param throughput requests per second
   * @param generatorCpuShare CPU time of the generator ÷ what it could have used in the same time,
   *     0 to 1
   */
  public record ArmLoad(String name, double throughput, double generatorCpuShare) {}

  /**
   * The metric of a cell.
   *
   * @param generatorLimit requests per second that the generator reaches against a trivial URL
   * @param arms all arms of the cell; a figure that is not known (NaN) does not count as room
   * @throws IllegalArgumentException when there is no arm
   */
  public static MetricChoice of(double generatorLimit, List<ArmLoad> arms) {
    if (arms.isEmpty()) {
      throw new IllegalArgumentException(
          "A metric is chosen from the arms of a cell, and there is none.");
    }
    // NaN is the greatest here: one arm of which nothing is known decides.
    ArmLoad hardest =
        Collections.max(arms, Comparator.comparingDouble(arm -> use(arm, generatorLimit)));
    double use = use(hardest, generatorLimit);
    if (Double.isNaN(use)) {
      return new MetricChoice(
          Metric.CAPACITY,
          "Capacity, for how hard " + hardest.name() + " made the generator work is not known.");
    }
    String percent = String.format(Locale.ROOT, "%.0f %%", 100 * use);
    boolean byRate = hardest.throughput() / generatorLimit >= hardest.generatorCpuShare();
    String of = byRate ? " of what the generator can send" : " of the generator's CPU";
    return use < ROOM
        ? new MetricChoice(
            Metric.THROUGHPUT,
            "Throughput, for no arm took 70 % of the generator: the most was "
                + percent
                + of
                + ", by "
                + hardest.name()
                + ".")
        : new MetricChoice(
            Metric.CAPACITY,
            "Capacity, for "
                + hardest.name()
                + " took "
                + percent
                + of
                + ", and from 70 % on the generator may be the limit.");
  }

  /**
   * The same, except where the generator may be the limit of other arms while the baseline leaves
   * both the generator and the server's cores more than 30 % idle: it waits (for a link, a pool),
   * so CPU time says nothing of what it can serve. Then throughput is the metric, and what the
   * generator keeps from the others can only make their ratio to the baseline too small.
   *
   * @param generatorLimit as for {@link #of}
   * @param serverCpuShare CPU time of the baseline's server ÷ what it could have used, 0 to 1
   */
  public MetricChoice whereBaselineWaits(
      double generatorLimit, ArmLoad baseline, double serverCpuShare) {
    double use = use(baseline, generatorLimit);
    if (metric == Metric.THROUGHPUT || !(use < ROOM) || !(serverCpuShare < ROOM)) {
      return this;
    }
    return new MetricChoice(
        Metric.THROUGHPUT,
        String.format(
            Locale.ROOT,
            "Throughput, for %s waits: it took %.0f %% of the generator and %.0f %% of the server's"
                + " cores. Where the generator was the limit of another arm, that arm's ratio is at"
                + " least what is shown.",
            baseline.name(),
            100 * use,
            100 * serverCpuShare));
  }

  private static double use(ArmLoad arm, double generatorLimit) {
    return Math.max(arm.throughput() / generatorLimit, arm.generatorCpuShare());
  }
}
