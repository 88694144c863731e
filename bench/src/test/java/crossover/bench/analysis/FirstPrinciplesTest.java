package crossover.bench.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import crossover.bench.experiment.Arm;
import crossover.bench.results.CrossoverMap.Crossing;
import crossover.bench.results.CrossoverMap.Where;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Worked by hand: pool 8, 0.5 ms of work for a request of which 0.25 ms are the server's. */
class FirstPrinciplesTest {
  private static final FirstPrinciples BLOCKING = new FirstPrinciples(8, 0.5, 0.25, 1);
  private static final FirstPrinciples PIPELINED = new FirstPrinciples(128, 0.5, 0.15, 1);

  @Test
  void aFarDatabaseBoundsAPoolByItsDelay() {
    // 8 ÷ 20.5 ms
    assertThat(BLOCKING.most(20)).isCloseTo(390.24, within(0.01));
    // 128 ÷ 20.5 ms
    assertThat(PIPELINED.most(20)).isCloseTo(6243.9, within(0.1));
  }

  @Test
  void aNearDatabaseLeavesTheCpuAsTheBound() {
    // 1 core ÷ 0.25 ms, where the pool would do 8 ÷ 0.5 ms = 16,000/s
    assertThat(BLOCKING.most(0)).isCloseTo(4000, within(1e-9));
  }

  @Test
  void aCandidateOvertakesOnceTheUsersFillTheBaselinesPool() {
    Crossing crossing = PIPELINED.overtakes(BLOCKING, "native", 20, 0.05);
    assertThat(crossing.where()).isEqualTo(Where.WITHIN);
    // 5 % more than the 8 who can be in the database at once
    assertThat(crossing.users()).isCloseTo(8.4, within(1e-9));
    assertThat(crossing.why())
        .isEqualTo("The baseline can serve 390/s (8 in flight), native 6,244/s (128 in flight).");
  }

  @Test
  void whoNeedsLessTimeForEachRequestIsAheadFromTheFirstUser() {
    FirstPrinciples lighter = new FirstPrinciples(8, 0.4, 0.15, 1);
    assertThat(lighter.overtakes(BLOCKING, "lighter", 0, 0.05).where()).isEqualTo(Where.AT_FEWEST);
  }

  @Test
  void anArmWithTheSameBoundsNeverOvertakes() {
    Crossing crossing = BLOCKING.overtakes(BLOCKING, "same", 20, 0.05);
    assertThat(crossing.where()).isEqualTo(Where.NOT_REACHED);
    assertThat(crossing.users()).isNaN();
  }

  @Test
  void theSettingsInForceSayHowManyMayBeInTheDatabaseAtOnce() {
    assertThat(FirstPrinciples.inFlight(arm("/sync", Map.of()))).contains(8);
    assertThat(FirstPrinciples.inFlight(arm("/native", Map.of()))).contains(128);
    assertThat(FirstPrinciples.inFlight(arm("/native", Map.of("crossover.pipelining", "1"))))
        .contains(8);
    assertThat(
            FirstPrinciples.inFlight(
                arm("/wrapped", Map.of("crossover.jdbc.pool", "64", "crossover.workers", "4"))))
        .contains(4);
    Map<String, String> fewThreads =
        Map.of("crossover.jdbc.pool", "64", "crossover.http.maxThreads", "16");
    assertThat(FirstPrinciples.inFlight(arm("/sync", fewThreads))).contains(16);
    Map<String, String> virtual =
        Map.of(
            "crossover.jdbc.pool", "64",
            "crossover.http.maxThreads", "16",
            "crossover.http.virtualThreads", "true");
    assertThat(FirstPrinciples.inFlight(arm("/sync", virtual))).contains(64);
  }

  @Test
  void nothingIsPredictedOfPathsThatAreNotCrossoversOwn() {
    assertThat(FirstPrinciples.inFlight(arm("/shop", Map.of()))).isEmpty();
  }

  private static Arm arm(String path, Map<String, String> settings) {
    return new Arm(
        "an-arm",
        Optional.empty(),
        "",
        "11",
        Optional.empty(),
        new Arm.Java(17, true),
        List.of(),
        settings,
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty(),
        path,
        "/health",
        200,
        Optional.empty(),
        Map.of(),
        false);
  }
}
