package crossover.bench.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.load.Slice;
import crossover.bench.probe.ProcessUsage;
import crossover.bench.probe.Usage;
import crossover.bench.report.SliceLine;
import crossover.bench.report.SliceLine.Phase;
import crossover.bench.report.Summary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WarmUpsTest {
  private final List<SliceLine> lines = new ArrayList<>();

  @Test
  void howLongItTookAndHowItEndedIsToldOfEveryRound() {
    burst(1, 1, "get", 0.4);
    burst(1, 1, "form", 0.4);
    burst(1, 2, "get", 0.06);
    burst(1, 2, "form", 0.03); // 0.09 s of 1 s: warm
    burst(2, 1, "get", 0.4);
    burst(2, 1, "form", 0.01);

    assertThat(WarmUps.of(lines, "sync")).isEqualTo(new Summary.WarmUp(2, 1, 1.5, 2));
  }

  @Test
  void whatTheKernelDoesNotTellIsNotWarm() {
    burst(1, 1, "get", Double.NaN);

    assertThat(WarmUps.of(lines, "sync").warm()).isZero();
  }

  @Test
  void anArmThatWasNotWarmedUpHasNone() {
    burst(1, 1, "get", 0);

    assertThat(WarmUps.of(lines, "wrapped")).isNull();
  }

  /** Half a second, with so much of the compilers' time. */
  private void burst(int round, int sweep, String view, double compilers) {
    Slice load =
        new Slice("closed", 4, 0, 0.5, 1, 0, List.of(), 0, 2, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, "");
    lines.add(
        new SliceLine(
            round,
            1,
            "localhost",
            view,
            4,
            "sync",
            Phase.WARMUP,
            sweep,
            List.of("sync"),
            Instant.EPOCH,
            load,
            usage(compilers),
            null));
  }

  private static Usage usage(double compilers) {
    return new Usage(
        0.5,
        new ProcessUsage(1, 1, 0, compilers, 0, 0),
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
