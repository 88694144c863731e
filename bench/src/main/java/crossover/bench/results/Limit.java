package crossover.bench.results;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * A limit that the user set, held against one arm in one cell.
 *
 * @param option such as "--max-slowdown"
 * @param cell and arm, such as "get · localhost · 32 users · native"
 * @param sentence what was found and what is allowed; where it is undecided, what would decide it
 */
public record Limit(String option, String cell, Outcome outcome, String sentence) {
  /** What became of it. */
  public enum Outcome {
    /** The whole interval lies within the limit. */
    PASSED,
    /** The whole interval lies beyond it. */
    FAILED,
    /** The limit lies inside the interval: a warning. */
    UNDECIDED,
    /** The figure was not measured, or not validly: as good as failed. */
    NOT_JUDGED;

    /** The word for tables and files. */
    @JsonValue
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** Whether a run ends as failed because of it. */
  public boolean fails(boolean strict) {
    return outcome == Outcome.FAILED
        || outcome == Outcome.NOT_JUDGED
        || (strict && outcome == Outcome.UNDECIDED);
  }
}
