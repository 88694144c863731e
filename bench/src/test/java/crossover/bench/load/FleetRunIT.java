package crossover.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.Main;
import crossover.bench.results.Json;
import crossover.bench.results.Results;
import crossover.bench.results.RoundLine;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import crossover.bench.results.Summary;
import crossover.bench.stack.Await;
import crossover.bench.stack.Watchdog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole run with its load from two stock {@code jmeter-server}s. */
@Tag("long")
class FleetRunIT {
  @TempDir private Path temp;

  @Test
  void aServerThatDiesInAWarmUpCostsThatRoundAndTheRunGoesOnWithTheOthers() throws Exception {
    Path home = JMeterServer.home(temp.resolve("jmeter"), Optional.of(JMeterServer.plugin()));
    JMeterServer.keyStore(home.resolve("bin"));
    Path file =
        Files.writeString(
            temp.resolve("two.yaml"),
            """
            experiment: two
            smoke: true
            arms:
              - {name: one, path: /sync, jvm: [-XX:TieredStopAtLevel=1], settings: {crossover.timeout: 60000}}
              - {name: other, path: /sync, jvm: [-XX:TieredStopAtLevel=1], settings: {crossover.timeout: 60000}}
            plans: [page]
            users: 5
            rounds: 3
            passes: 1
            slice: 500 ms
            warm-up: 8 s
            """);
    Path out = temp.resolve("results");
    try (Watchdog watchdog = Watchdog.open();
        JMeterServer a = JMeterServer.start(home, watchdog);
        JMeterServer b = JMeterServer.start(home, watchdog)) {
      Path properties = home.resolve("bin/jmeter.properties");
      String hosts = "\nremote_hosts=" + a.name() + ", " + b.name() + "\n";
      Files.writeString(properties, hosts, StandardOpenOption.APPEND);
      CompletableFuture<Boolean> killed =
          CompletableFuture.supplyAsync(
              () -> {
                boolean warmingUp =
                    Await.until(
                        () -> warmsUpRoundTwo(out), Duration.ofMillis(20), Duration.ofMinutes(5));
                b.kill();
                return warmingUp;
              });
      Main.run("run", "--experiment=" + file, "--out=" + out, "--remote-properties=" + properties);
      assertThat(killed.join()).isTrue();
      String lost = "the load engine " + b.name() + " does not answer";
      try (Results results = Results.open(out)) {
        assertThat(results.rounds()).extracting(RoundLine::round).containsExactly(1, 2, 3);
        assertThat(results.rounds().get(0).failure()).isNull();
        assertThat(results.rounds().get(1).failure()).contains(lost);
        assertThat(results.rounds().get(2).failure()).isNull();
        assertThat(results.environments().get(0).notices())
            .anySatisfy(notice -> assertThat(notice).contains("In round 2", lost));
        List<SliceLine> after =
            results.slices().stream()
                .filter(slice -> slice.round() == 3 && slice.phase() == Phase.CLOSED)
                .toList();
        assertThat(after).hasSize(2);
        assertThat(after).allSatisfy(slice -> assertThat(slice.load().users()).isEqualTo(5));
        assertThat(after).allSatisfy(slice -> assertThat(slice.load().unfinished()).isZero());
        assertThat(results.slices()).anyMatch(slice -> slice.phase() == Phase.LIMIT);
      }
      Summary summary =
          Json.MAPPER.readValue(Files.readString(out.resolve("summary.json")), Summary.class);
      assertThat(summary.notices()).anyMatch(text -> text.contains(" ms of each other"));
      assertThat(summary.generatorLimit().requestsPerSecond()).isPositive();
    }
  }

  private static boolean warmsUpRoundTwo(Path out) {
    try {
      return Files.readString(out.resolve("slices.jsonl"))
          .lines()
          .anyMatch(line -> line.contains("\"round\":2,") && line.contains("\"WARMUP\""));
    } catch (IOException e) {
      return false; // not begun
    }
  }
}
