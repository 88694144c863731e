package crossover.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 7})
  void afterAWholeDesignEveryArmHasStoodInEveryPlaceAndFollowedEveryOtherEquallyOften(int arms) {
    Schedule schedule = new Schedule(arms, 42);
    int rounds = arms % 2 == 0 ? arms : 2 * arms;
    for (int design = 0; design < 3; design++) {
      Map<String, Integer> places = new HashMap<>();
      Map<String, Integer> followers = new HashMap<>();
      for (int round = design * rounds; round < (design + 1) * rounds; round++) {
        int[] order = schedule.order(round);
        for (int place = 0; place < arms; place++) {
          places.merge(order[place] + " at " + place, 1, Integer::sum);
          if (place > 0) {
            followers.merge(order[place] + " after " + order[place - 1], 1, Integer::sum);
          }
        }
      }
      assertThat(places).hasSize(arms * arms);
      assertThat(places.values()).containsOnly(rounds / arms);
      assertThat(followers).hasSize(arms * (arms - 1));
      assertThat(followers.values()).containsOnly(rounds / arms);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5})
  void everyBlockOfTwoRoundsHoldsEachPairInBothOrders(int arms) {
    Schedule schedule = new Schedule(arms, 7);
    for (int block = 0; block < 20; block++) {
      int[] one = schedule.order(2 * block);
      int[] other = schedule.order(2 * block + 1);
      for (int a = 0; a < arms; a++) {
        for (int b = a + 1; b < arms; b++) {
          assertThat(standsBefore(one, a, b)).isNotEqualTo(standsBefore(other, a, b));
        }
      }
    }
  }

  @Test
  void eitherOrderOpensABlockOfTwoArmsAboutHalfTheTime() {
    Schedule schedule = new Schedule(2, 2026);
    long openedByTheFirst =
        IntStream.range(0, 500).filter(block -> schedule.order(2 * block)[0] == 0).count();
    assertThat(openedByTheFirst).isBetween(200L, 300L);
  }

  @Test
  void theSameSeedGivesTheSameRoundsWhateverIsAskedForFirst() {
    Schedule one = new Schedule(5, 99);
    int[] late = one.order(31);
    assertThat(new Schedule(5, 99).order(3)).isEqualTo(one.order(3));
    assertThat(new Schedule(5, 99).order(31)).isEqualTo(late);
  }

  /** The literal order guards results that are resumed with a later release or on another JDK. */
  @Test
  void aRecordedSeedKeepsItsMeaning() {
    Schedule schedule = new Schedule(5, 20261122);
    assertThat(schedule.order(0)).containsExactly(4, 0, 3, 1, 2);
    assertThat(schedule.order(7)).containsExactly(4, 3, 0, 2, 1);
  }

  @Test
  void anotherSeedGivesAnotherSchedule() {
    assertThat(IntStream.range(0, 10).mapToObj(new Schedule(4, 1)::order))
        .isNotEqualTo(IntStream.range(0, 10).mapToObj(new Schedule(4, 2)::order));
  }

  @Test
  void theReversedScheduleTurnsEveryRoundRound() {
    Schedule schedule = new Schedule(3, 5);
    for (int round = 0; round < 12; round++) {
      int[] order = schedule.order(round);
      assertThat(schedule.reversed().order(round)).containsExactly(order[2], order[1], order[0]);
      assertThat(schedule.reversed().reversed().order(round)).containsExactly(order);
    }
  }

  @Test
  void oneArmHasOneOrder() {
    assertThat(new Schedule(1, 0).order(5)).containsExactly(0);
  }

  @Test
  void whatCannotBeScheduledIsRefused() {
    assertThatThrownBy(() -> new Schedule(0, 1)).hasMessageContaining("at least one arm");
    assertThatThrownBy(() -> new Schedule(2, 1).order(-1)).hasMessageContaining("no round -1");
  }

  private static boolean standsBefore(int[] order, int one, int other) {
    return Arrays.stream(order).filter(arm -> arm == one || arm == other).findFirst().orElseThrow()
        == one;
  }
}
