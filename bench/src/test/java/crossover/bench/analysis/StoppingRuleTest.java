package crossover.bench.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.experiment.Cell;
import crossover.bench.experiment.Definition;
import crossover.bench.results.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoppingRuleTest {
  @TempDir private Path folder;
  private Definition definition;

  @BeforeEach
  void define() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("one.yaml"),
            """
            experiment: one
            arms:
              - {name: sync, path: /sync}
              - {name: native, path: /native}
              - {name: virtual, path: /sync}
            plans: [get]
            users: 64
            sites: [{name: far, database: 10ms}]
            """);
    definition = Definition.read(file, Path.of("../jmeter-plans"));
  }

  private boolean settled(Judged judged) {
    return StoppingRule.settled(definition, judged.summary()).equals(Cell.of(definition));
  }

  @Test
  void aCellIsMeasuredFurtherUntilEveryComparisonInItIsDecided() {
    assertThat(
            settled(
                new Judged()
                    .baseline()
                    .candidate("native", 2, Verdict.FASTER)
                    .candidate("virtual", 1, Verdict.EQUIVALENT)))
        .isTrue();
    assertThat(
            settled(
                new Judged()
                    .baseline()
                    .candidate("native", 2, Verdict.FASTER)
                    .candidate("virtual", 1.1, Verdict.INCONCLUSIVE)))
        .isFalse();
  }

  @Test
  void aDifferenceThatMayBeChanceIsNotDecided() {
    assertThat(settled(new Judged().baseline().candidate("native", 2, Verdict.INCONCLUSIVE)))
        .isFalse();
  }

  @Test
  void anArmThatRefusesIsNotAskedAgain() {
    assertThat(
            settled(
                new Judged().baseline().candidate("native", 2, Verdict.FASTER).refusing("virtual")))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({"FASTER, true", "INCONCLUSIVE, false"})
  void whereTheBaselineRefusesTheOthersAreToldApart(Verdict verdict, boolean settled) {
    Judged judged = new Judged().refusing("sync").holding("native").holding("virtual");
    assertThat(settled(judged.pair("virtual", "native", 1.15, verdict))).isEqualTo(settled);
  }
}
