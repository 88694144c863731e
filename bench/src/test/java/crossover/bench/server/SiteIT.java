package crossover.bench.server;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.cli.CommandLineIT;
import crossover.bench.stack.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Sites on this machine, from the command line to the summary. */
@Tag("long")
class SiteIT {
  private static final String FAR =
      """
      experiment: far
      arms:
        - name: sync
          path: /sync
          jvm: [-XX:TieredStopAtLevel=1]  # starts in half the time
        - name: wrapped
          path: /wrapped
          jvm: [-XX:TieredStopAtLevel=1]
      plans: [get]
      sites: [pi-like, {name: far, client: 10ms, database: 20ms}]
      users: 4
      rounds: 1
      passes: 2
      slice: 1 s
      warm-up: 1 s
      seed: 3
      """;

  @TempDir private Path temp;

  @Test
  void aLinkShowsInTheFiguresAndAPiLikeServerHasOneCoreAndTheJvmOfOne() throws Exception {
    Path results = temp.resolve("results");
    Path file = Files.writeString(temp.resolve("far.yaml"), FAR);
    Process run =
        CommandLineIT.start(
            temp, "run", "--experiment", file.toString(), "--out", results.toString());

    Assumptions.assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "needs two processors");
    String coresOfPiLike = coresOf(run, "-XX:MaxRAM=1g");
    assertThat(run.waitFor(10, TimeUnit.MINUTES)).isTrue();

    String output = Files.readString(temp.resolve("output"));
    assertThat(coresOfPiLike).matches("\\d+");
    JsonNode summary = CommandLineIT.summary(results);
    assertThat(run.exitValue()).as(output).isEqualTo(CommandLineIT.statusOf(summary));
    assertThat(summary.path("cells")).hasSize(4);
    for (JsonNode cell : summary.path("cells")) {
      assertThat(cell.path("errors").asInt()).as(output).isZero();
      assertThat(cell.path("rounds").asInt()).as(output).isEqualTo(1);
      // 10 ms to the server and 10 back, 20 ms to the database and 20 back; 0.25 ms to a Pi.
      boolean far = cell.path("site").asString().equals("far");
      assertThat(cell.path("meanResponseMillis").asDouble()).isGreaterThan(far ? 60 : 0.5);
    }
    assertThat(results.resolve("report.html")).content().contains("pi-like", "far");
    assertThat(results.resolve("experiment.yaml")).content().contains("-XX:ActiveProcessorCount");
  }

  /** The cores that the first JVM with an option may use. */
  private static String coresOf(Process run, String option) throws Exception {
    while (run.isAlive()) {
      Optional<ProcessHandle> server =
          run.descendants()
              .filter(
                  child ->
                      child.info().arguments().map(List::of).orElse(List.of()).contains(option))
              .findFirst();
      if (server.isPresent()) {
        return allowed(server.get().pid());
      }
      Thread.sleep(20);
    }
    return "the run ended without such a server";
  }

  /** Once it has been placed, which follows its start at once; the last ones where it was not. */
  private static String allowed(long pid) {
    AtomicReference<String> cores = new AtomicReference<>("none");
    Await.until(
        () -> cores.updateAndGet(before -> allowedNow(pid, before)).matches("\\d+"),
        Duration.ofMillis(20),
        Duration.ofMinutes(1));
    return cores.get();
  }

  private static String allowedNow(long pid, String ended) {
    try (var lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith("Cpus_allowed_list:"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(ended);
    } catch (IOException e) {
      return ended;
    }
  }
}
