package crossover.bench.run;

import crossover.bench.experiment.Definition;
import java.util.Collections;
import java.util.List;

/**
 * How many rounds a run makes within the time that its experiment allows. The clock alone decides,
 * never what was found, so an interval is worth as much as if the number had been planned. The next
 * rounds are expected to take as long as the latest two, for a run may have changed their length; a
 * single one as long as the longer of them.
 */
final class TimeLimit {
  /** Rounds that belong together: every pair of arms in both orders. */
  static final int BLOCK = 2;

  private TimeLimit() {}

  /**
   * The rounds to make in all, as far as the clock tells between two of them: whole blocks, or
   * single rounds where each is balanced in itself.
   *
   * @param planned rounds, at most
   * @param balanced whether all arms take turns in every round
   * @param seconds of each round so far, whichever sitting made it; once as many as the answer,
   *     time is over
   */
  static int rounds(Definition definition, int planned, boolean balanced, List<Double> seconds) {
    if (definition.timeLimit().isEmpty() || seconds.size() < BLOCK) {
      return planned;
    }
    int block = balanced && definition.looks().isEmpty() ? 1 : BLOCK;
    int made = seconds.size() / block * block;
    List<Double> latest = seconds.subList(made - BLOCK, made);
    double next = block == BLOCK ? sum(latest) : Collections.max(latest);
    double left = definition.timeLimit().get().toMillis() / 1e3 - sum(seconds.subList(0, made));
    int more = block * (int) Math.max(0, left / Math.max(next, 1e-3));
    // A block that has begun is completed.
    int fewest = Math.max(definition.fewestRounds(), (seconds.size() + block - 1) / block * block);
    return Math.min(planned, Math.max(made + more, fewest));
  }

  /**
   * Whether the rounds to make are known. The first of a run with a time limit tell how long the
   * others may be ({@link SliceLength}), and these then fill the limit.
   */
  static boolean isSettled(Definition definition, List<Double> seconds) {
    return definition.timeLimit().isEmpty() || seconds.size() > SliceLength.ROUNDS_TO_LEARN_FROM;
  }

  /**
   * The seconds that the rest of a day's rounds will probably take; NaN before the first has ended.
   *
   * @param rounds of the day in all; where they are not settled, at most
   */
  static double secondsLeft(Definition definition, int rounds, List<Double> seconds) {
    double latest =
        seconds.stream().filter(s -> s > 0).reduce((earlier, last) -> last).orElse(Double.NaN);
    double left = (rounds - seconds.size()) * latest;
    if (isSettled(definition, seconds)) {
      return left;
    }
    return Math.min(left, definition.timeLimit().orElseThrow().toMillis() / 1e3 - sum(seconds));
  }

  private static double sum(List<Double> seconds) {
    return seconds.stream().mapToDouble(s -> s).sum();
  }
}
