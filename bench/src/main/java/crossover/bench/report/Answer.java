package crossover.bench.report;

import static java.util.stream.Collectors.joining;

import crossover.bench.results.Comparison;
import crossover.bench.results.Summary;
import crossover.bench.results.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The answer for one place in one sentence: who beats the baseline, who trails it, and what is not
 * decided.
 *
 * @param headline the half that matters most
 * @param rest what else is to say, starting with its own punctuation; may be empty
 */
record Answer(String headline, String rest) {

  /** From the primary comparisons of one place. */
  static Answer of(Summary summary, Place place) {
    List<Comparison> all = place.primary(summary);
    String baseline = summary.baseline();
    if (all.isEmpty()) {
      return new Answer("Nothing was compared here.", "");
    }
    if (place.cells(summary).stream().anyMatch(c -> c.arm().equals(baseline) && !c.valid())) {
      return new Answer("No verdict: the measurement of " + baseline + " is not valid.", "");
    }
    List<Comparison> faster = ranked(summary, place, Verdict.FASTER);
    List<Comparison> slower = ranked(summary, place, Verdict.SLOWER);
    List<String> others = new ArrayList<>();
    if (!slower.isEmpty()) {
      others.add(
          slower.stream()
              .map(c -> c.candidate() + " by " + distance(c.ratio()))
              .collect(joining(", "))
              .replaceFirst(" by ", " trails by "));
    }
    others.addAll(
        named(
            summary,
            place,
            Verdict.EQUIVALENT,
            "makes no difference that matters",
            "make no difference that matters"));
    others.addAll(named(summary, place, Verdict.INCONCLUSIVE, "is undecided", "are undecided"));
    others.addAll(
        named(summary, place, Verdict.TOO_FEW_ROUNDS, "had too few rounds", "had too few rounds"));
    others.addAll(
        named(
            summary,
            place,
            Verdict.NOT_VALID,
            "was not validly measured",
            "were not validly measured"));
    String lead =
        faster.isEmpty() ? "Nothing is shown to beat " + baseline : wins(faster, baseline);
    return new Answer(lead, (others.isEmpty() ? "" : "; " + String.join("; ", others)) + ".");
  }

  private static String wins(List<Comparison> faster, String baseline) {
    Comparison best = faster.get(0);
    String others =
        faster.stream()
            .skip(1)
            .map(c -> ", " + c.candidate() + " by " + distance(c.ratio()))
            .collect(joining());
    return String.format(
        Locale.ROOT,
        "%s beats %s by %s (%s)%s",
        best.candidate(),
        baseline,
        distance(best.ratio()),
        span(best),
        others);
  }

  private static List<Comparison> ranked(Summary summary, Place place, Verdict verdict) {
    return place.primary(summary).stream()
        .filter(c -> c.conclusion() == verdict)
        .sorted(Comparator.comparingDouble(c -> -Math.abs(Math.log(c.ratio()))))
        .toList();
  }

  private static List<String> named(
      Summary summary, Place place, Verdict verdict, String one, String several) {
    List<String> names =
        ranked(summary, place, verdict).stream().map(Comparison::candidate).toList();
    if (names.isEmpty()) {
      return List.of();
    }
    return List.of(
        String.join(", ", names).replaceFirst(", ([^,]+)$", " and $1")
            + " "
            + (names.size() == 1 ? one : several));
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
