package crossover.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import crossover.bench.report.Results;
import crossover.bench.report.SliceLine;
import crossover.bench.report.SliceLine.Phase;
import crossover.bench.stack.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StallIT {
  @TempDir Path folder;

  /** Half a second in five: a hundred requests fall due in it, for a third as many threads. */
  @Test
  void aServerThatStallsShowsItInTheP99OfARunAndIsNotTakenForALateGenerator() throws Exception {
    Path overlay = Installation.find().root().resolve("bench/target/delay");
    Path file =
        Files.writeString(
            folder.resolve("stall.yaml"),
            """
            experiment: stall
            arms:
              - {name: steady, path: /sync}
              - name: stalling
                path: /sync
                overlay: %s
                settings: {crossover.delay: 500, crossover.delay.every: 5000}
            plans: [page]
            users: 4
            rounds: 1
            passes: 1
            slice: 1 s
            warm-up: 0 s
            latency: {rate: 200, requests: 2000}
            """
                .formatted(overlay));
    Path results = folder.resolve("results");

    int status =
        Main.run("run", "--experiment", file.toString(), "--out", results.toString(), "--seed=1");

    assertThat(status).isIn(ExitStatus.DONE, ExitStatus.NOT_VALID);
    List<SliceLine> steady = usable(results, "steady");
    List<SliceLine> stalling = usable(results, "stalling");
    assumeThat(steady).as("on a busy machine the generator is late by itself").isNotEmpty();
    assertThat(stalling).as("the stall is the server's, and dropped for nobody's fault").hasSize(1);
    // A tenth of all arrivals meets a stall and waits 0 to 500 ms: 1 % waits more than 450.
    assertThat(stalling.get(0).load().p99Millis()).isBetween(400.0, 600.0);
    assertThat(steady.get(0).load().p99Millis()).isLessThan(400);
    assertThat(results.resolve("latency/localhost-page-4-stalling.hlog"))
        .content()
        .contains("Tag=round-1,");
  }

  private static List<SliceLine> usable(Path folder, String arm) throws IOException {
    try (Results results = Results.open(folder)) {
      return results.slices().stream()
          .filter(s -> s.phase() == Phase.OPEN && s.arm().equals(arm) && s.valid())
          .toList();
    }
  }
}
