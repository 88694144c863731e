package crossover.bench.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.experiment.Limits;
import crossover.bench.results.Limit.Outcome;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How often any limit of a run with equal arms fails, from slices to outcomes. What a JVM is worth
 * is common to the throughput, the median and the p99 of its round.
 */
class EqualReleasesTest {
  private static final int RUNS = 400;

  /** Of 1,000 such runs 0.6, 0.5, 0.3 and 0.1 %; of the same with heavy tails 0.4, 0.2, 0.2, 0. */
  @ParameterizedTest
  @ValueSource(ints = {4, 6, 10, 20})
  void equalReleasesPassThreePercent(int rounds) {
    assertThat(failed(compared(rounds), "3%")).isLessThan(0.025);
    assertThat(failed(compared(rounds).heavyTails(), "3%")).isLessThan(0.025);
  }

  /** The worst there is: equal arms stand at this limit. Of 1,000 runs 4.5, 3.2, 2.3 and 3.0 %. */
  @ParameterizedTest
  @ValueSource(ints = {4, 6, 10, 20})
  void atTheLimitItselfHardlyMoreThanTheOneSideOfAnIntervalFail(int rounds) {
    double promised = rounds < 6 ? 0.0375 + 0.005 : 0.03 + 0.005;
    double error = Math.sqrt(promised * (1 - promised) / RUNS);

    assertThat(failed(compared(rounds), "0")).isLessThan(promised + 2 * error);
  }

  /** 15 throughputs and 30 response times: of 1,000 runs 3.0 %, of the response times alone 1.1. */
  @ParameterizedTest
  @ValueSource(ints = 8)
  void manyArmsAndCellsFailNoMoreOften(int rounds) {
    SimulatedRun run = new SimulatedRun(5, 4, rounds).jvmNoise(0.03).timed(0.06, 0.2);

    assertThat(failed(run, "0")).isLessThan(0.035 + 2 * Math.sqrt(0.035 / RUNS));
  }

  private static SimulatedRun compared(int rounds) {
    return new SimulatedRun(1, 2, rounds).jvmNoise(0.03).timed(0.06, 0.2);
  }

  private static double failed(SimulatedRun run, String most) {
    Limits limits = Limits.of(most, null, null);
    return (double)
            LongStream.range(0, RUNS)
                .parallel()
                .mapToObj(seed -> LimitCheck.of(limits, run.summary(seed)))
                .filter(found -> found.stream().anyMatch(l -> l.outcome() == Outcome.FAILED))
                .count()
        / RUNS;
  }
}
