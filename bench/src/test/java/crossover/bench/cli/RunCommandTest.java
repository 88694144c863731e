package crossover.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.report.MadeUp;
import crossover.bench.results.Json;
import crossover.bench.results.Summary;
import org.junit.jupiter.api.Test;
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

  private static int status(ObjectNode summary) {
    return RunCommand.status(Json.MAPPER.treeToValue(summary, Summary.class), false, false);
  }
}
