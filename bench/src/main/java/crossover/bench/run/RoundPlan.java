package crossover.bench.run;

import crossover.bench.experiment.Arm;
import crossover.bench.experiment.Cell;
import crossover.bench.experiment.Definition;
import crossover.bench.experiment.Schedule;
import crossover.bench.results.Results;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All rounds of an experiment, of every day. Each further day goes through the schedule again with
 * every order turned round, so what stood first on one day stands last on the next.
 */
public final class RoundPlan {
  private RoundPlan() {}

  /**
   * One round to come.
   *
   * @param number 1, 2, … over all days
   * @param day 1, 2, …
   * @param order the arms as the round measures them
   */
  record Entry(int number, int day, List<Arm> order) {}

  /**
   * @param roundsByDay how many rounds were planned for each day
   */
  static List<Entry> of(Definition definition, List<Integer> roundsByDay) {
    Schedule first = new Schedule(definition.arms().size(), definition.seed().orElseThrow());
    List<Entry> entries = new ArrayList<>();
    for (int day = 1; day <= roundsByDay.size(); day++) {
      Schedule schedule = day % 2 == 1 ? first : first.reversed();
      for (int i = 0; i < roundsByDay.get(day - 1); i++) {
        List<Arm> order =
            Arrays.stream(schedule.order(i)).mapToObj(definition.arms()::get).toList();
        entries.add(new Entry(entries.size() + 1, day, order));
      }
    }
    return entries;
  }

  /**
   * The rounds of which something is missing; none once the last day has ended, whether or not
   * cells were settled at a look.
   */
  public static List<Integer> unfinished(Definition definition, Results results)
      throws IOException {
    if (results.hasEnded()) {
      return List.of();
    }
    return of(definition, results.roundsByDay()).stream()
        .map(Entry::number)
        .filter(
            round ->
                !new MeasuredSlices(definition, round, results)
                    .incomplete(Cell.of(definition))
                    .isEmpty())
        .toList();
  }
}
