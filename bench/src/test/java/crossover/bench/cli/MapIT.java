package crossover.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.Main;
import crossover.bench.results.CrossoverMap;
import crossover.bench.results.Json;
import crossover.bench.results.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The map command with the real servers. */
@Tag("long")
@Tag("timed")
class MapIT {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void writeTheExperiment() throws IOException {
    file =
        Files.writeString(
            folder.resolve("tiny.yaml"),
            """
            experiment: tiny
            arms:
              - {name: sync, path: /sync, jvm: [-XX:TieredStopAtLevel=1], settings: {crossover.timeout: 60000}}
              - {name: native, path: /native, jvm: [-XX:TieredStopAtLevel=1], settings: {crossover.timeout: 60000}}
              - {name: narrow, path: /wrapped, jvm: [-XX:TieredStopAtLevel=1], settings: {crossover.workers: 1, crossover.workers.queue: 8}}
            plans: [get]
            users: [2, 48]
            sites: [{name: near, database: 0ms}, {name: far, database: 20ms}]
            rounds: 1
            margin: 10 %
            passes: 1
            slice: 300 ms
            warm-up: 500 ms
            """);
  }

  @Test
  void everyCellIsMeasuredAndAnArmThatRefusesWinsNone() throws Exception {
    Path results = folder.resolve("results");

    int status =
        Main.run("map", "--experiment", file.toString(), "--out", results.toString(), "--seed=1");

    // A loaded machine may miss a gate: then the summary names it.
    Summary summary =
        Json.MAPPER.readValue(Files.readString(results.resolve("summary.json")), Summary.class);
    boolean missed =
        summary.gates().stream().anyMatch(g -> !g.passed() && !g.name().equals("errors"));
    assertThat(status).isEqualTo(missed ? ExitStatus.NOT_VALID : ExitStatus.DONE);
    CrossoverMap map =
        Json.MAPPER.readValue(Files.readString(results.resolve("map.json")), CrossoverMap.class);
    assertThat(map.users()).containsExactly(2, 48);
    assertThat(map.delaysMs()).containsExactly(0.0, 40.0);
    assertThat(map.cells()).hasSize(4);
    assertThat(map.boundary()).hasSize(4);
    CrossoverMap.Cell far = map.cells().get(3);
    assertThat(far.users()).isEqualTo(48);
    assertThat(far.arms().get("narrow").refused()).isPositive();
    assertThat(map.cells()).noneMatch(cell -> cell.winner().equals("narrow"));
    assertThat(far.reason()).contains("narrow refuses");
    // 8 connections of 40 ms serve 200/s at most, whatever the machine: in 300 ms no more than 8
    // answers each, which makes 214/s. Pipelined they serve more.
    assertThat(far.arms().get("sync").throughput()).isLessThan(214);
    assertThat(far.arms().get("native").throughput())
        .isGreaterThan(far.arms().get("sync").throughput());
    assertThat(map.predicted())
        // 10 % more than the 8 who can be in the database at once, give or take the CPU time.
        .filteredOn(p -> p.candidate().equals("native") && p.delayMs() == 40)
        .singleElement()
        .satisfies(p -> assertThat(p.users()).isBetween(7.0, 11.0));
    assertThat(results.resolve("report.html")).content().contains("<svg class=\"map\"");
  }

  @Test
  void anExperimentThatIsNoGridIsRefusedBeforeAnythingStarts() throws Exception {
    Files.writeString(file, Files.readString(file).replace("users: [2, 48]", "users: 2"));

    int status = Main.run("map", "--experiment", file.toString(), "--seed=1");

    assertThat(status).isEqualTo(ExitStatus.USAGE);
    assertThat(folder.toFile().list()).containsExactly("tiny.yaml");
  }
}
