package crossover.bench.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.experiment.Limits;
import crossover.bench.results.Limit;
import crossover.bench.results.Limit.Outcome;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How often any limit of a run with equal arms fails, from slices to outcomes. What a JVM is worth
 * is common to the throughput, the median and the p99 of its round.
 */
class EqualReleasesTest {
  private static final int RUNS = 400;

  /** Of 1,000 such runs of 4, 6, 10 and 20 rounds 0.6, 0.5, 0.3 and 0.1 %. */
  @ParameterizedTest
  @ValueSource(ints = {4, 20})
  void equalReleasesPassThreePercent(int rounds) {
    assertThat(anyOf(failures(compared(rounds), "3%"))).isLessThan(0.01);
  }

  /**
   * The worst there is: equal arms stand at this limit. Of 1,000 runs of 4, 6, 10 and 20 rounds
   * 4.5, 3.2, 2.3 and 3.0 %; of the response times alone 0.6, 0.7, 0.6 and 0.5 %.
   */
  @ParameterizedTest
  @ValueSource(ints = {4, 20})
  void atTheLimitItselfHardlyMoreThanTheOneSideOfAnIntervalFail(int rounds) {
    double promised = rounds < 6 ? 0.0375 + 0.005 : 0.03 + 0.005;
    double error = Math.sqrt(promised * (1 - promised) / RUNS);

    List<List<Limit>> failures = failures(compared(rounds), "0");

    assertThat(anyOf(failures)).isLessThan(promised + 2 * error);
    assertThat(responseTimesOf(failures)).isLessThan(0.01);
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(ints = {6, 10})
  void theSameHoldsInBetween(int rounds) {
    equalReleasesPassThreePercent(rounds);
    atTheLimitItselfHardlyMoreThanTheOneSideOfAnIntervalFail(rounds);
  }

  /** Of 1,000 such runs 0.4, 0.2, 0.2, 0. */
  @Tag("long")
  @ParameterizedTest
  @ValueSource(ints = {4, 6, 10, 20})
  void equalReleasesPassWithNoiseOfHeavyTails(int rounds) {
    assertThat(anyOf(failures(compared(rounds).heavyTails(), "3%"))).isLessThan(0.01);
  }

  /** 15 throughputs and 30 response times: of 1,000 runs 3.0 %, of the response times alone 1.1. */
  @Test
  void manyArmsAndCellsFailNoMoreOften() {
    SimulatedRun run = new SimulatedRun(5, 4, 8).jvmNoise(0.03).timed(0.06, 0.2);

    List<List<Limit>> failures = failures(run, "0");

    assertThat(anyOf(failures)).isLessThan(0.035 + 2 * Math.sqrt(0.035 / RUNS));
    assertThat(responseTimesOf(failures)).isLessThan(0.02);
  }

  private static SimulatedRun compared(int rounds) {
    return new SimulatedRun(1, 2, rounds).jvmNoise(0.03).timed(0.06, 0.2);
  }

  /** Of each run the limits that failed. */
  private static List<List<Limit>> failures(SimulatedRun run, String most) {
    Limits limits = Limits.of(most, null, null);
    return LongStream.range(0, RUNS)
        .parallel()
        .mapToObj(seed -> LimitCheck.of(limits, run.summary(seed)))
        .map(found -> found.stream().filter(l -> l.outcome() == Outcome.FAILED).toList())
        .toList();
  }

  private static double anyOf(List<List<Limit>> failures) {
    return share(failures, limit -> true);
  }

  private static double responseTimesOf(List<List<Limit>> failures) {
    return share(failures, limit -> limit.sentence().contains("at a fixed rate"));
  }

  private static double share(List<List<Limit>> failures, Predicate<Limit> such) {
    return (double) failures.stream().filter(run -> run.stream().anyMatch(such)).count() / RUNS;
  }
}
