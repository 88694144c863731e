package crossover.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.results.Json;
import crossover.bench.results.Summary;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConsoleTableTest {
  private final String table = ConsoleTable.of(MadeUp.summary(), Path.of("results", "x"));

  @Test
  void noLineIsWiderThanAHundredColumns() {
    assertThat(table.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
  }

  @Test
  void theTextIsTheOneThatWasLookedAt() {
    assertThat(table).isEqualToNormalizingNewlines(Golden.text("console.txt"));
  }

  @Test
  void anInvalidCellHasNoVerdictAndItsGateIsQuoted() {
    assertThat(table).containsPattern("virtual .* not valid");
    assertThat(table).contains("NOT VALID: form · localhost · 32 users · virtual was still");
  }

  @Test
  void aNameThatIsLongerThanItsColumnHasALineOfItsOwn() {
    String json = Json.MAPPER.writeValueAsString(MadeUp.summary());
    String name = "shop-frontend-1.5.0-SNAPSHOT";
    Summary renamed =
        Json.MAPPER.readValue(json.replace("\"wrapped\"", '"' + name + '"'), Summary.class);

    String written = ConsoleTable.of(renamed, Path.of("results", "x"));

    assertThat(written).containsPattern("(?m)^  " + name + "\\R {22} +[0-9,]+/s +[0-9.]+ ");
    assertThat(written.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
  }

  @Test
  void whatElseWasAskedStandsBelowItsPlace() {
    assertThat(table)
        .contains("beyond what it costs on a virtual one, (wrapped")
        .contains("      0.912  0.871 – 0.955  slower");
  }

  @Test
  void furtherRoundsAreExplained() {
    assertThat(table)
        .contains("inconclusive (+12)")
        .contains("(+n): about n more rounds would settle it.");
  }

  @Test
  void itEndsWithTheNoticesAndThePathOfTheResults() {
    assertThat(
            table
                .lines()
                .toList()
                .subList((int) table.lines().count() - 3, 0 + (int) table.lines().count()))
        .endsWith(
            "Note: The figures of this summary are invented; it exists to try the report.",
            "Note: Server on core 0; generator, PostgreSQL and Redis on core 1.",
            "Results: " + Path.of("results", "x"));
  }
}
