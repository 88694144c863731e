package crossover.bench.analysis;

import crossover.bench.experiment.Cell;
import crossover.bench.results.ArmInCell;
import crossover.bench.results.Comparison;
import crossover.bench.results.Metric;
import crossover.bench.results.Results;
import crossover.bench.results.Summary;
import crossover.bench.results.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A summary of one place as the analysis would judge it, put together arm by arm. */
final class Judged {
  static final Cell.Id PLACE = new Cell.Id("get", "far", 64);

  private final List<Comparison> comparisons = new ArrayList<>();
  private final List<Comparison> withoutBaseline = new ArrayList<>();
  private final List<ArmInCell> cells = new ArrayList<>();

  Judged baseline() {
    cells.add(cell("sync", 6, 0, true));
    return this;
  }

  /** An arm of which every slice held failed requests, at a throughput that must not count. */
  Judged refusing(String arm) {
    cells.add(cell(arm, 0, 900, false));
    if (!arm.equals("sync")) {
      comparisons.add(comparison("sync", arm, Double.NaN, Verdict.NOT_VALID));
    }
    return this;
  }

  /** A candidate with this ratio and its verdict. */
  Judged candidate(String arm, double ratio, Verdict verdict) {
    cells.add(cell(arm, 6, 0, true));
    comparisons.add(comparison("sync", arm, ratio, verdict));
    return this;
  }

  /** An arm that holds where the baseline refuses. */
  Judged holding(String arm) {
    return candidate(arm, Double.NaN, Verdict.NOT_VALID);
  }

  /** How two of these compare. */
  Judged pair(String arm, String other, double ratio, Verdict verdict) {
    withoutBaseline.add(comparison(other, arm, ratio, verdict));
    return this;
  }

  Summary summary() {
    return new Summary(
        Results.FORMAT_VERSION,
        "judged",
        null,
        Instant.EPOCH,
        Instant.EPOCH,
        1,
        "",
        false,
        "environment.json",
        "sync",
        List.of(),
        null,
        List.of(),
        comparisons,
        withoutBaseline,
        List.of(),
        cells,
        List.of(),
        true,
        null,
        null,
        0,
        List.of(),
        List.of(),
        null);
  }

  private static ArmInCell cell(String arm, int rounds, long errors, boolean valid) {
    return new ArmInCell(
        PLACE,
        arm,
        rounds,
        rounds == 0 ? Double.NaN : 400 + arm.length(),
        1000,
        10,
        null,
        null,
        "database pool",
        "Requests waited.",
        1000,
        errors,
        valid);
  }

  private static Comparison comparison(String against, String arm, double ratio, Verdict verdict) {
    return new Comparison(
        PLACE,
        Metric.THROUGHPUT,
        null,
        true,
        true,
        against,
        arm,
        6,
        0,
        ratio,
        ratio * 0.95,
        ratio * 1.05,
        0.017,
        3,
        0.1,
        verdict,
        false,
        null,
        null,
        0,
        List.of(),
        null);
  }
}
