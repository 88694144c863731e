package crossover.bench.run;

import static crossover.bench.text.Text.format;

import crossover.bench.analysis.Effort;
import crossover.bench.experiment.Cell;
import crossover.bench.experiment.Definition;
import crossover.bench.results.Results;
import crossover.bench.results.RoundLine;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/**
 * How long the slices of a run with a time limit are, from its third round on. The noise between
 * turns and between rounds of the first two rounds decides ({@link Effort}), which cannot see how
 * the arms compare; and the time limit, for with fewer than six rounds an interval is wide. Where
 * six do not fit, the rounds that do are measured for as long as they can be. Before every second
 * round it looks at the clock again, so that what one block leaves the next one has. A run that is
 * resumed finds the same again.
 *
 * @param slice the measured part of a slice
 * @param reason for the report
 */
record SliceLength(Duration slice, String reason) {
  /** From the next one on the length is chosen. */
  static final int ROUNDS_TO_LEARN_FROM = TimeLimit.BLOCK;

  private static final int WANTED_ROUNDS = 6;
  private static final double TURN_SECONDS = 0.1;

  /** Of a round's other time: to measure for less saves next to none of it. */
  private static final double FEWEST_SHARE = 0.1;

  /** Of the time left, what may be planned: a machine's speed drifts. */
  private static final double RESERVE = 0.94;

  /**
   * The length for a day's later rounds.
   *
   * @param first the number of the day's first round
   * @return empty where the experiment's own holds: before the third round, without a time limit,
   *     where slices have no turns, and where looks need rounds that are all alike
   */
  static Optional<SliceLength> of(Definition definition, Results results, int first, int round)
      throws IOException {
    int made = TimeLimit.BLOCK * ((round - first) / TimeLimit.BLOCK);
    if (definition.timeLimit().isEmpty() || !definition.looks().isEmpty() || made <= 0) {
      return Optional.empty();
    }
    Optional<SliceLength> before = of(definition, results, first, first + made - 1);
    List<RoundLine> latest = completed(results, first + made - TimeLimit.BLOCK, first + made);
    int wanted = Math.min(WANTED_ROUNDS, definition.rounds());
    if (latest.size() < TimeLimit.BLOCK || (before.isPresent() && made >= wanted)) {
      return before;
    }
    int passes = definition.measurement().passes();
    int turns = Cell.of(definition).size() * definition.arms().size();
    double sweep = TURN_SECONDS * turns;
    Duration slice = before.map(SliceLength::slice).orElse(definition.measurement().slice());
    double closed = 1.0 * turns * passes * slice.toMillis() / 1e3;
    // The faster of them: the first round of a run pays for what is done once.
    double other =
        Math.max(0, latest.stream().mapToDouble(RoundLine::seconds).min().orElseThrow() - closed);
    double spent =
        results.rounds().stream()
            .filter(r -> r.round() >= first && r.round() < first + made)
            .mapToDouble(RoundLine::seconds)
            .sum();
    double left = RESERVE * (definition.timeLimit().get().toMillis() / 1e3 - spent);
    double share = Math.min(Effort.MOST_SWEEPS, FEWEST_SHARE * other / sweep);
    int fewest = (int) Math.max(Effort.FEWEST_SWEEPS, share);
    int possible = made + (int) (left / (other + fewest * sweep));
    int planned = Math.min(wanted, Math.max(definition.fewestRounds(), possible));
    int fitting = (int) ((left / Math.max(1, planned - made) - other) / sweep);
    return Effort.of(
            definition,
            results.environments().get(0),
            results.slices(),
            r -> r >= first && r < first + ROUNDS_TO_LEARN_FROM,
            other,
            sweep)
        .map(
            effort -> {
              int sweeps = Math.max(fewest, Math.min(effort.sweeps(), fitting));
              return new SliceLength(
                  Duration.ofMillis(Math.round(1000 * sweeps * TURN_SECONDS / passes)),
                  before.isPresent()
                      ? format(
                          "From round %d on each arm has %d turns a round: so many fit the time"
                              + " that is left.",
                          first + made, sweeps)
                      : reason(first, effort, sweeps, planned));
            })
        .filter(now -> !before.map(b -> b.slice.equals(now.slice)).orElse(false))
        .or(() -> before);
  }

  /** The rounds of a block, but for those whose last attempt failed. */
  private static List<RoundLine> completed(Results results, int from, int to) throws IOException {
    Map<Integer, RoundLine> lastAttempts =
        results.rounds().stream()
            .filter(r -> r.round() >= from && r.round() < to)
            .collect(
                Collectors.toMap(
                    RoundLine::round,
                    r -> r,
                    BinaryOperator.maxBy(Comparator.comparing(RoundLine::attempt))));
    return lastAttempts.values().stream().filter(r -> r.failure() == null).toList();
  }

  private static String reason(int first, Effort effort, int sweeps, int planned) {
    return format(
        "From round %d on each arm has %d turns a round: rounds %d and %d spread by %.1f %%"
            + " between turns and %.1f %% between rounds, for which %s would be best, and %d rounds"
            + " are planned. Expected: intervals of ±%.1f %% after %d rounds.",
        first + ROUNDS_TO_LEARN_FROM,
        sweeps,
        first,
        first + 1,
        100 * Math.sqrt(effort.within()),
        100 * Math.sqrt(effort.between()),
        effort.sweeps() == Effort.MOST_SWEEPS ? "as many as fit" : effort.sweeps(),
        planned,
        100 * effort.halfWidth(planned, sweeps),
        planned);
  }
}
