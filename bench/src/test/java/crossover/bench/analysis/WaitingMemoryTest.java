package crossover.bench.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.load.Slice;
import crossover.bench.probe.Usage;
import crossover.bench.results.Json;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class WaitingMemoryTest {
  private static final Usage USAGE =
      new Usage(1, null, Map.of(), 0, 0, 0, 0, 0, 0, 0, Map.of(), 0, 0, 0, 0, 0, 0, 0, 0, 0);

  @Test
  void theGrowthSinceTheWarmUpIsSharedByTheUsersWhoCame() {
    List<SliceLine> slices =
        List.of(slice(1, Phase.WARMUP, 8, 1, 200e6), slice(1, Phase.CLOSED, 1008, 2, 220e6));
    assertThat(WaitingMemory.bytes(slices, "far", 1008)).isEqualTo(20_000);
  }

  @Test
  void aSliceAfterOneWithMoreUsersTellsNothing() {
    List<SliceLine> slices =
        List.of(
            slice(1, Phase.WARMUP, 8, 1, 200e6),
            slice(1, Phase.CLOSED, 2008, 2, 300e6),
            slice(1, Phase.CLOSED, 1008, 3, 300e6),
            slice(2, Phase.WARMUP, 8, 4, 200e6),
            slice(2, Phase.CLOSED, 1008, 5, 230e6));
    assertThat(WaitingMemory.bytes(slices, "far", 1008)).isEqualTo(30_000);
    assertThat(WaitingMemory.bytes(slices, "far", 2008)).isEqualTo(50_000);
  }

  @Test
  void asFewUsersAsInTheWarmUpTellNothing() {
    List<SliceLine> slices =
        List.of(slice(1, Phase.WARMUP, 8, 1, 200e6), slice(1, Phase.CLOSED, 8, 2, 201e6));
    assertThat(WaitingMemory.bytes(slices, "far", 8)).isNaN();
  }

  @Test
  void slicesInTurnsTellNothing() {
    ObjectNode inTurns =
        (ObjectNode) Json.MAPPER.valueToTree(slice(1, Phase.CLOSED, 1008, 2, 220e6));
    inTurns.putArray("perTurn").addPOJO(new SliceLine.Turn(1, 0.1, 1));
    List<SliceLine> slices =
        List.of(
            slice(1, Phase.WARMUP, 8, 1, 200e6), Json.MAPPER.treeToValue(inTurns, SliceLine.class));
    assertThat(WaitingMemory.bytes(slices, "far", 1008)).isNaN();
  }

  private static SliceLine slice(int round, Phase phase, int users, int second, double rss) {
    ObjectNode usage = (ObjectNode) Json.MAPPER.valueToTree(USAGE);
    usage.put("rssBytes", rss);
    return new SliceLine(
        round,
        1,
        "far",
        "get",
        users,
        "native",
        phase,
        1,
        List.of(),
        Instant.ofEpochSecond(second),
        Json.MAPPER.readValue("{}", Slice.class),
        Json.MAPPER.treeToValue(usage, Usage.class),
        null);
  }
}
