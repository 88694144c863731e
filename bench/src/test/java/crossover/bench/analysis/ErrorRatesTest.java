package crossover.bench.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.results.SliceLine;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How often any primary interval of a run misses its true ratio, from slices to summary: 5 % is
 * what the method promises, of noise of many kinds. Each figure is from so many runs with fixed
 * seeds.
 */
class ErrorRatesTest {
  private static final int RUNS = 400;
  private static final int MANY = 1_000;

  /** The promise: 6 % from 6 rounds on, 7.5 % below. */
  private static double most(int rounds, int runs) {
    double promised = promised(rounds);
    return promised + 2 * Math.sqrt(promised * (1 - promised) / runs);
  }

  private static double promised(int rounds) {
    return rounds < 6 ? 0.075 : 0.06;
  }

  /**
   * With no more wrong ones among the first {@link #RUNS} the rest of {@link #MANY} is left out.
   * One in a hundred is lost so of the faults that all of them find (true rates of 6 to 12 %, by
   * the binomial distribution).
   */
  private static double few(int rounds) {
    double promised = promised(rounds);
    return RUNS * promised - Math.sqrt(RUNS * promised * (1 - promised)) / 2;
  }

  private static void holds(String what, IntFunction<SimulatedRun> ofRounds) {
    double[] wrong = new double[2];
    int[] rounds = {4, 8};
    for (int i = 0; i < rounds.length; i++) {
      wrong[i] = missed(ofRounds.apply(rounds[i]), RUNS);
      assertThat(wrong[i]).isLessThan(most(rounds[i], RUNS));
    }
    Document.line(
        String.format(
            Locale.ROOT,
            "| %s | %s | %s |",
            what,
            Document.percent(wrong[0]),
            Document.percent(wrong[1])));
  }

  private static double missed(SimulatedRun run, int runs) {
    return (double) count(isMissed(run), 0, runs) / runs;
  }

  private static LongPredicate isMissed(SimulatedRun run) {
    return seed -> SimulatedRun.wrong(run.summary(seed), run) > 0;
  }

  private static long count(LongPredicate trueOfRun, int from, int to) {
    return LongStream.range(from, to).parallel().filter(trueOfRun).count();
  }

  @Test
  void oneArmIsTwiceAsNoisy() {
    holds("one arm twice as noisy", r -> new SimulatedRun(3, 4, r).armNoise(1, 2, 1));
  }

  @Test
  void theBaselineIsTwiceAsNoisy() {
    holds("the baseline twice as noisy", r -> new SimulatedRun(3, 4, r).armNoise(2, 1));
  }

  @Test
  void cellsDiffer() {
    holds("cells of 2, 4 and 12 % noise", r -> new SimulatedRun(3, 4, r).cellNoise(.02, .04, .12));
  }

  @Test
  void slicesStandOneAfterTheOtherOnTwoDays() {
    holds(
        "slices one after the other, on two days with opposite effects of the place",
        r -> new SimulatedRun(3, 4, r / 2, r / 2).oneAfterTheOther(0.03, 2));
  }

  @Test
  void twelveArms() {
    holds(
        "twelve arms, the baseline twice as noisy", r -> new SimulatedRun(1, 12, r).armNoise(2, 1));
  }

  /** Where there is no baseline the others are compared with each other, in the same family. */
  @Test
  @Tag("long")
  void theBaselineRefuses() {
    SimulatedRun run = new SimulatedRun(2, 4, 6).baselineRefuses();
    assertThat(missed(run, RUNS)).isLessThan(most(6, RUNS));
  }

  /** Whoever stops at the look that shows most. */
  @Test
  @Tag("long")
  void looks() {
    SimulatedRun run = new SimulatedRun(3, 4, List.of(4, 6), 8);
    long wrong =
        count(
            seed -> {
              List<SliceLine> lines = run.lines(seed);
              return List.of(4, 6, 8).stream()
                  .anyMatch(look -> SimulatedRun.wrong(run.summary(lines, look), run) > 0);
            },
            0,
            MANY);
    assertThat((double) wrong / MANY).isLessThan(most(8, MANY));
  }

  @Test
  @Tag("long")
  void manyRunsOfAllKindsStayBelowThePromise() {
    for (int rounds : new int[] {3, 5, 6, 12}) {
      List<SimulatedRun> kinds =
          List.of(
              new SimulatedRun(5, 5, rounds),
              new SimulatedRun(5, 5, rounds).armNoise(1, 2, 1),
              new SimulatedRun(5, 5, rounds).armNoise(2, 1),
              new SimulatedRun(3, 3, rounds).armNoise(2, 1),
              new SimulatedRun(5, 2, rounds).cellNoise(.02, .02, .02, .02, .06),
              new SimulatedRun(1, 12, rounds).armNoise(2, 1),
              new SimulatedRun(3, 4, rounds).jvmNoise(0.04),
              new SimulatedRun(3, 4, rounds).heavyTails(),
              new SimulatedRun(3, 4, rounds).missing(0.05).effects(0, 0.1, -0.2, 0));
      for (SimulatedRun kind : kinds) {
        long missed = count(isMissed(kind), 0, RUNS);
        if (missed > few(rounds)) {
          missed += count(isMissed(kind), RUNS, MANY);
          assertThat((double) missed / MANY).isLessThan(most(rounds, MANY));
        }
      }
    }
  }
}
