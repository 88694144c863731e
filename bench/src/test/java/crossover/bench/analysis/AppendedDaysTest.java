package crossover.bench.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.results.Environment;
import crossover.bench.results.Json;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class AppendedDaysTest {
  @Test
  void aDayThatEndedAtNoDeclaredLookIsToldToTheReader() {
    assertThat(new SimulatedRun(1, 2, 4, 4).summary(1).notices())
        .singleElement()
        .asString()
        .contains("after round 4")
        .contains("above 5 %");
  }

  @Test
  void aDeclaredLookOrASingleDayNeedsNoNotice() {
    assertThat(new SimulatedRun(1, 2, List.of(4), 4, 4).summary(1).notices()).isEmpty();
    assertThat(new SimulatedRun(1, 2, 4).summary(1).notices()).isEmpty();
  }

  @Test
  void theNoticesOfEveryDayAreToldToTheReaderOnce() {
    SimulatedRun run = new SimulatedRun(1, 2, List.of(4), 4, 4);
    ObjectNode second = (ObjectNode) Json.MAPPER.valueToTree(run.environment());
    second.putArray("notices").add("Left out: virtual.");
    Environment day = Json.MAPPER.treeToValue(second, Environment.class);

    assertThat(
            Analysis.of(run.definition(), List.of(run.environment(), day, day), run.lines(1))
                .notices())
        .containsOnlyOnce("Left out: virtual.");
  }

  /** Turns whose requests never vary, and whose CPU time does: only capacity has noise. */
  @Test
  void theNoiseOfAnAppendedDayIsThatOfTheMetricWhichTheFirstWarmUpChose() {
    SimulatedRun run = new SimulatedRun(1, 2, 2, 2);
    List<SliceLine> lines = new ArrayList<>();
    for (SliceLine line : run.lines(1)) {
      if (line.round() == 1) {
        lines.add(warmUp(line));
      }
      lines.add(inTurns(line));
    }

    Effort effort =
        Effort.of(run.definition(), run.environment(), lines, round -> round > 2, 10, 1)
            .orElseThrow();

    assertThat(effort.within()).isPositive();
  }

  /** In which the generator was the limit. */
  private static SliceLine warmUp(SliceLine line) {
    ObjectNode tree = (ObjectNode) Json.MAPPER.valueToTree(line);
    tree.put("phase", "WARMUP").put("start", line.start().minusSeconds(100).toString());
    ((ObjectNode) tree.get("load")).put("generatorCpuSeconds", 1.9);
    ObjectNode usage = tree.putObject("usage");
    usage.putObject("server").put("cpu", 1).put("compilers", 0);
    usage.putObject("backends");
    usage.putObject("pools");
    SliceLine warmUp = Json.MAPPER.treeToValue(tree, SliceLine.class);
    assertThat(warmUp.phase()).isEqualTo(Phase.WARMUP);
    return warmUp;
  }

  private static SliceLine inTurns(SliceLine line) {
    ObjectNode tree = (ObjectNode) Json.MAPPER.valueToTree(line);
    ArrayNode turns = tree.putArray("perTurn");
    for (int turn = 0; turn < 10; turn++) {
      int cpu = 40 + (7 * turn + 3 * line.round() * line.arm().hashCode()) % 11;
      turns.addPOJO(new SliceLine.Turn(100, 0.1, cpu));
    }
    return Json.MAPPER.treeToValue(tree, SliceLine.class);
  }
}
