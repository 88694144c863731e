package crossover.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.experiment.Definition;
import crossover.bench.results.Environment;
import crossover.bench.results.Json;
import crossover.bench.results.MadeSlice;
import crossover.bench.results.Results;
import crossover.bench.results.RoundLine;
import crossover.bench.results.SliceLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SliceLengthTest {
  private static final Environment DAY =
      Json.MAPPER.readValue(
          "{\"rounds\": 6, \"notices\": [], \"serverCores\": [0], \"otherCores\": [1],"
              + " \"machine\": {\"cores\": 2}}",
          Environment.class);

  @TempDir Path folder;
  private Definition definition;
  private Results results;

  @BeforeEach
  void create() throws IOException {
    definition = limited("9 min");
    results = Results.create(folder.resolve("run"), "", DAY);
  }

  private Definition limited(String limit) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("limited.yaml"),
            """
            experiment: limited
            arms: [{name: a}, {name: b}]
            plans: [get]
            users: 32
            rounds: 8
            time-limit: %s
            """
                .formatted(limit));
    return Definition.read(file, Path.of("../jmeter-plans"));
  }

  @AfterEach
  void close() throws IOException {
    results.close();
  }

  @Test
  void theReasonNamesTheRoundsOfTheDay() throws IOException {
    for (int round = 1; round <= 8; round++) {
      slices(round);
      ended(round, 1, null);
    }

    assertThat(SliceLength.of(definition, results, 1, 3).orElseThrow().reason())
        .startsWith("From round 3 on")
        .contains("rounds 1 and 2 spread");
    assertThat(SliceLength.of(definition, results, 7, 9).orElseThrow().reason())
        .startsWith("From round 9 on")
        .contains("rounds 7 and 8 spread");
  }

  @Test
  void whatABlockLeavesTheNextOneHas() throws IOException {
    definition = limited("390 s");
    for (int round = 1; round <= 4; round++) {
      slices(round);
      ended(round, 1, null);
    }

    SliceLength planned = SliceLength.of(definition, results, 1, 4).orElseThrow();
    SliceLength after = SliceLength.of(definition, results, 1, 5).orElseThrow();
    assertThat(SliceLength.of(definition, results, 1, 3)).contains(planned);
    assertThat(SliceLength.of(definition, results, 1, 6)).contains(after);
    // Rounds 3 and 4 were planned to take 63 s each, and took 60.
    assertThat(after.slice()).isGreaterThan(planned.slice());
    assertThat(after.reason()).startsWith("From round 5 on").endsWith("time that is left.");
    slices(5);
    ended(5, 1, null);
    ended(6, 1, "interrupted");
    assertThat(SliceLength.of(definition, results, 1, 7)).contains(after);
  }

  /** Rounds of 60 s, of which 57 pass without measuring: shorter slices would not make room. */
  @ParameterizedTest
  @CsvSource({"190 s, 1400, 4", "245 s, 1400, 4", "330 s, 2250, 5"})
  void whereSixRoundsDoNotFitThoseThatDoAreMeasuredForLonger(String limit, int millis, int rounds)
      throws IOException {
    definition = limited(limit);
    for (int round = 1; round <= 2; round++) {
      slices(round);
      ended(round, 1, null);
    }

    SliceLength length = SliceLength.of(definition, results, 1, 3).orElseThrow();

    assertThat(length.slice()).isEqualTo(Duration.ofMillis(millis));
    assertThat(length.reason())
        .contains("and " + rounds + " rounds are planned", rounds + " rounds.");
  }

  @Test
  void aRoundWhoseLastAttemptFailedTellsNothing() throws IOException {
    slices(1);
    slices(2);
    ended(1, 1, null);
    ended(2, 1, null);
    ended(2, 2, "interrupted");
    assertThat(SliceLength.of(definition, results, 1, 3)).isEmpty();

    ended(2, 3, null);
    assertThat(SliceLength.of(definition, results, 1, 3)).isPresent();
  }

  private void ended(int round, int attempt, String failure) throws IOException {
    results.append(new RoundLine(round, 1, attempt, Instant.EPOCH, 60, 10, 10, 10, failure, false));
  }

  private void slices(int round) throws IOException {
    for (String arm : List.of("a", "b")) {
      List<SliceLine.Turn> turns =
          IntStream.range(0, 10)
              .mapToObj(
                  turn -> {
                    int requests = 100 + (7 * turn + 3 * round * arm.hashCode()) % 11;
                    return new SliceLine.Turn(requests, 0.1, 50);
                  })
              .toList();
      results.append(
          new MadeSlice()
              .with("round", round)
              .with("arm", arm)
              .with("order", List.of("a", "b"))
              .with("start", Instant.EPOCH.plusSeconds(round))
              .with("perTurn", turns)
              .load("requests", 1000)
              .load("turns", 10)
              .line());
    }
  }
}
