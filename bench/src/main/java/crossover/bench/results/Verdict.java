package crossover.bench.results;

import com.fasterxml.jackson.annotation.JsonValue;

/** What is concluded of a candidate compared with its baseline, read from the interval alone. */
public enum Verdict {
  /** The interval excludes 1 on the better side. */
  FASTER("faster"),
  /** The interval excludes 1 on the worse side. */
  SLOWER("slower"),
  /** The interval holds 1 and lies within the margin: no difference that matters. */
  EQUIVALENT("equivalent"),
  /** The interval holds 1 and reaches beyond the margin: more rounds are needed. */
  INCONCLUSIVE("inconclusive"),
  /** Too few rounds for an interval. */
  TOO_FEW_ROUNDS("–"),
  /** A gate was missed at one of the arms, so that their figures prove nothing. */
  NOT_VALID("not valid");

  private final String label;

  Verdict(String label) {
    this.label = label;
  }

  /** The word for tables and files. */
  @JsonValue
  public String label() {
    return label;
  }

  /** Whether more rounds would hardly change it. */
  public boolean isDecided() {
    return this == FASTER || this == SLOWER || this == EQUIVALENT;
  }

  /**
   * Reads an interval.
   *
   * @param log the logarithm of the ratio
   * @param halfWidth of its interval, as a logarithm; NaN where there is none
   * @param margin practical equivalence: 0.05 is ±5 %
   * @param higherIsFaster whether a ratio above 1 means faster
   */
  public static Verdict of(double log, double halfWidth, double margin, boolean higherIsFaster) {
    if (Double.isNaN(halfWidth) || Double.isNaN(log)) {
      return TOO_FEW_ROUNDS;
    }
    if (Math.abs(log) > halfWidth) {
      return log > 0 == higherIsFaster ? FASTER : SLOWER;
    }
    return Math.abs(log) + halfWidth <= Math.log1p(margin) ? EQUIVALENT : INCONCLUSIVE;
  }
}
