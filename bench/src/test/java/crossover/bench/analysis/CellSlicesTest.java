package crossover.bench.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.experiment.Cell;
import crossover.bench.results.Json;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class CellSlicesTest {
  private static final List<String> ARMS = List.of("arm0", "arm1");

  private final SimulatedRun run = new SimulatedRun(1, 2, 3).oneAfterTheOther(0, 1);

  @Test
  void aLaterWarmUpHidesNoSlice() {
    List<SliceLine> lines = new ArrayList<>(run.lines(1));
    lines.add(edited(lines.get(0), slice -> slice.put("phase", "WARMUP").put("attempt", 2)));

    assertThat(cell(lines).usable("arm0", Phase.CLOSED)).hasSize(3);
  }

  @Test
  void slicesOfASingleTurnHaveNoPlaceInTheOrder() {
    List<SliceLine> whole = run.lines(1);
    List<SliceLine> inTurns =
        whole.stream()
            .map(
                line ->
                    edited(
                        line, s -> s.putArray("perTurn").addPOJO(new SliceLine.Turn(100, 0.1, 50))))
            .toList();

    assertThat(places(whole)).contains(0, 1);
    assertThat(places(inTurns)).containsOnly(0);
  }

  private List<Integer> places(List<SliceLine> lines) {
    return cell(lines).values(Phase.CLOSED, s -> s.load().throughput(), ARMS).stream()
        .map(value -> value.spot().place())
        .toList();
  }

  private CellSlices cell(List<SliceLine> lines) {
    return CellSlices.of(Cell.of(run.definition()), lines).get(0);
  }

  private static SliceLine edited(SliceLine line, Consumer<ObjectNode> change) {
    ObjectNode tree = (ObjectNode) Json.MAPPER.valueToTree(line);
    change.accept(tree);
    return Json.MAPPER.treeToValue(tree, SliceLine.class);
  }
}
