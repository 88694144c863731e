package crossover.bench.report;

import crossover.bench.experiment.Cell;
import crossover.bench.results.Comparison;
import crossover.bench.results.Summary;
import crossover.bench.results.Summary.ArmInCell;
import crossover.bench.results.Verdict;
import java.util.List;
import java.util.Optional;

/** Where the arms meet: a view, a site and a number of users. */
record Place(String view, String site, int users) {

  /** Every place that was measured, in the order of measuring. */
  static List<Place> of(Summary summary) {
    return summary.measured().stream().map(c -> new Place(c.view(), c.site(), c.users())).toList();
  }

  private Cell.Id cell() {
    return new Cell.Id(view, site, users);
  }

  List<ArmInCell> cells(Summary summary) {
    return summary.in(cell());
  }

  List<Comparison> primary(Summary summary) {
    return summary.primary(cell());
  }

  Optional<Comparison> primary(Summary summary, String arm) {
    return summary.primary(cell(), arm);
  }

  List<Comparison> exploratory(Summary summary) {
    return summary.exploratory(cell());
  }

  List<Summary.Contrast> contrasts(Summary summary) {
    return summary.contrasts(cell());
  }

  /** The style of a verdict. */
  static String kind(Verdict verdict) {
    return switch (verdict) {
      case NOT_VALID -> "invalid";
      case TOO_FEW_ROUNDS -> "unknown";
      default -> verdict.label();
    };
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
