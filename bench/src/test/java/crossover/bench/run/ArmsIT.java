package crossover.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import crossover.bench.Main;
import crossover.bench.cli.ExitStatus;
import crossover.bench.results.Json;
import crossover.bench.results.Results;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import crossover.bench.results.Summary;
import crossover.bench.stack.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run with an arm that stalls, and one whose JVM is not asked for its counters. */
@Tag("long")
@Tag("timed")
class ArmsIT {
  @TempDir private static Path folder;
  private static List<SliceLine> slices;

  @BeforeAll
  static void run() throws IOException {
    Path overlay = Installation.find().root().resolve("bench/target/delay");
    Path file =
        Files.writeString(
            folder.resolve("arms.yaml"),
            """
            experiment: arms
            arms:
              - {name: steady, path: /sync, jvm: [-XX:TieredStopAtLevel=1], settings: {crossover.timeout: 60000}, probe: false}
              - name: stalling
                path: /sync
                jvm: [-XX:TieredStopAtLevel=1]
                overlay: %s
                settings: {crossover.delay: 500, crossover.delay.every: 5000, crossover.timeout: 60000}
            plans: [page]
            users: 4
            rounds: 1
            passes: 1
            slice: 1 s
            warm-up: 0 s
            latency: {rate: 200, requests: 2000}
            """
                .formatted(overlay));
    Path out = folder.resolve("results");
    int status =
        Main.run("run", "--experiment", file.toString(), "--out", out.toString(), "--seed=1");
    try (Results results = Results.open(out)) {
      // A loaded machine may miss a gate: then the summary names it.
      Summary summary =
          Json.MAPPER.readValue(Files.readString(out.resolve("summary.json")), Summary.class);
      assertThat(status).isEqualTo(summary.fit() ? ExitStatus.DONE : ExitStatus.NOT_VALID);
      slices = results.slices();
    }
  }

  /** Half a second in five: a hundred requests fall due in it, for a third as many threads. */
  @Test
  void aServerThatStallsShowsItInTheP99OfARunAndIsNotTakenForALateGenerator() {
    // However late a busy machine makes the generator: were the stall counted, it would add 240 ms.
    assertThat(lateness("stalling")).isLessThan(lateness("steady") + 100);

    List<SliceLine> steady = valid("steady", Phase.OPEN);
    List<SliceLine> stalling = valid("stalling", Phase.OPEN);
    String busy = "on a busy machine the generator is late by itself, with or without a stall";
    assumeThat(steady).as(busy).isNotEmpty();
    assumeThat(stalling).as(busy).isNotEmpty();
    // A tenth of all arrivals meets a stall and waits 0 to 500 ms: 1 % waits more than 450.
    assertThat(stalling.get(0).load().p99Millis()).isBetween(400.0, 600.0);
    assertThat(steady.get(0).load().p99Millis()).isLessThan(400);
  }

  @Test
  void everyOpenSliceIsInItsArmsLog() {
    assertThat(folder.resolve("results/latency/localhost-page-4-stalling.hlog"))
        .content()
        .contains("Tag=round-1");
  }

  @Test
  void anArmThatIsNotAskedHasWhatTheKernelCountsAndNoMore() {
    SliceLine unasked = valid("steady", Phase.CLOSED).get(0);
    SliceLine asked = valid("stalling", Phase.CLOSED).get(0);

    assertThat(unasked.usage().jvm().allocatedBytes()).isNaN();
    assertThat(asked.usage().jvm().allocatedBytes()).isPositive();
    assertThat(unasked.usage().server().cpu()).isPositive();
    assertThat(unasked.usage().server().voluntarySwitches()).isPositive();
  }

  /** In milliseconds at p99. */
  private static double lateness(String arm) {
    return slices.stream()
        .filter(s -> s.phase() == Phase.OPEN && s.arm().equals(arm))
        .mapToDouble(s -> s.load().latenessP99Millis())
        .min()
        .orElseThrow();
  }

  private static List<SliceLine> valid(String arm, Phase phase) {
    return slices.stream()
        .filter(s -> s.phase() == phase && s.arm().equals(arm) && s.valid())
        .toList();
  }
}
