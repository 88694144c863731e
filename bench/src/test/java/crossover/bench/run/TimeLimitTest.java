package crossover.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.experiment.Definition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimeLimitTest {
  private static final String EXPERIMENT =
      """
      experiment: limited
      arms: [{name: a}, {name: b}]
      plans: [get]
      time-limit: 9 min
      """;

  @TempDir Path folder;

  /** Minutes, and what they are in nanoseconds. */
  private double now;

  @Test
  void asManyWholeBlocksAsFitByTheLongestSoFar() throws IOException {
    TimeLimit limit = limit(EXPERIMENT, 10);
    assertThat(limit.rounds(0)).isEqualTo(10);
    now = 1;
    assertThat(limit.rounds(1)).as("half a block tells nothing").isEqualTo(10);
    now = 2;
    assertThat(limit.rounds(2)).as("7 minutes for blocks of 2").isEqualTo(8);
    now = 3;
    assertThat(limit.rounds(3)).isEqualTo(8);
    now = 5;
    assertThat(limit.rounds(4)).as("4 minutes for blocks of 3").isEqualTo(6);
    now = 7;
    assertThat(limit.rounds(6)).as("2 minutes for blocks of 3").isEqualTo(6);
  }

  @Test
  void aFasterBlockBringsBackWhatASlowOneSeemedToCost() throws IOException {
    TimeLimit limit = limit(EXPERIMENT, 8);
    now = 4;
    assertThat(limit.rounds(2)).as("5 minutes for blocks of 4").isEqualTo(4);
    now = 5;
    assertThat(limit.rounds(4)).as("4 minutes for blocks of 4").isEqualTo(6);
  }

  @Test
  void neverMoreThanPlannedNorFewerThanAnIntervalNeeds() throws IOException {
    TimeLimit limit = limit(EXPERIMENT, 6);
    now = 0.1;
    assertThat(limit.rounds(2)).isEqualTo(6);
    now = 20;
    assertThat(limit.rounds(4)).isEqualTo(4);
    TimeLimit slow = limit(EXPERIMENT, 6);
    now += 10;
    assertThat(slow.rounds(2)).isEqualTo(4);
  }

  @Test
  void withoutALimitAllAreMade() throws IOException {
    TimeLimit limit = limit(EXPERIMENT.replace("time-limit: 9 min", ""), 40);
    now = 1000;
    assertThat(limit.rounds(2)).isEqualTo(40);
  }

  private TimeLimit limit(String yaml, int planned) throws IOException {
    Path file = Files.writeString(folder.resolve("limited.yaml"), yaml);
    Definition definition = Definition.read(file, Path.of("../jmeter-plans"));
    return new TimeLimit(
        definition, planned, () -> Math.round(now * Duration.ofMinutes(1).toNanos()));
  }
}
