package crossover.bench.run;

import crossover.bench.experiment.Definition;
import java.util.function.LongSupplier;

/**
 * How many rounds a run makes within the time that its experiment allows. The clock alone decides,
 * never what was found, so an interval is worth as much as if the number had been planned.
 */
final class TimeLimit {
  /** Rounds that belong together: every pair of arms in both orders. */
  private static final int BLOCK = 2;

  private final Definition definition;
  private final int planned;
  private final LongSupplier clock;
  private final long start;
  private long lastBlock;
  private long longestBlock;

  /**
   * Begins to count.
   *
   * @param planned rounds, at most
   * @param clock in nanoseconds
   */
  TimeLimit(Definition definition, int planned, LongSupplier clock) {
    this.definition = definition;
    this.planned = planned;
    this.clock = clock;
    start = clock.getAsLong();
    lastBlock = start;
  }

  /**
   * The rounds to make in all, as far as the clock tells between two of them.
   *
   * @param made so far; once it is the answer, time is over
   */
  int rounds(int made) {
    if (definition.timeLimit().isEmpty() || made < BLOCK) {
      return planned;
    }
    if (made % BLOCK == 0) {
      long now = clock.getAsLong();
      longestBlock = Math.max(longestBlock, now - lastBlock);
      lastBlock = now;
    }
    long left = definition.timeLimit().get().toNanos() - (lastBlock - start);
    int more = BLOCK * (int) Math.max(0, left / longestBlock);
    return Math.min(planned, Math.max(made / BLOCK * BLOCK + more, definition.fewestRounds()));
  }
}
