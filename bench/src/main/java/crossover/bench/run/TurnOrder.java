package crossover.bench.run;

import crossover.bench.experiment.Schedule;
import java.util.ArrayList;
import java.util.List;

/**
 * In which order arms take their turns, sweep by sweep. Crews are numbered cell by cell, each with
 * all arms. In measured sweeps each cell goes through the schedule by the turns of its own, so its
 * arms' order is balanced also where it has no turn in most sweeps.
 */
final class TurnOrder {
  private final Schedule schedule;
  private final int arms;
  private final int[] measured;
  private int warmUps;

  TurnOrder(int cells, int arms, long seed) {
    schedule = new Schedule(arms, seed);
    this.arms = arms;
    measured = new int[cells];
  }

  /** The next sweep of warm-up: a turn of every crew. */
  List<Integer> warmUp() {
    List<Integer> crews = new ArrayList<>();
    for (int cell = 0; cell < measured.length; cell++) {
      add(crews, cell, warmUps);
    }
    warmUps++;
    return crews;
  }

  /**
   * A measured sweep. Cells with longer turns have fewer of them, spread over all sweeps.
   *
   * @param sweep of the pass, from 0
   * @param sweeps in the pass
   * @param turns of each cell in it
   */
  List<Integer> measured(int sweep, int sweeps, int[] turns) {
    List<Integer> crews = new ArrayList<>();
    for (int cell = 0; cell < measured.length; cell++) {
      if ((sweep + 1) * turns[cell] / sweeps > sweep * turns[cell] / sweeps) {
        add(crews, cell, measured[cell]++);
      }
    }
    return crews;
  }

  private void add(List<Integer> crews, int cell, int turn) {
    for (int arm : schedule.order(turn)) {
      crews.add(cell * arms + arm);
    }
  }
}
