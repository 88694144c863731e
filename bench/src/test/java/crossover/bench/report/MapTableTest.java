package crossover.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MapTableTest {
  private final String table =
      ConsoleTable.of(MadeUpMap.map(), MadeUp.summary(), Path.of("results/one"));

  @Test
  void theGridHasTheMostUsersAtTheTopAndTheFarthestDatabaseAtTheRight() {
    assertThat(table.lines().skip(1).limit(4))
        .containsExactly(
            "         users            0 ms           20 ms",
            "         2,000     native 1.71    native alone",
            "            64          ? 1.12     native 3.94",
            "             8      sync 0.820          ≈ 1.01");
  }

  @Test
  void theBoundaryStandsBesideItsPrediction() {
    assertThat(table)
        .containsPattern("native +20 ms  from 36 users \\(33 – 41\\) +from 35 users")
        .containsPattern("native +0 ms  undecided \\(90 – above 2,000\\) +never");
  }

  @Test
  void aMissedGateIsToldWithItsReason() {
    assertThat(table)
        .contains("NOT VALID: form · localhost · 32 users · virtual was still getting");
  }

  @Test
  void noLineIsWiderThanATerminal() {
    assertThat(table.lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
  }
}
