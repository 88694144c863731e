package crossover.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import crossover.bench.stats.MetricChoice.ArmLoad;
import crossover.bench.stats.MetricChoice.Metric;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricChoiceTest {

  @Test
  void armsThatLeaveTheGeneratorRoomAreJudgedByThroughput() {
    MetricChoice choice =
        MetricChoice.of(
            30_000,
            List.of(new ArmLoad("sync", 12_000, 0.55), new ArmLoad("native", 20_000, 0.60)));
    assertThat(choice.metric()).isEqualTo(Metric.THROUGHPUT);
    assertThat(choice.reason())
        .isEqualTo(
            "Throughput, for no arm took 70 % of the generator: the most was 67 % of what the generator can"
                + " send, by native.");
  }

  @Test
  void oneArmNearTheGeneratorsLimitDecidesForAll() {
    MetricChoice choice =
        MetricChoice.of(
            30_000,
            List.of(new ArmLoad("native", 24_000, 0.60), new ArmLoad("sync", 12_000, 0.55)));
    assertThat(choice.metric()).isEqualTo(Metric.CAPACITY);
    assertThat(choice.reason())
        .isEqualTo(
            "Capacity, for native took 80 % of what the generator can send, and from 70 % on the generator may"
                + " be the limit.");
  }

  @Test
  void aBusyGeneratorDecidesEvenAtALowRate() {
    MetricChoice choice = MetricChoice.of(30_000, List.of(new ArmLoad("sync", 3_000, 0.93)));
    assertThat(choice.metric()).isEqualTo(Metric.CAPACITY);
    assertThat(choice.reason()).contains("sync took 93 % of the generator's CPU");
  }

  @Test
  void exactlySeventyPercentIsNoRoom() {
    assertThat(MetricChoice.of(1_000, List.of(new ArmLoad("sync", 700, 0.1))).metric())
        .isEqualTo(Metric.CAPACITY);
  }

  @Test
  void anArmOfWhichNothingIsKnownDoesNotCountAsRoom() {
    MetricChoice choice =
        MetricChoice.of(
            30_000,
            List.of(new ArmLoad("wrapped", 100, Double.NaN), new ArmLoad("sync", 100, 0.1)));
    assertThat(choice.metric()).isEqualTo(Metric.CAPACITY);
    assertThat(choice.reason()).contains("wrapped").contains("not known");
  }

  @Test
  void aBaselineThatWaitsIsComparedByThroughputThoughAnotherArmFillsTheGenerator() {
    ArmLoad sync = new ArmLoad("sync", 1_500, 0.20);
    MetricChoice choice =
        MetricChoice.of(10_000, List.of(sync, new ArmLoad("native", 8_000, 0.90)));
    assertThat(choice.metric()).isEqualTo(Metric.CAPACITY);

    MetricChoice waiting = choice.whereBaselineWaits(10_000, sync, 0.40);
    assertThat(waiting.metric()).isEqualTo(Metric.THROUGHPUT);
    assertThat(waiting.reason())
        .startsWith(
            "Throughput, for sync waits: it took 20 % of the generator and 40 % of the server's"
                + " cores.");
  }

  @Test
  void aBaselineThatWorksOrFillsTheGeneratorItselfLeavesTheChoiceAsItIs() {
    ArmLoad sync = new ArmLoad("sync", 1_500, 0.20);
    ArmLoad busy = new ArmLoad("busy", 7_000, 0.20);
    MetricChoice choice = MetricChoice.of(10_000, List.of(new ArmLoad("native", 8_000, 0.90)));
    assertThat(choice.whereBaselineWaits(10_000, sync, 0.70)).isSameAs(choice);
    assertThat(choice.whereBaselineWaits(10_000, sync, Double.NaN)).isSameAs(choice);
    assertThat(choice.whereBaselineWaits(10_000, busy, 0.40)).isSameAs(choice);
  }

  @Test
  void aCellWithoutArmsIsRefused() {
    assertThatThrownBy(() -> MetricChoice.of(1, List.of())).hasMessageContaining("there is none");
  }
}
