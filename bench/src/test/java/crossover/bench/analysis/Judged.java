package crossover.bench.analysis;

import crossover.bench.report.Place;
import crossover.bench.results.Results;
import crossover.bench.results.Summary;
import crossover.bench.results.Summary.Cell;
import crossover.bench.results.Summary.Comparison;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A summary of one place as the analysis would judge it, put together arm by arm. */
final class Judged {
  static final Place PLACE = new Place("get", "far", 64);

  private final List<Comparison> comparisons = new ArrayList<>();
  private final List<Cell> cells = new ArrayList<>();

  Judged baseline() {
    cells.add(cell("sync", 6, 0, true));
    return this;
  }

  /** An arm of which every slice held failed requests, at a throughput that must not count. */
  Judged refusing(String arm) {
    cells.add(cell(arm, 0, 900, false));
    if (!arm.equals("sync")) {
      comparisons.add(comparison(arm, Double.NaN, "–", false));
    }
    return this;
  }

  /** A candidate with this ratio, its verdict, and whether that stands among all comparisons. */
  Judged candidate(String arm, double ratio, String verdict, boolean stands) {
    cells.add(cell(arm, 6, 0, true));
    comparisons.add(comparison(arm, ratio, verdict, stands));
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
        List.of(),
        cells,
        List.of(),
        true,
        null);
  }

  private static Cell cell(String arm, int rounds, long errors, boolean valid) {
    return new Cell(
        PLACE.view(),
        PLACE.site(),
        PLACE.users(),
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

  private static Comparison comparison(String arm, double ratio, String verdict, boolean stands) {
    return new Comparison(
        PLACE.view(),
        PLACE.site(),
        PLACE.users(),
        "throughput",
        null,
        true,
        true,
        "sync",
        arm,
        6,
        ratio,
        ratio * 0.95,
        ratio * 1.05,
        0.1,
        verdict,
        false,
        0.01,
        stands,
        null,
        null,
        0,
        null);
  }
}
