package crossover.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.experiment.Definition;
import crossover.bench.report.MadeUp;
import crossover.bench.results.Environment;
import crossover.bench.results.Json;
import crossover.bench.results.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class RunCommandTest {
  @Test
  void aSmokeRunThatMeasuredNothingOfAnArmIsNotValid() {
    ObjectNode summary = (ObjectNode) Json.MAPPER.valueToTree(MadeUp.summary());
    summary.put("smoke", true).path("cells").forEach(c -> ((ObjectNode) c).put("errors", 0));
    assertThat(status(summary)).isEqualTo(ExitStatus.DONE);

    ((ObjectNode) summary.path("cells").get(1)).put("rounds", 0);
    assertThat(status(summary)).isEqualTo(ExitStatus.NOT_VALID);
  }

  /** The time limit is for a day whose rounds nobody has asked for. */
  @Test
  void aDayThatWasBegunWithRoundsOfItsOwnGoesOnWithThem(@TempDir Path folder) throws IOException {
    Definition frozen = frozen(folder);
    Environment first = day(12, true);

    assertThat(RunCommand.goingOn(frozen, List.of(first))).isEqualTo(frozen);
    assertThat(RunCommand.goingOn(frozen, List.of(first, day(54, true)))).isEqualTo(frozen);
    assertThat(RunCommand.goingOn(frozen, List.of(first, day(6, true)))).isEqualTo(frozen);
    assertThat(RunCommand.goingOn(frozen, List.of(first, day(40, false))))
        .isEqualTo(frozen.withRounds(40));
    assertThat(RunCommand.goingOn(frozen, List.of(first, day(54, false))))
        .isEqualTo(frozen.withRounds(54))
        .isNotEqualTo(frozen);
    assertThat(frozen.withRounds(40).timeLimit()).isEmpty();
  }

  @Test
  void anOlderFolderDoesNotSayWhetherADayIsLimited(@TempDir Path folder) throws IOException {
    Definition frozen = frozen(folder);

    assertThat(RunCommand.goingOn(frozen, List.of(day(54, null)))).isEqualTo(frozen);
    assertThat(RunCommand.goingOn(frozen, List.of(day(12, null), day(54, null)))).isEqualTo(frozen);
    assertThat(RunCommand.goingOn(frozen, List.of(day(12, null), day(40, null))))
        .isEqualTo(frozen.withRounds(40));
  }

  private static Definition frozen(Path folder) throws IOException {
    String keys =
        "experiment: x\narms: [{name: a}, {name: b}]\nplans: [get]\nrounds: 54\ntime-limit: 9 min\n";
    Path file = Files.writeString(folder.resolve("x.yaml"), keys);
    return Definition.read(file, Path.of("../jmeter-plans"));
  }

  private static Environment day(int rounds, Boolean timeLimited) {
    ObjectNode day = Json.MAPPER.createObjectNode().put("rounds", rounds);
    if (timeLimited != null) {
      day.put("timeLimited", timeLimited);
    }
    return Json.MAPPER.treeToValue(day, Environment.class);
  }

  private static int status(ObjectNode summary) {
    return new FormatOptions().status(Json.MAPPER.treeToValue(summary, Summary.class), false);
  }
}
