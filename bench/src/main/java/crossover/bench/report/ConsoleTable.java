package crossover.bench.report;

import crossover.bench.experiment.Cell;
import crossover.bench.results.Comparison;
import crossover.bench.results.Summary;
import crossover.bench.results.Summary.ArmInCell;
import crossover.bench.results.Summary.Contrast;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The end of a run on a terminal: plain text of at most 100 columns. */
public final class ConsoleTable {
  private static final int WIDTH = 100;

  private final Summary summary;
  private final StringBuilder text = new StringBuilder();

  private ConsoleTable(Summary summary) {
    this.summary = summary;
  }

  /**
   * The verdicts cell by cell, then the missed gates, the notices and where the results are.
   *
   * @param folder the results folder, as the reader should see its path
   */
  public static String of(Summary summary, Path folder) {
    return new ConsoleTable(summary).render(folder);
  }

  private String render(Path folder) {
    summary.measured().forEach(this::cell);
    List<Comparison> primary = summary.comparisons().stream().filter(Comparison::primary).toList();
    if (!primary.isEmpty()) {
      wrapped(
          "", "95 % interval: the probability that any of these verdicts is wrong is at most 5 %.");
    }
    if (primary.stream().anyMatch(c -> c.furtherRounds() > 0)) {
      wrapped("", "(+n): about n more rounds would settle it.");
    }
    String smallest = Page.smallestFound(summary);
    if (!smallest.isEmpty()) {
      wrapped("", "Differences that such a run finds in 4 of 5 cases: " + smallest + ".");
    }
    if (summary.time() != null) {
      wrapped("", "Time: " + Page.shares(summary) + ".");
    }
    summary.gates().stream()
        .filter(gate -> !gate.passed())
        .forEach(gate -> wrapped("NOT VALID: ", gate.sentence()));
    if (summary.smoke()) {
      wrapped("Note: ", "This is a smoke run: it shows that everything works, no more.");
    }
    summary.notices().forEach(notice -> wrapped("Note: ", notice));
    return text.append("Results: ").append(folder).append(System.lineSeparator()).toString();
  }

  private void cell(Cell.Id cell) {
    List<Comparison> primary = summary.primary(cell);
    text.append(cell);
    primary.stream().findFirst().ifPresent(this::comparedBy);
    text.append(System.lineSeparator());
    row("arm", "throughput", "ratio", "95 % interval", "verdict", "CPU ms/rq");
    summary.in(cell).forEach(arm -> arm(arm, summary.primary(cell, arm.arm())));
    primary.stream()
        .map(Comparison::metricReason)
        .filter(reason -> reason != null)
        .findFirst()
        .ifPresent(reason -> wrapped("  ", reason));
    summary.contrasts(cell).forEach(this::contrast);
    text.append(System.lineSeparator());
  }

  private void comparedBy(Comparison first) {
    text.append(": ratio of ")
        .append(first.metric().label())
        .append(first.higherIsFaster() ? ", more is faster; " : ", less is faster; ")
        .append(Figures.count(first.rounds(), "round"))
        .append(", margin ±")
        .append(Figures.percent(first.margin()));
  }

  private void arm(ArmInCell arm, Optional<Comparison> comparison) {
    String word = arm.arm().equals(summary.baseline()) ? "baseline" : "not compared";
    row(
        arm.arm(),
        Figures.perSecond(arm.throughput()),
        comparison.map(c -> Figures.ratio(c.ratio())).orElse(""),
        comparison.map(c -> Figures.interval(c.low(), c.high())).orElse(""),
        comparison.map(Comparison::qualifiedVerdict).orElse(arm.valid() ? word : "not valid"),
        arm.server() == null
            ? Figures.UNKNOWN
            : Figures.millis(arm.server().cpuMillisPerRequest()));
  }

  private void row(Object... columns) {
    text.append(String.format(Locale.ROOT, "  %-20s %12s  %8s  %15s  %-22s %9s%n", columns));
  }

  private void contrast(Contrast c) {
    wrapped("  ", c.name() + ", " + c.formula() + " (exploratory):");
    wrapped(
        "      ",
        String.join(
            "  ",
            Figures.ratio(c.ratio()),
            Figures.interval(c.low(), c.high()),
            c.qualifiedVerdict()));
  }

  private void wrapped(String lead, String sentence) {
    wrap(text, lead, sentence);
  }

  /** A lead and a sentence in lines of at most 100 columns. */
  static void wrap(StringBuilder text, String lead, String sentence) {
    StringBuilder line = new StringBuilder(lead);
    String gap = "";
    for (String word : sentence.split(" ", -1)) {
      if (line.length() + gap.length() + word.length() > WIDTH) {
        text.append(line).append(System.lineSeparator());
        line = new StringBuilder(" ".repeat(lead.length()));
        gap = "";
      }
      line.append(gap).append(word);
      gap = " ";
    }
    text.append(line).append(System.lineSeparator());
  }
}
