package crossover.bench.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.experiment.Cell;
import crossover.bench.results.MadeSlice;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitingMemoryTest {
  @Test
  void theGrowthSinceTheWarmUpIsSharedByTheUsersWhoCame() {
    List<SliceLine> slices =
        List.of(slice(1, Phase.WARMUP, 8, 1, 200e6), slice(1, Phase.CLOSED, 1008, 2, 220e6));
    assertThat(WaitingMemory.bytes(slices, new Cell.Id("get", "far", 1008))).isEqualTo(20_000);
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
    assertThat(WaitingMemory.bytes(slices, new Cell.Id("get", "far", 1008))).isEqualTo(30_000);
    assertThat(WaitingMemory.bytes(slices, new Cell.Id("get", "far", 2008))).isEqualTo(50_000);
  }

  @Test
  void asFewUsersAsInTheWarmUpTellNothing() {
    List<SliceLine> slices =
        List.of(slice(1, Phase.WARMUP, 8, 1, 200e6), slice(1, Phase.CLOSED, 8, 2, 201e6));
    assertThat(WaitingMemory.bytes(slices, new Cell.Id("get", "far", 8))).isNaN();
  }

  @Test
  void slicesInTurnsTellNothing() {
    MadeSlice inTurns =
        made(1, Phase.CLOSED, 1008, 2, 220e6)
            .with("perTurn", List.of(new SliceLine.Turn(1, 0.1, 1)));
    List<SliceLine> slices = List.of(slice(1, Phase.WARMUP, 8, 1, 200e6), inTurns.line());
    assertThat(WaitingMemory.bytes(slices, new Cell.Id("get", "far", 1008))).isNaN();
  }

  private static SliceLine slice(int round, Phase phase, int users, int second, double rss) {
    return made(round, phase, users, second, rss).line();
  }

  private static MadeSlice made(int round, Phase phase, int users, int second, double rss) {
    return new MadeSlice()
        .with("round", round)
        .with("site", "far")
        .with("users", users)
        .with("phase", phase)
        .with("start", Instant.ofEpochSecond(second))
        .usage("rssBytes", rss);
  }
}
