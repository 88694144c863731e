package crossover.bench.report;

import crossover.bench.experiment.Cell;
import crossover.bench.results.ArmInCell;
import crossover.bench.results.Comparison;
import crossover.bench.results.Summary;
import crossover.bench.results.Summary.Contrast;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the report shows of one cell. */
record CellPart(Summary summary, Cell.Id cell, String name, Scale scale) {
  private static final double TICK_GAP = 10;

  /**
   * An arm in the table of ratios.
   *
   * @param comparison null for the baseline, and where there is none
   */
  record Row(ArmInCell measured, Comparison comparison, Mark mark, boolean baseline) {
    String kind() {
      return measured.valid() ? "baseline" : "not_valid";
    }

    String words() {
      return !measured.valid() ? "not valid" : baseline ? "baseline" : "not compared";
    }

    String cpu() {
      return measured.server() == null
          ? Figures.UNKNOWN
          : Figures.millis(measured.server().cpuMillisPerRequest());
    }
  }

  record Reason(String about, String sentence) {}

  static List<CellPart> of(Summary summary) {
    Scale scale = IntervalPlot.scale(summary);
    return summary.measured().stream()
        .map(cell -> new CellPart(summary, cell, name(summary, cell), scale))
        .toList();
  }

  /** The name that tells a cell from the others of the report: "get" where only views differ. */
  static String name(Summary summary, Cell.Id cell) {
    String name = cell.view();
    if (summary.measured().stream().map(Cell.Id::site).distinct().count() > 1) {
      name += " · " + cell.site();
    }
    if (summary.measured().stream().map(Cell.Id::users).distinct().count() > 1) {
      name += " · " + Figures.count(cell.users(), "user");
    }
    return name;
  }

  /** For links within the report. */
  String anchor() {
    return cell.toString().replaceAll("[^A-Za-z0-9]+", "-");
  }

  Answer answer() {
    return Answer.of(summary, cell);
  }

  /** One of the primary comparisons, for what they have in common; null where there is none. */
  Comparison comparedBy() {
    return primary().findFirst().orElse(null);
  }

  String metric() {
    return comparedBy() == null ? "nothing" : comparedBy().metric().label();
  }

  /** Why the arms are compared by this metric; null where there is nothing to say. */
  String metricReason() {
    return primary()
        .map(Comparison::metricReason)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  String left() {
    return higherIsFaster() ? "slower" : "faster";
  }

  String right() {
    return higherIsFaster() ? "faster" : "slower";
  }

  private boolean higherIsFaster() {
    return primary().allMatch(Comparison::higherIsFaster);
  }

  /** The primary ones. */
  List<Comparison> comparisons() {
    return summary.primary(cell);
  }

  private Stream<Comparison> primary() {
    return comparisons().stream();
  }

  List<Scale.Tick> ticks() {
    return scale.ticks(TICK_GAP);
  }

  List<Row> candidates() {
    return rows().stream().filter(row -> !row.baseline()).toList();
  }

  List<Row> rows() {
    double margin = primary().mapToDouble(Comparison::margin).findFirst().orElse(0);
    return measured().stream()
        .map(
            arm -> {
              Comparison c = summary.primary(cell, arm.arm()).orElse(null);
              Mark mark = c == null ? Mark.onlyMargin(scale, margin) : Mark.of(scale, c);
              return new Row(arm, c, mark, arm.arm().equals(summary.baseline()));
            })
        .toList();
  }

  private List<ArmInCell> measured() {
    return summary.in(cell);
  }

  List<Contrast> contrasts() {
    return summary.contrasts(cell);
  }

  /** Why the ratios are what they are, then what limited the arms: one line for those alike. */
  List<Reason> reasons() {
    Stream<Reason> differences =
        primary().filter(c -> c.why() != null).map(c -> new Reason(c.candidate(), c.why()));
    Map<String, String> limits =
        measured().stream()
            .filter(arm -> arm.why() != null)
            .collect(
                Collectors.toMap(
                    ArmInCell::why, ArmInCell::arm, (a, b) -> a + ", " + b, LinkedHashMap::new));
    Stream<Reason> causes =
        limits.entrySet().stream()
            .map(e -> new Reason(limits.size() == 1 ? "every arm" : e.getValue(), e.getKey()));
    return Stream.concat(differences, causes).toList();
  }

  List<Summary.Label> labels() {
    return summary.labels().stream().filter(label -> label.cell().equals(cell)).toList();
  }

  List<CpuBar> cpu() {
    return CpuBar.of(measured());
  }

  /** Null where response times at a fixed rate were not measured. */
  LatencyPart latency() {
    return LatencyPart.of(measured());
  }

  List<ArmFigure> figures() {
    return ArmFigure.of(measured()).stream().filter(ArmFigure::known).toList();
  }

  /** The names of the others. */
  String unknownFigures() {
    return ArmFigure.of(measured()).stream()
        .filter(figure -> !figure.known())
        .map(ArmFigure::label)
        .collect(Collectors.joining(", "));
  }
}
