package crossover.bench.report;

import crossover.bench.results.CrossoverMap;
import crossover.bench.results.CrossoverMap.Arm;
import crossover.bench.results.CrossoverMap.Cell;
import crossover.bench.results.CrossoverMap.Crossing;
import crossover.bench.results.CrossoverMap.Where;
import crossover.bench.results.Metric;
import crossover.bench.results.Results;
import java.util.List;
import java.util.Map;

/** A map with a cell of every kind. Its figures are invented. */
final class MadeUpMap {
  private MadeUpMap() {}

  static CrossoverMap map() {
    return new CrossoverMap(
        Results.FORMAT_VERSION,
        "map",
        "get",
        "sync",
        0.1,
        "delayMs is what the link adds",
        List.of(8, 64, 2000),
        List.of(0.0, 20.0),
        List.of(
            cell(8, 0, "sync", "native", 0.82),
            cell(64, 0, CrossoverMap.UNDECIDED, "native", 1.12),
            cell(2000, 0, "native", "native", 1.71),
            cell(8, 20, CrossoverMap.EQUIVALENT, "native", 1.01),
            cell(64, 20, "native", "native", 3.94),
            cell(2000, 20, "native", null, Double.NaN)),
        List.of(
            new Crossing("native", 0, Where.UNDECIDED, Double.NaN, 90, Double.NaN, null),
            new Crossing("native", 20, Where.WITHIN, 35.6, 32.8, 41.2, null)),
        List.of(
            new Crossing("native", 0, Where.NOT_REACHED, Double.NaN, Double.NaN, Double.NaN, "a"),
            new Crossing("native", 20, Where.WITHIN, 35.2, Double.NaN, Double.NaN, "b < c")));
  }

  private static Cell cell(int users, double delay, String winner, String candidate, double ratio) {
    return new Cell(
        users,
        delay,
        winner,
        candidate,
        ratio,
        ratio * 0.96,
        ratio * 1.05,
        "database pool",
        "sync: on average 24.1 requests waited for a <connection>.",
        6,
        Metric.THROUGHPUT,
        Map.of(
            "sync",
                new Arm(
                    1560, 3900, 41, 0, 0, 9_000, "database pool", Double.NaN, Double.NaN, 0, null),
            "native",
                new Arm(
                    6100, 7000, 10, 0, 0, 21_000, "server CPU", ratio, ratio, ratio, "faster")));
  }
}
