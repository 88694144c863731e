package crossover.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TurnOrderTest {
  /** Cells with a turn in every sweep, in every second and in every fourth; two arms. */
  private static final int[] TURNS = {24, 12, 6};

  @Test
  void ofEveryCellEachArmIsFirstInHalfOfTheTurns() {
    for (int seed = 1; seed <= 10; seed++) {
      TurnOrder order = new TurnOrder(3, 2, seed);
      for (int sweep = 0; sweep < 3; sweep++) {
        assertThat(order.warmUp()).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
      }
      int[] first = new int[3];
      int[] turns = new int[3];
      for (int sweep = 0; sweep < 24; sweep++) {
        List<Integer> crews = order.measured(sweep, 24, TURNS);
        for (int i = 0; i < crews.size(); i += 2) {
          int cell = crews.get(i) / 2;
          assertThat(crews.get(i + 1) / 2).as("the other arm of the cell").isEqualTo(cell);
          turns[cell]++;
          first[cell] += crews.get(i) % 2 == 0 ? 1 : 0;
        }
      }
      assertThat(turns).containsExactly(TURNS);
      assertThat(first).as("seed " + seed).containsExactly(12, 6, 3);
    }
  }

  @Test
  void aSingleTurnAPassIsBalancedOverThePasses() {
    TurnOrder order = new TurnOrder(1, 2, 1);
    List<Integer> first = order.measured(0, 1, new int[] {1});
    assertThat(order.measured(0, 1, new int[] {1})).containsExactly(first.get(1), first.get(0));
  }
}
