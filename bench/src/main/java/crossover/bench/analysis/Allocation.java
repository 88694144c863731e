package crossover.bench.analysis;

import crossover.bench.experiment.Cell;
import crossover.bench.experiment.Definition;
import crossover.bench.report.Place;
import crossover.bench.results.Summary;
import java.util.List;

/**
 * The rule by which rounds go to the cells that need them. At each look that the experiment fixed
 * beforehand every cell is judged; a cell that is settled is not measured further, the others are,
 * until the last round.
 *
 * <p>It cannot bias a verdict: level and p-value of every look are those of all looks together
 * ({@link crossover.bench.stats.Looks}), so they hold at whichever look a cell stops, for whatever
 * reason it stops there.
 */
public final class Allocation {
  private Allocation() {}

  /** The cells of which another round would tell nothing new. */
  public static List<Cell> settled(Definition definition, Summary summary) {
    return Cell.of(definition).stream().filter(cell -> isSettled(cell, summary)).toList();
  }

  /**
   * Every primary comparison is decided (a difference that stands among all of them, or
   * equivalence), or one of its arms refuses, which more rounds do not change.
   */
  private static boolean isSettled(Cell cell, Summary summary) {
    Place place = new Place(cell.view().name(), cell.site().name(), cell.users());
    return place.primary(summary).stream()
        .allMatch(
            c ->
                switch (place.kind(summary, c)) {
                  case "faster", "slower", "equivalent" -> true;
                  default ->
                      place.refuses(summary, c.candidate()) || place.refuses(summary, c.baseline());
                });
  }
}
