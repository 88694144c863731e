package crossover.bench.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.experiment.Definition;
import crossover.bench.results.Environment;
import crossover.bench.results.Json;
import crossover.bench.results.SliceLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The three whole rounds of a real run on two shared cores (get and form, sync and native; without
 * its histograms), and all that was found in them. When the analysis changes on purpose, the new
 * summary is in target/golden-summary.json.
 */
class GoldenSummaryTest {
  private static final Path GOLDEN = Path.of("src/test/resources/crossover/bench/analysis/golden");

  @Test
  void theSameSlicesGiveTheSameSummary() throws IOException {
    Definition definition =
        Definition.read(GOLDEN.resolve("experiment.yaml"), Path.of("../jmeter-plans"));
    Environment environment =
        Json.MAPPER.readValue(
            Files.readString(GOLDEN.resolve("environment.json")), Environment.class);
    List<SliceLine> slices =
        Files.readAllLines(GOLDEN.resolve("slices.jsonl")).stream()
            .map(line -> Json.MAPPER.readValue(line, SliceLine.class))
            .toList();

    String summary =
        Json.MAPPER
            .writerWithDefaultPrettyPrinter()
            .writeValueAsString(Analysis.of(definition, List.of(environment), slices));
    Files.writeString(Path.of("target/golden-summary.json"), summary);

    assertThat(summary).isEqualTo(Files.readString(GOLDEN.resolve("summary.json")));
  }
}
