package crossover.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.experiment.Definition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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

  @Test
  void asManyWholeBlocksAsFitByTheLatest() throws IOException {
    assertThat(rounds(EXPERIMENT, 10)).isEqualTo(10);
    assertThat(rounds(EXPERIMENT, 10, 1)).as("half a block tells nothing").isEqualTo(10);
    assertThat(rounds(EXPERIMENT, 10, 1, 1)).as("7 minutes for blocks of 2").isEqualTo(8);
    assertThat(rounds(EXPERIMENT, 10, 1, 1, 1)).isEqualTo(8);
    assertThat(rounds(EXPERIMENT, 10, 1, 1, 1, 2)).as("4 minutes for blocks of 3").isEqualTo(6);
    assertThat(rounds(EXPERIMENT, 10, 1, 1, 1, 2, 1, 1)).as("2 for blocks of 2").isEqualTo(8);
  }

  @Test
  void singleRoundsWhereEachIsBalanced() throws IOException {
    assertThat(balanced(EXPERIMENT, 10, 2, 1)).as("6 minutes for rounds of 2").isEqualTo(5);
    assertThat(balanced(EXPERIMENT, 10, 2, 2, 1.5)).as("3.5 for rounds of 2").isEqualTo(4);
    assertThat(balanced(EXPERIMENT, 10, 2, 2, 1, 1)).as("3 for rounds of 1").isEqualTo(7);
    assertThat(balanced(EXPERIMENT, 10, 2, 2, 2, 0.1)).as("one was left out").isEqualTo(5);
    assertThat(balanced(EXPERIMENT, 10, 2, 2, 1, 1, 2.5)).as("half a minute").isEqualTo(5);
    String looks = EXPERIMENT + "rounds: 8\nlooks: [4, 6]\n";
    assertThat(balanced(looks, 8, 2, 2, 1.5)).as("no look but the planned ones").isEqualTo(4);
  }

  @Test
  void aBlockThatHasBegunIsCompleted() throws IOException {
    assertThat(rounds(EXPERIMENT, 10, 2, 2, 1.5, 1.5, 1.5)).isEqualTo(6);
  }

  @Test
  void fasterRoundsMakeRoomForMore() throws IOException {
    assertThat(rounds(EXPERIMENT, 8, 2, 2)).as("5 minutes for blocks of 4").isEqualTo(4);
    assertThat(rounds(EXPERIMENT, 8, 2, 2, 0.5, 0.5)).as("4 for blocks of 1").isEqualTo(8);
  }

  @Test
  void neverMoreThanPlannedNorFewerThanAnIntervalNeeds() throws IOException {
    assertThat(rounds(EXPERIMENT, 6, 0.1, 0)).isEqualTo(6);
    assertThat(rounds(EXPERIMENT, 6, 10, 10, 0, 0)).isEqualTo(4);
    assertThat(rounds(EXPERIMENT, 6, 5, 5)).isEqualTo(4);
    assertThat(rounds(EXPERIMENT, 6, 0, 0)).as("rounds that took no time").isEqualTo(6);
  }

  @Test
  void withoutALimitAllAreMade() throws IOException {
    assertThat(rounds(EXPERIMENT.replace("time-limit: 9 min", ""), 40, 500, 500)).isEqualTo(40);
  }

  @Test
  void theTimeLeftIsThatOfTheLimitUntilTheLengthOfTheRoundsIsKnown() throws IOException {
    Definition limited = definition(EXPERIMENT);
    assertThat(TimeLimit.secondsLeft(limited, 8, List.of())).isNaN();
    assertThat(TimeLimit.secondsLeft(limited, 8, List.of(110.0))).isEqualTo(430);
    assertThat(TimeLimit.secondsLeft(limited, 8, List.of(110.0, 100.0))).isEqualTo(330);
    assertThat(TimeLimit.secondsLeft(limited, 3, List.of(110.0, 100.0))).isEqualTo(100);
    assertThat(TimeLimit.secondsLeft(limited, 6, List.of(110.0, 100.0, 80.0))).isEqualTo(240);

    Definition unlimited = definition(EXPERIMENT.replace("time-limit: 9 min", ""));
    assertThat(TimeLimit.secondsLeft(unlimited, 8, List.of(110.0))).isEqualTo(770);
    assertThat(TimeLimit.isSettled(unlimited, List.of())).isTrue();
    assertThat(TimeLimit.isSettled(limited, List.of(110.0, 100.0))).isFalse();
  }

  private int rounds(String yaml, int planned, double... minutes) throws IOException {
    return TimeLimit.rounds(definition(yaml), planned, false, seconds(minutes));
  }

  private int balanced(String yaml, int planned, double... minutes) throws IOException {
    return TimeLimit.rounds(definition(yaml), planned, true, seconds(minutes));
  }

  private static List<Double> seconds(double... minutes) {
    return Arrays.stream(minutes).mapToObj(m -> 60 * m).toList();
  }

  private Definition definition(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("limited.yaml"), yaml);
    return Definition.read(file, Path.of("../jmeter-plans"));
  }
}
