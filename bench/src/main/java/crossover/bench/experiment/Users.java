package crossover.bench.experiment;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/**
 * An item of the key {@code users}: a number, or {@code plan}.
 *
 * @param number 0: each plan's own
 */
record Users(int number) {
  private static final String PLAN = "plan";

  static Users of(String text, Allowed none) {
    return new Users(text.equals(PLAN) ? 0 : Scalars.integer(text, Range.USERS));
  }

  /** The levels of an experiment; empty where they are the plans' own. */
  static List<Integer> levels(List<Users> users) {
    List<Integer> levels = users.stream().map(Users::number).toList();
    if (levels.contains(0) && levels.size() > 1) {
      throw Keys.refuse("users", "has " + PLAN + " beside others: it must stand alone");
    }
    return levels.contains(0) ? List.of() : levels;
  }

  static List<Users> of(List<Integer> levels) {
    return levels.isEmpty() ? List.of(new Users(0)) : levels.stream().map(Users::new).toList();
  }

  @JsonValue
  Object written() {
    return number == 0 ? PLAN : number;
  }
}
