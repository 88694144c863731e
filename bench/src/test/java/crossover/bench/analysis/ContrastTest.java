package crossover.bench.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import crossover.bench.experiment.Cell;
import crossover.bench.experiment.Contrast;
import crossover.bench.experiment.Contrast.Step;
import crossover.bench.experiment.Site;
import crossover.bench.experiment.View;
import crossover.bench.load.Slice;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import crossover.bench.stats.Better;
import crossover.bench.stats.Comparison;
import crossover.bench.stats.LogRatio;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContrastTest {
  private static final Cell CELL =
      new Cell(Site.LOCALHOST, new View("get", Path.of("get.jmx"), true), 32);
  private static final List<String> ARMS =
      List.of("sync", "sync-blocking", "native", "native-blocking");
  private static final Step FILTER_ON_SYNC = new Step("sync-blocking", "sync");
  private static final Step FILTER_ON_NATIVE = new Step("native-blocking", "native");

  private final List<SliceLine> lines = new ArrayList<>();

  @Test
  void aStepIsOneArmDividedByTheOther() {
    round(1, 1000, 900, 2000, 1500);
    round(2, 1000, 900, 2000, 1500);

    assertThat(ratio(new Contrast("", FILTER_ON_NATIVE, Optional.empty())))
        .isCloseTo(0.75, within(1e-9));
  }

  @Test
  void aMismatchIsWhatAStepCostsBeyondWhatItCostsElsewhere() {
    // However fast the machine is in a round: 1500/2000 ÷ 900/1000 = 0.8333.
    round(1, 1000, 900, 2000, 1500);
    round(2, 500, 450, 1000, 750);
    round(3, 2000, 1800, 4000, 3000);
    round(4, 1000, 900, 2000, 1500);
    Contrast mismatch = new Contrast("", FILTER_ON_NATIVE, Optional.of(FILTER_ON_SYNC));

    Comparison found = Comparison.of(rounds(mismatch), Better.HIGHER);
    assertThat(found.ratio()).isCloseTo(0.8333, within(1e-4));
    assertThat(found.high()).isCloseTo(0.8333, within(1e-4));
    assertThat(mismatch.formula()).isEqualTo("(native-blocking ÷ native) ÷ (sync-blocking ÷ sync)");
  }

  @Test
  void aRoundThatLacksAnArmCountsForNothing() {
    round(1, 1000, 900, 2000, 1500);
    round(2, 1000, 900, 2000, Double.NaN);
    lines.removeIf(line -> Double.isNaN(line.load().throughput()));

    assertThat(rounds(new Contrast("", FILTER_ON_SYNC, Optional.of(FILTER_ON_NATIVE)))).hasSize(1);
  }

  private double ratio(Contrast contrast) {
    return Comparison.of(rounds(contrast), Better.HIGHER).ratio();
  }

  private List<LogRatio> rounds(Contrast contrast) {
    return CellSlices.of(CELL, lines).rounds(contrast, Phase.CLOSED, s -> s.load().throughput());
  }

  private void round(int round, double... throughputs) {
    List<String> order = round % 2 == 0 ? ARMS : ARMS.stream().sorted().toList();
    for (int arm = 0; arm < ARMS.size(); arm++) {
      Slice load =
          new Slice(
              "closed",
              32,
              0,
              1,
              1000,
              0,
              List.of(),
              0,
              throughputs[arm],
              1,
              1,
              1,
              1,
              1,
              1,
              1,
              0,
              1,
              1,
              "",
              1);
      lines.add(
          new SliceLine(
              round,
              1,
              "localhost",
              "get",
              32,
              ARMS.get(arm),
              Phase.CLOSED,
              1,
              order,
              Instant.EPOCH,
              load,
              null,
              null));
    }
  }
}
