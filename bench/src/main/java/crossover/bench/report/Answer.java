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
import java.util.Optional;

/**
 * The answer in one sentence, and what else is to say.
 *
 * @param headline the part that matters most
 * @param rest the others; may be empty
 */
record Answer(String headline, String rest) {
  /** From this many cells on they are counted, not named. */
  private static final int MANY = 6;

  /** Of the whole experiment: which arms are faster than the baseline where, then the others. */
  static Answer of(Summary summary) {
    List<Comparison> primary = summary.comparisons().stream().filter(Comparison::primary).toList();
    if (primary.isEmpty()) {
      return new Answer("Nothing was compared.", "");
    }
    String faster = byArm(summary, primary, Verdict.FASTER);
    String slower = byArm(summary, primary, Verdict.SLOWER);
    List<String> others = new ArrayList<>();
    others.add(slower.isEmpty() ? "" : "Slower: " + slower + ".");
    others.add(counted(primary, Verdict.EQUIVALENT, "make no difference that matters"));
    others.add(counted(primary, Verdict.INCONCLUSIVE, "are inconclusive"));
    others.add(counted(primary, Verdict.TOO_FEW_ROUNDS, "had too few rounds"));
    others.add(counted(primary, Verdict.NOT_VALID, "are not valid"));
    others.removeIf(String::isEmpty);
    return new Answer(
        faster.isEmpty()
            ? "No arm is shown to be faster than " + summary.baseline() + "."
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

  /** Such as "a, b and c". */
  private static String listed(List<String> items) {
    int last = items.size() - 1;
    return last < 1
        ? String.join("", items)
        : String.join(", ", items.subList(0, last)) + " and " + items.get(last);
  }

  private static String counted(List<Comparison> primary, Verdict verdict, String predicate) {
    long n = primary.stream().filter(c -> c.conclusion() == verdict).count();
    return n == 0 ? "" : n + " of " + primary.size() + " comparisons " + predicate + ".";
  }

  /** Of one cell. */
  static Answer of(Summary summary, Cell.Id cell) {
    String baseline = summary.baseline();
    if (summary.primary(cell).isEmpty()) {
      return new Answer("Nothing was compared here.", "");
    }
    if (summary.in(cell, baseline).filter(arm -> !arm.valid()).isPresent()) {
      return new Answer("No verdict: the measurement of " + baseline + " is not valid.", "");
    }
    List<Comparison> faster = ranked(summary, cell, Verdict.FASTER);
    List<Comparison> slower = ranked(summary, cell, Verdict.SLOWER);
    List<String> others = new ArrayList<>();
    if (!slower.isEmpty()) {
      others.add(distances(slower).replaceFirst(" by ", " is slower by "));
    }
    named(summary, cell, Verdict.EQUIVALENT, "makes", "make", " no difference that matters")
        .ifPresent(others::add);
    named(summary, cell, Verdict.INCONCLUSIVE, "is", "are", " inconclusive").ifPresent(others::add);
    named(summary, cell, Verdict.TOO_FEW_ROUNDS, "had", "had", " too few rounds")
        .ifPresent(others::add);
    named(summary, cell, Verdict.NOT_VALID, "was", "were", " not validly measured")
        .ifPresent(others::add);
    String lead =
        faster.isEmpty() ? "No arm is shown to be faster than " + baseline : wins(faster, baseline);
    return new Answer(lead, (others.isEmpty() ? "" : "; " + String.join("; ", others)) + ".");
  }

  private static String wins(List<Comparison> faster, String baseline) {
    Comparison best = faster.get(0);
    String others = distances(faster.subList(1, faster.size()));
    return best.candidate()
        + " is faster than "
        + baseline
        + " by "
        + distance(best.ratio())
        + " ("
        + span(best)
        + ")"
        + (others.isEmpty() ? "" : ", " + others);
  }

  private static String distances(List<Comparison> comparisons) {
    return comparisons.stream()
        .map(c -> c.candidate() + " by " + distance(c.ratio()))
        .collect(joining(", "));
  }

  private static List<Comparison> ranked(Summary summary, Cell.Id cell, Verdict verdict) {
    return summary.primary(cell).stream()
        .filter(c -> c.conclusion() == verdict)
        .sorted(Comparator.comparingDouble(c -> -Math.abs(Math.log(c.ratio()))))
        .toList();
  }

  private static Optional<String> named(
      Summary summary, Cell.Id cell, Verdict verdict, String one, String several, String what) {
    List<String> names =
        summary.primary(cell).stream()
            .filter(c -> c.conclusion() == verdict)
            .map(Comparison::candidate)
            .toList();
    return Optional.of(listed(names) + " " + (names.size() == 1 ? one : several) + what)
        .filter(sentence -> !names.isEmpty());
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
