package crossover.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.experiment.Cell;
import crossover.bench.experiment.Definition;
import crossover.bench.results.MadeSlice;
import crossover.bench.results.Results;
import crossover.bench.results.RoundLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuredSlicesTest {
  @TempDir Path folder;

  @Test
  void aRoundWhoseAttemptIsVoidIsMeasuredAgain() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("two.yaml"),
            "experiment: two\narms: [{name: a}, {name: b}]\nplans: [get]\nusers: 32\npasses: 1\n");
    Definition definition = Definition.read(file, Path.of("../jmeter-plans"));
    List<Cell> cells = Cell.of(definition);
    try (Results results = Results.create(folder.resolve("run"), "", Map.of("rounds", 2))) {
      for (int round = 1; round <= 2; round++) {
        for (String arm : List.of("a", "b")) {
          results.append(new MadeSlice().with("round", round).with("arm", arm).line());
        }
      }
      results.append(new RoundLine(1, 1, 1, Instant.EPOCH, 9, 1, 1, 1, "interrupted", false));
      results.append(new RoundLine(2, 1, 1, Instant.EPOCH, 9, 1, 1, 1, "a proxy answered", true));

      assertThat(new MeasuredSlices(definition, 1, results).incomplete(cells)).isEmpty();
      MeasuredSlices voided = new MeasuredSlices(definition, 2, results);
      assertThat(voided.incomplete(cells)).isEqualTo(cells);
      assertThat(voided.attempt()).isEqualTo(2);
    }
  }
}
