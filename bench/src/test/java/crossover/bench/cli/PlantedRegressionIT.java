package crossover.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.results.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A release that waits 2 ms in one request of ten, and an equal one. {@link PlantedRegressions} has
 * more CPU time and a lock too, which take minutes.
 */
@Tag("timed")
@Tag("long")
class PlantedRegressionIT {
  @TempDir private Path temp;

  @Test
  void theSlowerReleaseFailsAndTheEqualOneDoesNot() throws Exception {
    TinyWar.write(temp.resolve("old.war"), "");
    TinyWar.write(temp.resolve("equal.war"), "");
    TinyWar.write(temp.resolve("slow.war"), TinyWar.waitingOnceInTen(2));
    TinyWar.plan(temp.resolve("checkout.jmx"));
    Path experiment =
        Files.writeString(
            temp.resolve("releases.yaml"),
            """
            experiment: releases
            arms:
              - {name: old, war: old.war, jvm: "-XX:TieredStopAtLevel=1"}
              - {name: equal, war: equal.war, jvm: "-XX:TieredStopAtLevel=1"}
              - {name: slow, war: slow.war, jvm: "-XX:TieredStopAtLevel=1"}
            plans: [checkout.jmx]
            metric: throughput
            users: 1
            rounds: 4
            passes: 1
            slice: 1 s
            warm-up: 800 ms
            seed: 5
            """);
    Path results = temp.resolve("results");
    Process run =
        CommandLineIT.start(
            temp,
            "run",
            "--experiment",
            experiment.toString(),
            "--out",
            results.toString(),
            "--max-slowdown",
            "3%",
            "--allow-invalid");
    assertThat(run.waitFor(5, TimeUnit.MINUTES)).isTrue();

    String output = Files.readString(temp.resolve("output"));
    assertThat(run.exitValue()).as(output).isEqualTo(ExitStatus.GATE_MISSED);
    JsonNode limits =
        Json.MAPPER.readTree(Files.readString(results.resolve("summary.json"))).path("limits");
    assertThat(limits.get(0).path("cell").asString()).endsWith("· equal");
    assertThat(limits.get(0).path("outcome").asString()).as(output).isNotEqualTo("failed");
    assertThat(limits.get(1).path("cell").asString()).endsWith("· slow");
    assertThat(limits.get(1).path("outcome").asString()).as(output).isEqualTo("failed");
  }
}
