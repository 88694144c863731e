package crossover.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import crossover.bench.Main;
import crossover.bench.results.Json;
import crossover.bench.results.Results;
import crossover.bench.results.SliceLine.Phase;
import crossover.bench.stack.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Tag("long")
@Tag("timed")
class CalibrateIT {
  @TempDir Path folder;

  @Test
  void aCalibrationIsKeptWhereLaterReportsFindItAndTheInjectedDelayIsFound() throws Exception {
    Path overlay = Installation.find().root().resolve("bench/target/delay");
    Path file =
        Files.writeString(
            folder.resolve("tiny.yaml"),
            """
            experiment: tiny
            arms:
              - {name: one, path: /sync, jvm: [-XX:TieredStopAtLevel=1], settings: {crossover.timeout: 60000}}
              - {name: other, path: /sync, jvm: [-XX:TieredStopAtLevel=1], settings: {crossover.timeout: 60000}}
              - {name: late, path: /sync, jvm: [-XX:TieredStopAtLevel=1], overlay: %s, settings: {crossover.delay: 20, crossover.timeout: 60000}}
            plans: [page]
            users: 2
            rounds: 3
            passes: 1
            slice: 600 ms
            warm-up: 500 ms
            latency: {rate: 50, requests: 100}
            """
                .formatted(overlay));
    Path results = folder.resolve("results/tiny");

    int status =
        Main.run(
            "calibrate", "--experiment", file.toString(), "--out", results.toString(), "--seed=1");

    // One comparison may be a false alarm by chance, so it alone cannot fail a calibration; but as
    // in a run a gate may be missed on a loaded machine.
    JsonNode summary = Json.MAPPER.readTree(Files.readString(results.resolve("summary.json")));
    assertThat(status)
        .isEqualTo(summary.get("fit").asBoolean() ? ExitStatus.DONE : ExitStatus.NOT_VALID);
    JsonNode kept = Json.MAPPER.readTree(Files.readString(results.resolve("calibration.json")));
    assertThat(kept.propertyNames())
        .contains(
            "formatVersion",
            "at",
            "machine",
            "quick",
            "comparisons",
            "excludingOne",
            "share",
            "allowedShare",
            "sdLogRatio",
            "detectable",
            "injectedMillis",
            "estimatedMillis");
    assertThat(kept.get("comparisons").asInt()).isEqualTo(1);
    // Three rounds of two arms are too few to say what this machine can find.
    assertThat(kept.get("detectable").propertyNames()).isEmpty();
    assertThat(results.resolveSibling("calibration.json"))
        .hasSameTextualContentAs(results.resolve("calibration.json"));
    assertThat(summary.path("calibration").path("injectedMillis").asDouble()).isEqualTo(20);
    assertThat(fastest(results, "late")).isGreaterThanOrEqualTo(20);
    assertThat(fastest(results, "one")).isLessThan(fastest(results, "late"));
    JsonNode estimate = kept.get("estimatedMillis").get("value");
    assumeThat(estimate.isNull())
        .as("open slices are dropped where the generator itself was late: a busy machine")
        .isFalse();
    assertThat(estimate.asDouble() / kept.get("injectedMillis").asDouble())
        .isCloseTo(1, within(0.25));
  }

  /** The smallest median response time of an arm's slices in the closed loop, in ms. */
  private static double fastest(Path results, String arm) throws IOException {
    try (Results kept = Results.open(results)) {
      return kept.slices().stream()
          .filter(s -> s.arm().equals(arm) && s.phase() == Phase.CLOSED)
          .mapToDouble(s -> s.load().p50Millis())
          .min()
          .orElseThrow();
    }
  }
}
