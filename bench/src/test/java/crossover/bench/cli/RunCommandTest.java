package crossover.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.experiment.Definition;
import crossover.bench.report.MadeUp;
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
    String keys =
        "experiment: x\narms: [{name: a}, {name: b}]\nplans: [get]\nrounds: 54\ntime-limit: 9 min\n";
    Path file = Files.writeString(folder.resolve("x.yaml"), keys);
    Definition frozen = Definition.read(file, Path.of("../jmeter-plans"));

    assertThat(RunCommand.goingOn(frozen, List.of(12))).isEqualTo(frozen);
    assertThat(RunCommand.goingOn(frozen, List.of(12, 54))).isEqualTo(frozen);
    assertThat(RunCommand.goingOn(frozen, List.of(12, 40))).isEqualTo(frozen.withRounds(40));
    assertThat(frozen.withRounds(40).timeLimit()).isEmpty();
  }

  private static int status(ObjectNode summary) {
    return new FormatOptions().status(Json.MAPPER.treeToValue(summary, Summary.class), false);
  }
}
