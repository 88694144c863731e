package crossover.bench.report;

import crossover.bench.results.Summary;
import java.util.Optional;

/** The verdicts for other programs: a new format is a template and a line here. */
public enum Format {
  /** Test cases: slower fails without a limit, inconclusive is skipped, not valid is an error. */
  JUNIT("junit.xml"),
  /** A summary for a pull request or the page of a job. */
  MARKDOWN("summary.md"),
  /** A comparison a line (RFC 4180); what is not known is empty. */
  CSV("comparisons.csv");

  private final String template;

  Format(String template) {
    this.template = template;
  }

  public String of(Summary summary) {
    return Templates.fill(template, Page.of(summary, Optional.empty()));
  }
}
