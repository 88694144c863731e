package crossover.bench.report;

import static java.util.stream.Collectors.joining;

import crossover.bench.experiment.Cell;
import crossover.bench.results.Comparison;
import crossover.bench.results.Summary;
import crossover.bench.results.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The answer in one sentence, and what else is to say.
 *
 * @param headline the part that matters most
 * @param rest the others; may be empty
 */
record Answer(String headline, String rest) {
  /** From this many cells on they are counted, not named. */
  private static final int MANY = 6;

  /** What is only counted or listed, without figures. */
  private static final List<Verdict> WITHOUT_FIGURES =
      List.of(Verdict.EQUIVALENT, Verdict.INCONCLUSIVE, Verdict.TOO_FEW_ROUNDS, Verdict.NOT_VALID);

  /** Of the whole experiment: which arms are faster than the baseline where, then the others. */
  static Answer of(Summary summary) {
    List<Comparison> primary = summary.comparisons().stream().filter(Comparison::primary).toList();
    if (primary.isEmpty()) {
      return new Answer("Nothing was compared.", "");
    }
    if (summary.measured().size() == 1) {
      Answer only = of(summary, summary.measured().get(0));
      return new Answer(
          only.headline().replaceFirst("\\.?$", "."), only.rest().replaceFirst("^[;,.] ?", ""));
    }
    String faster = byArm(summary, primary, Verdict.FASTER);
    String slower = byArm(summary, primary, Verdict.SLOWER);
    List<String> others =
        new ArrayList<>(slower.isEmpty() ? List.of() : List.of("Slower: " + slower + "."));
    for (Verdict verdict : WITHOUT_FIGURES) {
      int n = ranked(primary, verdict).size();
      if (n > 0) {
        others.add(
            n + " of " + primary.size() + " comparisons " + predicate(verdict, n == 1) + ".");
      }
    }
    return new Answer(
        faster.isEmpty()
            ? nothingFaster(summary) + "."
            : "Faster than " + summary.baseline() + ": " + faster + ".",
        String.join(" ", others));
  }

  /** Such as "native in get (by 21 %) and cached (by 13 %); virtual in get (by 9 %)". */
  private static String byArm(Summary summary, List<Comparison> primary, Verdict verdict) {
    List<String> arms = new ArrayList<>();
    for (Summary.Arm arm : summary.arms()) {
      List<Comparison> own =
          primary.stream().filter(c -> c.candidate().equals(arm.name())).toList();
      List<String> where =
          own.stream()
              .filter(c -> c.conclusion() == verdict)
              .map(c -> CellPart.name(summary, c.cell()) + " (by " + distance(c.ratio()) + ")")
              .toList();
      if (where.size() >= MANY) {
        arms.add(arm.name() + " in " + where.size() + " of " + own.size() + " cells");
      } else if (!where.isEmpty()) {
        arms.add(arm.name() + " in " + listed(where));
      }
    }
    return String.join("; ", arms);
  }

  static Answer of(Summary summary, Cell.Id cell) {
    String baseline = summary.baseline();
    List<Comparison> primary = summary.primary(cell);
    if (primary.isEmpty()) {
      return new Answer("Nothing was compared here.", "");
    }
    if (summary.in(cell, baseline).filter(arm -> !arm.valid()).isPresent()) {
      return new Answer("No verdict: the measurement of " + baseline + " is not valid.", "");
    }
    List<Comparison> faster = ranked(primary, Verdict.FASTER);
    List<Comparison> slower = ranked(primary, Verdict.SLOWER);
    StringBuilder rest = new StringBuilder();
    if (faster.size() > 1) {
      rest.append(", ").append(distances(faster.subList(1, faster.size()), " by "));
    }
    if (!slower.isEmpty()) {
      rest.append("; ").append(distances(slower, " by ").replaceFirst(" by ", " is slower by "));
    }
    for (Verdict verdict : WITHOUT_FIGURES) {
      List<String> arms = ranked(primary, verdict).stream().map(Comparison::candidate).toList();
      if (!arms.isEmpty()) {
        rest.append("; ")
            .append(listed(arms))
            .append(" ")
            .append(predicate(verdict, arms.size() == 1));
      }
    }
    return new Answer(
        faster.isEmpty()
            ? nothingFaster(summary)
            : distances(faster.subList(0, 1), " is faster than " + baseline + " by ")
                + " ("
                + span(faster.get(0))
                + ")",
        rest + ".");
  }

  private static String nothingFaster(Summary summary) {
    return "No arm is shown to be faster than " + summary.baseline();
  }

  private static String predicate(Verdict verdict, boolean one) {
    return switch (verdict) {
      case EQUIVALENT -> (one ? "makes" : "make") + " no difference that matters";
      case INCONCLUSIVE -> (one ? "is" : "are") + " inconclusive";
      case TOO_FEW_ROUNDS -> "had too few rounds";
      case NOT_VALID -> (one ? "was" : "were") + " not validly measured";
      case FASTER, SLOWER -> throw new IllegalArgumentException(verdict.label());
    };
  }

  /** The largest difference first. */
  private static List<Comparison> ranked(List<Comparison> comparisons, Verdict verdict) {
    return comparisons.stream()
        .filter(c -> c.conclusion() == verdict)
        .sorted(Comparator.comparingDouble(c -> -Math.abs(Math.log(c.ratio()))))
        .toList();
  }

  private static String distances(List<Comparison> comparisons, String by) {
    return comparisons.stream()
        .map(c -> c.candidate() + by + distance(c.ratio()))
        .collect(joining(", "));
  }

  /** Such as "a, b and c". */
  private static String listed(List<String> items) {
    int last = items.size() - 1;
    return last < 1
        ? String.join("", items)
        : String.join(", ", items.subList(0, last)) + " and " + items.get(last);
  }

  /** How far a ratio is from 1: "18 %", or "a factor of 2.4" from double and half on. */
  private static String distance(double ratio) {
    return byFactor(ratio) ? "a factor of " + factor(ratio) : percent(ratio) + " %";
  }

  private static String span(Comparison c) {
    double near = c.ratio() >= 1 ? c.low() : c.high();
    double far = c.ratio() >= 1 ? c.high() : c.low();
    return byFactor(c.ratio())
        ? factor(near) + " to " + factor(far)
        : percent(near) + " to " + percent(far) + " %";
  }

  private static boolean byFactor(double ratio) {
    return ratio >= 2 || ratio <= 0.5;
  }

  private static String factor(double ratio) {
    return Figures.figure(Math.max(ratio, 1 / ratio));
  }

  /** Whole from 3 % on: the table has the rest. */
  private static String percent(double ratio) {
    double percent = 100 * Math.abs(ratio - 1);
    return String.format(Locale.ROOT, percent < 3 ? "%.1f" : "%.0f", percent);
  }
}
