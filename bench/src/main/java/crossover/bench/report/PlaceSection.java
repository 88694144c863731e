package crossover.bench.report;

import crossover.bench.results.Comparison;
import crossover.bench.results.Estimate;
import crossover.bench.results.Summary;
import crossover.bench.results.Summary.ArmInCell;
import crossover.bench.results.Summary.Latency;
import crossover.bench.results.Summary.Server;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * What the report shows of one place, as text and drawings ready for the template, whose names are
 * those of the records' components.
 */
record PlaceSection(
    String id,
    String name,
    String metric,
    String metricReason,
    String left,
    String right,
    List<Scale.Tick> ticks,
    List<Row> rows,
    List<ContrastRow> contrasts,
    List<Reason> reasons,
    CpuTable cpu,
    LatencyTable latency,
    List<ServerRow> server) {

  private static final double FOREST_GAP = 10;
  private static final double LATENCY_GAP = 19;

  record Row(
      String arm,
      Mark mark,
      String ratio,
      String interval,
      Word verdict,
      String throughput,
      String cpu) {}

  /** A verdict: its style, its sign for those who do not see colours, its words. */
  record Word(String kind, String sign, String words) {}

  record ContrastRow(String name, String formula, String ratio, String interval, Word verdict) {}

  record Reason(String about, String sentence) {}

  record CpuTable(List<CpuRow> rows) {}

  record CpuRow(
      String arm,
      Bar user,
      Bar system,
      Bar backends,
      String server,
      String backendMillis,
      String byBackend) {}

  record Bar(String title, String width) {}

  record LatencyTable(
      String rate,
      String requests,
      String lateness,
      List<Scale.Tick> ticks,
      List<LatencyRow> rows) {}

  record LatencyRow(
      String arm, Quantile p50, Quantile p90, Quantile p99, Quantile p999, LatencyMark mark) {}

  record Quantile(String millis, String interval) {}

  record ServerRow(String arm, String pools, List<String> figures, String boundBy) {}

  static PlaceSection of(Summary summary, Place place, List<Place> places, Scale scale) {
    List<Comparison> primary = place.primary(summary);
    boolean higher = primary.stream().allMatch(Comparison::higherIsFaster);
    List<ArmInCell> cells = place.cells(summary);
    return new PlaceSection(
        place.id(),
        place.among(places),
        primary.isEmpty() ? "nothing" : primary.get(0).metric().label(),
        primary.stream()
            .map(Comparison::metricReason)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null),
        higher ? "slower" : "faster",
        higher ? "faster" : "slower",
        scale.ticks(FOREST_GAP),
        cells.stream().map(cell -> row(summary, place, cell, scale)).toList(),
        place.contrasts(summary).stream().map(PlaceSection::contrast).toList(),
        reasons(summary, place),
        cpu(cells),
        latency(cells),
        cells.stream().filter(cell -> cell.server() != null).map(PlaceSection::server).toList());
  }

  static Word word(Comparison comparison) {
    return word(Place.kind(comparison.conclusion()), comparison.qualifiedVerdict());
  }

  private static Word word(String kind, String label) {
    String sign =
        switch (kind) {
          case "faster" -> "▲";
          case "slower" -> "▼";
          case "equivalent" -> "≈";
          case "inconclusive" -> "?";
          case "invalid" -> "✕";
          default -> "";
        };
    return new Word(kind, sign, label);
  }

  private static ContrastRow contrast(Summary.Contrast c) {
    return new ContrastRow(
        c.name(),
        c.formula(),
        Figures.ratio(c.ratio()),
        Figures.interval(c.low(), c.high()),
        word(Place.kind(c.conclusion()), c.qualifiedVerdict()));
  }

  private static Row row(Summary summary, Place place, ArmInCell cell, Scale scale) {
    Optional<Comparison> comparison = place.primary(summary, cell.arm());
    double margin =
        place.primary(summary).stream().mapToDouble(Comparison::margin).findFirst().orElse(0);
    boolean baseline = cell.arm().equals(summary.baseline());
    Word plain =
        cell.valid()
            ? new Word("baseline", "", baseline ? "baseline" : Figures.UNKNOWN)
            : new Word("invalid", "✕", "not valid");
    return new Row(
        cell.arm(),
        comparison
            .map(c -> Mark.of(scale, c, Place.kind(c.conclusion())))
            .orElseGet(() -> Mark.onlyMargin(scale, margin)),
        comparison.map(c -> Figures.ratio(c.ratio())).orElse(baseline ? "1" : Figures.UNKNOWN),
        comparison.map(c -> Figures.interval(c.low(), c.high())).orElse(""),
        comparison.map(c -> word(c)).orElse(plain),
        Figures.figure(cell.throughput()),
        cell.server() == null
            ? Figures.UNKNOWN
            : Figures.millis(cell.server().cpuMillisPerRequest()));
  }

  /**
   * Why the ratios are what they are, then what bound the arms: one line for those it bound alike.
   */
  private static List<Reason> reasons(Summary summary, Place place) {
    Stream<Reason> differences =
        place.primary(summary).stream()
            .filter(c -> c.why() != null)
            .map(c -> new Reason(c.candidate(), c.why()));
    var bounds = new LinkedHashMap<String, String>();
    for (ArmInCell cell : place.cells(summary)) {
      if (cell.why() != null) {
        bounds.merge(cell.why(), cell.arm(), (before, arm) -> before + ", " + arm);
      }
    }
    Stream<Reason> bindings =
        bounds.size() == 1
            ? Stream.of(new Reason("every arm", bounds.keySet().iterator().next()))
            : bounds.entrySet().stream().map(e -> new Reason(e.getValue(), e.getKey()));
    return Stream.concat(differences, bindings).toList();
  }

  private static CpuTable cpu(List<ArmInCell> cells) {
    List<ArmInCell> measured = cells.stream().filter(cell -> cell.server() != null).toList();
    double most =
        measured.stream()
            .map(ArmInCell::server)
            .mapToDouble(
                s -> s.cpuMillisPerRequest() + zeroIfUnknown(s.backendCpuMillisPerRequest()))
            .filter(Double::isFinite)
            .max()
            .orElse(0);
    if (most == 0) {
      return null;
    }
    return new CpuTable(measured.stream().map(cell -> cpu(cell, most)).toList());
  }

  private static CpuRow cpu(ArmInCell cell, double most) {
    Server server = cell.server();
    return new CpuRow(
        cell.arm(),
        bar("own code", server.cpuUserMillisPerRequest(), most),
        bar("kernel", server.cpuSystemMillisPerRequest(), most),
        bar("PostgreSQL and Redis", server.backendCpuMillisPerRequest(), most),
        Figures.millis(server.cpuMillisPerRequest()),
        Figures.millis(server.backendCpuMillisPerRequest()),
        named(server.backendCpuMillisByName(), Figures::millis));
  }

  /** Such as "postgres 0.051, redis 0.007". */
  private static <T extends Number> String named(
      Map<String, T> figures, DoubleFunction<String> text) {
    return figures == null
        ? ""
        : figures.entrySet().stream()
            .map(e -> e.getKey() + " " + text.apply(e.getValue().doubleValue()))
            .collect(Collectors.joining(", "));
  }

  private static Bar bar(String what, double millis, double most) {
    return new Bar(
        what + ": " + Figures.millis(millis) + " ms",
        String.format(Locale.ROOT, "%.2f%%", 100 * zeroIfUnknown(millis) / most));
  }

  private static double zeroIfUnknown(double value) {
    return Double.isFinite(value) ? value : 0;
  }

  private static LatencyTable latency(List<ArmInCell> cells) {
    List<ArmInCell> timed = cells.stream().filter(cell -> cell.latency() != null).toList();
    if (timed.isEmpty()) {
      return null;
    }
    Scale scale =
        Scale.around(
            timed.stream()
                .map(ArmInCell::latency)
                .flatMapToDouble(
                    l -> DoubleStream.of(l.p50().value(), l.p90().value(), l.p999().value())));
    return new LatencyTable(
        Figures.figure(timed.get(0).latency().offeredRate()),
        Figures.figure(least(timed, l -> (double) l.requests())),
        Figures.figure(
            timed.stream().mapToDouble(c -> c.latency().latenessP99Millis()).max().orElse(0)),
        scale.ticks(LATENCY_GAP),
        timed.stream().map(cell -> latency(cell, scale)).toList());
  }

  private static double least(List<ArmInCell> timed, ToDoubleFunction<Latency> figure) {
    return timed.stream().map(ArmInCell::latency).mapToDouble(figure).min().orElse(Double.NaN);
  }

  private static LatencyRow latency(ArmInCell cell, Scale scale) {
    Latency latency = cell.latency();
    return new LatencyRow(
        cell.arm(),
        quantile(latency.p50()),
        quantile(latency.p90()),
        quantile(latency.p99()),
        quantile(latency.p999()),
        LatencyMark.of(scale, latency));
  }

  private static Quantile quantile(Estimate estimate) {
    boolean known = Double.isFinite(estimate.low()) && Double.isFinite(estimate.high());
    return new Quantile(
        Figures.figure(estimate.value()),
        known ? Figures.figure(estimate.low()) + " – " + Figures.figure(estimate.high()) : "");
  }

  private static ServerRow server(ArmInCell cell) {
    Server s = cell.server();
    List<String> figures =
        Stream.of(
                s.voluntarySwitchesPerRequest(),
                s.involuntarySwitchesPerRequest(),
                s.allocatedBytesPerRequest(),
                s.responseBytesPerRequest(),
                s.gcPerSecond(),
                s.gcMillisPerSecond(),
                s.threads(),
                s.threadsPeak(),
                s.pinnedPerRequest(),
                s.rssBytes() / 1e6,
                s.databaseWaitMillisPerRequest(),
                s.workersQueued(),
                (double) cell.requests(),
                (double) cell.errors())
            .map(Figures::figure)
            .toList();
    return new ServerRow(
        cell.arm(),
        named(s.threadsByPool(), Figures::figure),
        figures,
        cell.boundBy() == null ? Figures.UNKNOWN : cell.boundBy());
  }
}
