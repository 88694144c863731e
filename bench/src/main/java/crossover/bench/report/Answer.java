package crossover.bench.report;

import static java.util.stream.Collectors.joining;

import crossover.bench.report.Summary.Comparison;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

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
    if (!place.valid(summary, baseline)) {
      return new Answer("No verdict: the measurement of " + baseline + " is not valid.", "");
    }
    List<Comparison> faster = ranked(summary, place, "faster");
    List<Comparison> slower = ranked(summary, place, "slower");
    List<String> others = new ArrayList<>();
    if (!slower.isEmpty()) {
      others.add(
          slower.stream()
              .map(c -> c.candidate() + " trails by " + distance(c.ratio()))
              .collect(joining(", ")));
    }
    others.addAll(
        named(
            summary,
            place,
            "equivalent",
            "makes no difference that matters",
            "make no difference that matters"));
    others.addAll(named(summary, place, "inconclusive", "is undecided", "are undecided"));
    others.addAll(named(summary, place, "unknown", "had too few rounds", "had too few rounds"));
    others.addAll(
        named(summary, place, "invalid", "was not validly measured", "were not validly measured"));
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
    return "%s beats %s by %s (%s)%s"
        .formatted(best.candidate(), baseline, distance(best.ratio()), span(best), others);
  }

  private static List<Comparison> ranked(Summary summary, Place place, String kind) {
    return place.primary(summary).stream()
        .filter(c -> place.kind(summary, c).equals(kind))
        .sorted(Comparator.comparingDouble(c -> -Math.abs(Math.log(c.ratio()))))
        .toList();
  }

  private static List<String> named(
      Summary summary, Place place, String kind, String one, String several) {
    List<String> names = ranked(summary, place, kind).stream().map(Comparison::candidate).toList();
    if (names.isEmpty()) {
      return List.of();
    }
    return List.of(String.join(" and ", names) + " " + (names.size() == 1 ? one : several));
  }

  /** How far a ratio is from 1: "18 %", or "a factor of 2.4" from double and half on. */
  private static String distance(double ratio) {
    if (ratio >= 2 || ratio <= 0.5) {
      return "a factor of " + Figures.figure(Math.max(ratio, 1 / ratio));
    }
    return Figures.percent(Math.abs(ratio - 1));
  }

  private static String span(Comparison c) {
    boolean up = c.ratio() >= 1;
    return distance(up ? c.low() : c.high()) + " to " + distance(up ? c.high() : c.low());
  }
}
