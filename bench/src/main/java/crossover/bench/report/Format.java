package crossover.bench.report;

import crossover.bench.results.Summary;
import crossover.bench.text.Text;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The verdicts for other programs: a new format is a template and a line here. */
public enum Format {
  /** Test cases: slower fails without a limit, inconclusive is skipped, not valid is an error. */
  JUNIT("junit.xml"),
  /** A summary for a pull request or the page of a job. */
  MARKDOWN("summary.md"),
  /** A comparison a line (RFC 4180); what is not known is empty. */
  CSV("comparisons.csv");

  private static final Pattern SUITE = Pattern.compile("(?s)<testsuite( .*?</testsuite>)");

  private final String template;

  Format(String template) {
    this.template = template;
  }

  public String of(Summary summary) {
    String text = Templates.fill(template, Page.of(summary, Optional.empty()));
    return this == JUNIT ? SUITE.matcher(text).replaceAll(Format::counted) : text;
  }

  /**
   * Jenkins' schema of JUnit files requires how many cases a suite has, and what became of them.
   */
  private static String counted(MatchResult suite) {
    StringBuilder counts = new StringBuilder("<testsuite");
    new TreeMap<>(
            Map.of(
                "tests",
                "<testcase ",
                "failures",
                "<failure ",
                "errors",
                "<error ",
                "skipped",
                "<skipped "))
        .forEach(
            (name, tag) ->
                counts.append(
                    Text.format(" %s=\"%d\"", name, suite.group(1).split(tag, -1).length - 1)));
    return Matcher.quoteReplacement(counts + suite.group(1));
  }
}
