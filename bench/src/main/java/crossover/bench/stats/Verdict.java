package crossover.bench.stats;

/** What an interval says about the candidate, compared with the baseline. */
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
  INSUFFICIENT("–");

  private final String label;

  Verdict(String label) {
    this.label = label;
  }

  /** The word for tables and files. */
  public String label() {
    return label;
  }
}
