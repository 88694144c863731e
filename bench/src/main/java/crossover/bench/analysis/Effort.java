package crossover.bench.analysis;

import crossover.bench.experiment.Cell;
import crossover.bench.experiment.Definition;
import crossover.bench.results.Environment;
import crossover.bench.results.Metric;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import crossover.bench.results.SliceLine.Turn;
import crossover.bench.stats.BlockDesign.Spot;
import crossover.bench.stats.BlockDesign.Value;
import crossover.bench.stats.CriticalValues;
import crossover.bench.stats.ErrorModel;
import crossover.bench.stats.ErrorModel.Contrast;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * How many sweeps of turns a round should have, and how wide the intervals of so many rounds will
 * be, from the noise between sweeps and between rounds (Kalibera &amp; Jones 2013, Rigorous
 * benchmarking in reasonable time: √(cost of a round ÷ cost of a sweep × variance within ÷ variance
 * between)).
 *
 * <p>Both variances are of residuals after arms, rounds and sweeps. So the rule cannot see how the
 * arms compare, and what it chooses favours none.
 *
 * @param sweeps a round should have
 * @param within variance of the logarithm of one turn of an arm
 * @param between variance of the logarithm of an arm's figure from round to round, beyond what its
 *     turns explain
 */
public record Effort(int sweeps, double within, double between, int cells, int arms) {
  /** Fewer turns would rest on single ones. */
  public static final int FEWEST_SWEEPS = 5;

  /** More turns than this hardly narrow the intervals: only more rounds do. */
  public static final int MOST_SWEEPS = 100;

  /**
   * From the turns of some rounds.
   *
   * @param slices all that count, for the choice of the metric
   * @param rounds whose turns tell
   * @param secondsOfRound what a round costs before its first measured sweep
   * @param secondsOfSweep what a sweep over all cells and arms costs
   * @return empty before two rounds were measured in turns
   */
  public static Optional<Effort> of(
      Definition definition,
      Environment environment,
      List<SliceLine> slices,
      IntPredicate rounds,
      double secondsOfRound,
      double secondsOfSweep) {
    List<String> arms = definition.arms().stream().map(a -> a.name()).toList();
    List<SliceLine> telling = slices.stream().filter(s -> rounds.test(s.round())).toList();
    List<CellSlices> cells = CellSlices.of(Cell.of(definition), telling);
    List<List<Value>> byTurn = new ArrayList<>();
    List<List<Value>> byRound = new ArrayList<>();
    double turns = 0;
    for (CellSlices cell : cells) {
      boolean throughput =
          MetricChoice.of(definition, environment, cell.cell(), slices).metric()
              == Metric.THROUGHPUT;
      List<Value> means = new ArrayList<>();
      for (int round : inTurns(cell, arms)) {
        List<Value> own = new ArrayList<>();
        for (int arm = 0; arm < arms.size(); arm++) {
          List<Turn> measured = turns(cell, arms.get(arm), round);
          for (int turn = 0; turn < measured.size(); turn++) {
            own.add(new Value(new Spot(turn, 1, arm, 0), log(measured.get(turn), throughput)));
          }
          means.add(new Value(new Spot(round, 1, arm, 0), mean(measured, throughput)));
          turns += measured.size();
        }
        byTurn.add(own);
      }
      byRound.add(means);
    }
    ErrorModel within = new ErrorModel(byTurn, arms.size());
    ErrorModel between = new ErrorModel(byRound, arms.size());
    double values = byRound.stream().mapToInt(List::size).sum();
    if (within.df() == 0 || between.df() == 0) {
      return Optional.empty();
    }
    double ofTurn = Math.pow(within.sd(), 2);
    double ofRound = Math.max(0, Math.pow(between.sd(), 2) - ofTurn * values / turns);
    double best = Math.sqrt(secondsOfRound / secondsOfSweep * ofTurn / ofRound);
    return Optional.of(
        new Effort(
            (int) Math.max(FEWEST_SWEEPS, Math.min(MOST_SWEEPS, Math.round(best))),
            ofTurn,
            ofRound,
            cells.size(),
            arms.size()));
  }

  /** The rounds in which any arm has turns. */
  private static List<Integer> inTurns(CellSlices cell, List<String> arms) {
    return arms.stream()
        .flatMap(arm -> cell.usable(arm, Phase.CLOSED).stream())
        .filter(slice -> !slice.perTurn().isEmpty())
        .map(SliceLine::round)
        .distinct()
        .sorted()
        .toList();
  }

  private static List<Turn> turns(CellSlices cell, String arm, int round) {
    return cell.usable(arm, Phase.CLOSED).stream()
        .filter(slice -> slice.round() == round)
        .flatMap(slice -> slice.perTurn().stream())
        .toList();
  }

  private static double log(Turn turn, boolean throughput) {
    return Math.log(
        turn.requests() / (throughput ? turn.seconds() : turn.serverCpuMillis() / 1000));
  }

  private static double mean(List<Turn> turns, boolean throughput) {
    return turns.stream()
        .mapToDouble(t -> log(t, throughput))
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }

  /**
   * Half the width of a primary interval that so many rounds of so many sweeps will have, as a
   * fraction: 0.05 is ±5 %. NaN below 3 rounds.
   */
  public double halfWidth(int rounds, int sweeps) {
    if (rounds < 3) {
      return Double.NaN;
    }
    List<List<Value>> empty = new ArrayList<>();
    List<Contrast> family = new ArrayList<>();
    for (int cell = 0; cell < cells; cell++) {
      List<Value> values = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        for (int arm = 0; arm < arms; arm++) {
          // Any numbers that are not all alike: only their design counts.
          values.add(new Value(new Spot(round, 1, arm, 0), round * arm % 3));
        }
      }
      empty.add(values);
      for (int arm = 1; arm < arms; arm++) {
        family.add(Contrast.of(cell, arms, arm, 0));
      }
    }
    int df = (rounds - 1) * (arms - 1);
    double critical =
        CriticalValues.of(ErrorModel.alike(empty, arms), family, ErrorModel.LEVEL).at(df);
    return Math.expm1(critical * Math.sqrt(2 * (between + within / sweeps) / rounds));
  }
}
