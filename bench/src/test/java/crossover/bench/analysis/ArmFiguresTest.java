package crossover.bench.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import crossover.bench.experiment.Cell;
import crossover.bench.experiment.Site;
import crossover.bench.experiment.View;
import crossover.bench.load.Slice;
import crossover.bench.results.ArmInCell;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ArmFiguresTest {
  private static final Cell CELL =
      new Cell(Site.LOCALHOST, new View("get", Path.of("get.jmx"), true), 32);

  @Test
  void aP99OfTenThousandRequestsIsNamedWithItsInterval() {
    ArmInCell.Latency latency = latency(2_500);

    assertThat(latency.requests()).isEqualTo(10_000);
    assertThat(latency.p99().value()).isCloseTo(9, within(1e-9));
    assertThat(latency.p999().high()).isFinite();
  }

  @Test
  void ofFewerRequestsTheTailIsNotNamed() {
    ArmInCell.Latency latency = latency(2_499);

    assertThat(latency.p99().value()).isNaN();
    assertThat(latency.p999().value()).isNaN();
    assertThat(latency.p90().value()).isCloseTo(5, within(1e-9));
  }

  /** Of four rounds with so many requests each. */
  private static ArmInCell.Latency latency(long requests) {
    List<SliceLine> lines =
        IntStream.rangeClosed(1, 4).mapToObj(round -> open(round, requests)).toList();
    return new ArmFigures(CellSlices.of(List.of(CELL), lines).get(0), "sync")
        .toCell(CELL, "sync", new Bottleneck("", ""), 0, true)
        .latency();
  }

  private static SliceLine open(int round, long requests) {
    Slice load =
        new Slice(
            "open", 32, 50, 1, requests, 0, List.of(), 0, 50, 1, 0, 1, 5, 9, 20, 30, 0.1, 1, 1, "",
            1);
    return new SliceLine(
        round,
        1,
        "localhost",
        "get",
        32,
        "sync",
        Phase.OPEN,
        1,
        List.of("sync"),
        Instant.EPOCH,
        load,
        null,
        null);
  }
}
