package crossover.bench.report;

import crossover.bench.results.Comparison;
import crossover.bench.results.Summary;
import crossover.bench.results.Summary.ArmInCell;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The end of a run on a terminal: plain text of at most 100 columns. */
public final class ConsoleTable {
  private static final int WIDTH = 100;
  private static final String ROW = "  %-20s %12s  %8s  %15s  %-22s %9s%n";

  private final Summary summary;
  private final StringBuilder text = new StringBuilder();

  private ConsoleTable(Summary summary) {
    this.summary = summary;
  }

  /**
   * The verdicts view by view, then the missed gates, the notices and where the results are.
   *
   * @param folder the results folder, as the reader should see its path
   */
  public static String of(Summary summary, Path folder) {
    return new ConsoleTable(summary).render(folder);
  }

  private String render(Path folder) {
    Place.of(summary).forEach(this::place);
    if (summary.comparisons().stream().anyMatch(c -> c.primary() && c.furtherRounds() > 0)) {
      wrapped("", "(+n): that many further rounds would probably settle it.");
    }
    summary.gates().stream()
        .filter(gate -> !gate.passed())
        .forEach(gate -> wrapped("NOT VALID: ", gate.sentence()));
    if (summary.smoke()) {
      wrapped("Note: ", "this is a smoke run: everything works, the figures prove nothing.");
    }
    summary.notices().forEach(notice -> wrapped("Note: ", notice));
    return text.append("Results: ").append(folder).append(System.lineSeparator()).toString();
  }

  private void place(Place place) {
    List<Comparison> primary = place.primary(summary);
    text.append(place);
    primary.stream().findFirst().ifPresent(this::measuredBy);
    text.append(System.lineSeparator());
    text.append(
        String.format(
            Locale.ROOT,
            ROW,
            "arm",
            "throughput",
            "ratio",
            "95 % interval",
            "verdict",
            "CPU ms/rq"));
    place.cells(summary).forEach(cell -> row(place, cell));
    primary.stream()
        .map(Comparison::metricReason)
        .filter(reason -> reason != null)
        .findFirst()
        .ifPresent(reason -> wrapped("  ", reason));
    place.contrasts(summary).forEach(this::contrast);
    text.append(System.lineSeparator());
  }

  private void measuredBy(Comparison first) {
    text.append(": ratio of ")
        .append(first.metric().label())
        .append(first.higherIsFaster() ? ", more is faster; " : ", less is faster; ")
        .append(Figures.count(first.rounds(), "round"))
        .append(", margin ±")
        .append(Figures.percent(first.margin()));
  }

  private void row(Place place, ArmInCell cell) {
    Optional<Comparison> comparison = place.primary(summary, cell.arm());
    String cpu =
        cell.server() == null
            ? Figures.UNKNOWN
            : Figures.millis(cell.server().cpuMillisPerRequest());
    text.append(
        String.format(
            Locale.ROOT,
            ROW,
            cell.arm(),
            Figures.perSecond(cell.throughput()),
            comparison.map(c -> Figures.ratio(c.ratio())).orElse(""),
            comparison.map(c -> Figures.interval(c.low(), c.high())).orElse(""),
            verdict(cell, comparison),
            cpu));
  }

  private void contrast(Summary.Contrast c) {
    wrapped("  ", c.name() + ", " + c.formula() + ":");
    wrapped(
        "      ",
        String.format(
            Locale.ROOT,
            "%s  %s  %s",
            Figures.ratio(c.ratio()),
            Figures.interval(c.low(), c.high()),
            c.qualifiedVerdict()));
  }

  private String verdict(ArmInCell cell, Optional<Comparison> comparison) {
    if (comparison.isPresent()) {
      return comparison.get().qualifiedVerdict();
    }
    String word = cell.arm().equals(summary.baseline()) ? "baseline" : Figures.UNKNOWN;
    return cell.valid() ? word : "not valid";
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
