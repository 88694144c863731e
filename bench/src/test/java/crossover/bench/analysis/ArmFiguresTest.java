package crossover.bench.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import crossover.bench.experiment.Cell;
import crossover.bench.experiment.Site;
import crossover.bench.experiment.View;
import crossover.bench.results.ArmInCell;
import crossover.bench.results.MadeSlice;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import java.nio.file.Path;
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
    return new MadeSlice()
        .with("round", round)
        .with("phase", Phase.OPEN)
        .load("kind", "open")
        .load("offeredRate", 50)
        .load("requests", requests)
        .load("throughput", 50)
        .load("p50Millis", 1)
        .load("p90Millis", 5)
        .load("p99Millis", 9)
        .load("p999Millis", 20)
        .load("latenessP99Millis", 0.1)
        .line();
  }
}
