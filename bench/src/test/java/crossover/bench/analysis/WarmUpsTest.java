package crossover.bench.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.load.Slice;
import crossover.bench.plan.Cell;
import crossover.bench.plan.Site;
import crossover.bench.plan.View;
import crossover.bench.probe.ProcessUsage;
import crossover.bench.probe.Usage;
import crossover.bench.report.SliceLine;
import crossover.bench.report.SliceLine.Phase;
import crossover.bench.report.Summary;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WarmUpsTest {
  private static final Cell CELL =
      new Cell(Site.LOCALHOST, new View("get", Path.of("get.jmx"), true), 32);

  private final List<SliceLine> lines = new ArrayList<>();

  @Test
  void howLongItTookAndHowItEndedIsToldOfEveryRound() {
    warmUp(1, 9, 5, 3, 2, 2.1, 2, 2.1, 2, 2.1);
    warmUp(2, 9, 8, 7, 6, 5, 4);

    assertThat(WarmUps.of(CellSlices.of(CELL, lines), "sync"))
        .isEqualTo(new Summary.WarmUp(2, 1, 0.5 * (9 + 6) / 2, 4.5));
  }

  @Test
  void whatWasNotWarmedUpHasNone() {
    assertThat(WarmUps.of(CellSlices.of(CELL, lines), "sync")).isNull();
  }

  /** Windows of half a second, by the CPU time of a request. */
  private void warmUp(int round, double... cpu) {
    for (int pass = 1; pass <= cpu.length; pass++) {
      lines.add(
          new SliceLine(
              round,
              1,
              "localhost",
              "get",
              32,
              "sync",
              Phase.WARMUP,
              pass,
              List.of("sync"),
              Instant.EPOCH,
              new Slice(
                  "closed", 32, 0, 0.5, 1, 0, List.of(), 0, 2, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, ""),
              usage(cpu[pass - 1]),
              null));
    }
  }

  private static Usage usage(double cpu) {
    return new Usage(
        0.5,
        new ProcessUsage(cpu, cpu, 0, 0, 0),
        Map.of(),
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        Map.of(),
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0);
  }
}
