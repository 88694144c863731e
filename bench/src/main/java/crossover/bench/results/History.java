package crossover.bench.results;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import crossover.bench.experiment.Cell;
import java.time.Instant;
import java.util.List;

/**
 * This run among earlier and later ones of the same experiment on the same machine.
 *
 * @param store the folder of the records
 * @param runs how many there are, this one included
 * @param others records of other experiments or machines, which are not used
 * @param notices what is wrong with the store
 */
public record History(
    String store, int runs, int others, List<String> notices, List<Series> series) {
  /**
   * One arm in one metric: its ratio to the baseline, run by run.
   *
   * @param points the oldest run first
   */
  public record Series(
      @JsonUnwrapped Cell.Id cell,
      String arm,
      Metric metric,
      boolean primary,
      List<Point> points,
      List<Change> changes) {}

  /**
   * What one run found.
   *
   * @param digest of the arm's WAR; null where it is not known
   * @param current whether it is the run that is reported
   */
  public record Point(
      Instant at, String digest, boolean current, double ratio, double low, double high) {}

  /**
   * Where the ratio changed.
   *
   * @param index of the first point of the new level, from 0
   * @param at when that run started
   * @param before geometric mean of the ratios since the change before
   * @param after the same up to the next change
   * @param p of the t-test between the two
   */
  public record Change(int index, Instant at, double before, double after, double p) {}
}
