package crossover.bench.report;

import crossover.bench.results.Summary;
import crossover.bench.results.Summary.Cell;
import crossover.bench.results.Summary.Comparison;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where the arms meet: a view, a site and a number of users. */
public record Place(String view, String site, int users) {

  /** Every place that was measured, in the order of measuring. */
  static List<Place> of(Summary summary) {
    return summary.cells().stream()
        .map(cell -> new Place(cell.view(), cell.site(), cell.users()))
        .distinct()
        .toList();
  }

  /** What was measured here, in the order of the arms. */
  public List<Cell> cells(Summary summary) {
    return summary.cells().stream().filter(this::holds).toList();
  }

  /** The primary comparisons made here. */
  public List<Comparison> primary(Summary summary) {
    return summary.comparisons().stream().filter(c -> c.primary() && holds(c)).toList();
  }

  /** The exploratory comparisons made here. */
  List<Comparison> exploratory(Summary summary) {
    return summary.comparisons().stream().filter(c -> !c.primary() && holds(c)).toList();
  }

  /** What else was asked of the arms here. */
  List<Summary.Contrast> contrasts(Summary summary) {
    return summary.contrasts().stream()
        .filter(c -> c.view().equals(view) && c.site().equals(site) && c.users() == users)
        .toList();
  }

  /** What may be said of a contrast, as {@link #kind(Summary, Comparison)} says it. */
  String kind(Summary summary, Summary.Contrast c) {
    if (!c.arms().stream().allMatch(arm -> valid(summary, arm))) {
      return "invalid";
    }
    if (c.immaterial()) {
      return "equivalent";
    }
    return c.verdict().equals("–") ? "unknown" : c.verdict();
  }

  /** The verdict of a contrast, in words. */
  String label(Summary summary, Summary.Contrast c) {
    return switch (kind(summary, c)) {
      case "invalid" -> "not valid";
      case "unknown" -> "too few rounds";
      case "inconclusive" -> String.format(Locale.ROOT, "inconclusive (+%d)", c.furtherRounds());
      default -> c.immaterial() ? c.verdict() + ", immaterial" : c.verdict();
    };
  }

  /** The primary comparison of this arm with the baseline, if there is one. */
  public Optional<Comparison> primary(Summary summary, String arm) {
    return primary(summary).stream().filter(c -> c.candidate().equals(arm)).findFirst();
  }

  /** Whether this arm was measured here and every gate passed. */
  boolean valid(Summary summary, String arm) {
    return cells(summary).stream().anyMatch(cell -> cell.arm().equals(arm) && cell.valid());
  }

  /** Whether this arm answered here, but never without a failed request among its answers. */
  public boolean refuses(Summary summary, String arm) {
    return cells(summary).stream()
        .anyMatch(cell -> cell.arm().equals(arm) && cell.rounds() == 0 && cell.errors() > 0);
  }

  /**
   * What may be said of a comparison made here: "faster", "slower", "equivalent", "inconclusive",
   * "unknown" or "invalid". A difference that does not stand after Holm's correction is undecided,
   * one that lies within the margin is none that matters.
   */
  public String kind(Summary summary, Comparison c) {
    if (!valid(summary, c.candidate()) || !valid(summary, c.baseline())) {
      return "invalid";
    }
    if (c.immaterial()) {
      return "equivalent";
    }
    return switch (c.verdict()) {
      case "faster", "slower" -> c.standsCorrected() ? c.verdict() : "inconclusive";
      case "equivalent", "inconclusive" -> c.verdict();
      default -> "unknown";
    };
  }

  /** The verdict of a comparison made here, in words. */
  public String label(Summary summary, Comparison c) {
    return switch (kind(summary, c)) {
      case "invalid" -> "not valid";
      case "unknown" -> "too few rounds";
      default ->
          c.verdict().equals("inconclusive") && c.furtherRounds() > 0
              ? "inconclusive (+" + c.furtherRounds() + ")"
              : c.qualifiedVerdict();
    };
  }

  private boolean holds(Cell cell) {
    return cell.view().equals(view) && cell.site().equals(site) && cell.users() == users;
  }

  private boolean holds(Comparison comparison) {
    return comparison.view().equals(view)
        && comparison.site().equals(site)
        && comparison.users() == users;
  }

  /**
   * The name that tells this place from the others of the report: "get" where only views differ.
   */
  String among(List<Place> places) {
    String name = view;
    if (places.stream().map(Place::site).distinct().count() > 1) {
      name += " · " + site;
    }
    if (places.stream().map(Place::users).distinct().count() > 1) {
      name += " · " + crowd();
    }
    return name;
  }

  /** Such as "32 users". */
  String crowd() {
    return Figures.count(users, "user");
  }

  /** For links within the report. */
  String id() {
    return (view + "-" + site + "-" + users).replaceAll("[^A-Za-z0-9]+", "-");
  }

  /** Such as "get · localhost · 32 users". */
  @Override
  public String toString() {
    return view + " · " + site + " · " + crowd();
  }
}
