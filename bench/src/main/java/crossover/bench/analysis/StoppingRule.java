package crossover.bench.analysis;

import crossover.bench.experiment.Cell;
import crossover.bench.experiment.Definition;
import crossover.bench.results.Comparison;
import crossover.bench.results.Summary;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which cells are not measured further. At each look that the experiment fixed beforehand every
 * cell is judged; one that is settled ends there, the others go on until the last round.
 *
 * <p>It cannot bias a verdict: the intervals of every look are those of all looks together ({@link
 * crossover.bench.stats.Looks}), so they hold at whichever look a cell stops, for whatever reason.
 */
public final class StoppingRule {
  private StoppingRule() {}

  /** The cells of which another round would tell nothing new. */
  public static List<Cell> settled(Definition definition, Summary summary) {
    return Cell.of(definition).stream().filter(cell -> isSettled(cell.id(), summary)).toList();
  }

  /**
   * Every comparison is decided, or one of its arms refuses, which more rounds do not change. Where
   * the baseline refuses, the others are compared with each other.
   */
  private static boolean isSettled(Cell.Id cell, Summary summary) {
    Predicate<String> refuses = arm -> summary.refuses(cell, arm);
    Predicate<Comparison> settled =
        c -> c.verdict().isDecided() || refuses.test(c.candidate()) || refuses.test(c.baseline());
    return Stream.of(summary.primary(cell), summary.withoutBaseline(cell))
        .flatMap(List::stream)
        .allMatch(settled);
  }
}
