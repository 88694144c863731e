package crossover.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import crossover.bench.experiment.Arm;
import crossover.bench.experiment.Cell;
import crossover.bench.experiment.Definition;
import crossover.bench.results.MadeSlice;
import crossover.bench.results.Results;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenRateTest {
  @TempDir Path folder;
  private int second;

  @Test
  void theFirstCompleteRoundTellsTheRateAlsoWhereRoundOneWasLeftOut() throws IOException {
    Definition definition = definition("latency: {requests: 100}");
    Cell cell = Cell.of(definition).get(0);
    List<Arm> arms = definition.arms();
    try (Results results = Results.create(folder.resolve("run"), "", Map.of())) {
      results.append(closed(1, "a", 1, 1000));
      results.append(closed(1, "b", 1, 1000));
      results.append(closed(1, "a", 2, 1000));
      MeasuredSlices second = new MeasuredSlices(definition, 2, results);
      results.append(closed(2, "a", 1, 400));
      results.append(closed(2, "b", 1, 600));
      results.append(closed(2, "a", 2, 400));
      assertThat(second.hasRate(cell)).isFalse();

      results.append(closed(2, "b", 2, 600));

      assertThat(second.hasRate(cell)).isTrue();
      assertThat(OpenRate.of(definition, cell, results.slices())).isEqualTo(200);
      assertThat(second.left(List.of(cell), arms)).as("its open slices are left").hasSize(1);
      results.append(line(2, "a", Phase.OPEN, 1, 200));
      results.append(line(2, "b", Phase.OPEN, 1, 200));
      assertThat(second.left(List.of(cell), arms)).isEmpty();
      results.append(closed(1, "b", 2, 1000));
      assertThat(OpenRate.of(definition, cell, results.slices())).as("no other").isEqualTo(200);
    }
  }

  @Test
  void aGivenRateIsComparedWithTheLimitBeforeTheFirstSlice() throws IOException {
    Definition definition = definition("latency: {rate: 2000}");
    Cell cell = Cell.of(definition).get(0);
    List<SliceLine> slices =
        List.of(
            line(0, "", Phase.LIMIT, 1, 1000),
            closed(1, "a", 1, 500),
            line(0, "", Phase.LIMIT, 1, 9000));

    assertThatThrownBy(() -> OpenRate.of(definition, cell, slices))
        .isInstanceOf(InvalidMeasurement.class)
        .hasMessageContaining("of the 1000");
  }

  private Definition definition(String latency) throws IOException {
    String yaml =
        "experiment: open\narms: [{name: a}, {name: b}]\nplans: [get]\nusers: 32\npasses: 2\n";
    Path file = Files.writeString(folder.resolve("open.yaml"), yaml + latency + "\n");
    return Definition.read(file, Path.of("../jmeter-plans"));
  }

  private SliceLine closed(int round, String arm, int pass, double throughput) {
    return line(round, arm, Phase.CLOSED, pass, throughput);
  }

  private SliceLine line(int round, String arm, Phase phase, int pass, double throughput) {
    return new MadeSlice()
        .with("round", round)
        .with("arm", arm)
        .with("phase", phase)
        .with("pass", pass)
        .with("order", List.of("a", "b"))
        .with("start", Instant.EPOCH.plusSeconds(second++))
        .load("kind", phase == Phase.OPEN ? "open" : "closed")
        .load("requests", phase == Phase.OPEN ? 0 : (long) throughput)
        .load("throughput", throughput)
        .load("generatorCpuSeconds", 0.01)
        .line();
  }
}
