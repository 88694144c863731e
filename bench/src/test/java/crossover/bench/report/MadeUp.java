package crossover.bench.report;

import crossover.bench.experiment.Cell;
import crossover.bench.probe.Machine;
import crossover.bench.results.ArmInCell;
import crossover.bench.results.ArmInCell.Latency;
import crossover.bench.results.ArmInCell.Server;
import crossover.bench.results.Comparison;
import crossover.bench.results.Estimate;
import crossover.bench.results.History;
import crossover.bench.results.History.Change;
import crossover.bench.results.History.Point;
import crossover.bench.results.History.Series;
import crossover.bench.results.Json;
import crossover.bench.results.MachineCalibration;
import crossover.bench.results.Metric;
import crossover.bench.results.Results;
import crossover.bench.results.Summary;
import crossover.bench.results.Summary.Arm;
import crossover.bench.results.Summary.Contrast;
import crossover.bench.results.Summary.Gate;
import crossover.bench.results.Summary.GeneratorLimit;
import crossover.bench.results.Summary.WarmUp;
import crossover.bench.results.Verdict;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A summary of the size and shape of a default run. Its figures are invented. */
public final class MadeUp {
  private static final List<String> VIEWS = List.of("page", "page-fn", "get", "form", "cached");
  private static final WarmUp WARM_UP = new WarmUp(8, 6, 2.5, 4);
  private static final List<Arm> ARMS =
      List.of(
          new Arm("sync", "blocking servlet on Tomcat's threads", WARM_UP),
          new Arm(
              "wrapped",
              "asynchronous servlet around the blocking code, on bounded workers",
              WARM_UP),
          new Arm("native", "asynchronous servlet on non-blocking drivers, pipelined", WARM_UP),
          new Arm("native-unpipelined", "the same without pipelining", WARM_UP),
          new Arm("virtual", "blocking servlet on virtual threads", WARM_UP));

  /**
   * Ratio and half the interval's width, both as logarithms: a row a view, a column a candidate.
   */
  private static final double[][][] EFFECTS = {
    {{-0.218, 0.014}, {-0.094, 0.019}, {-0.088, 0.021}, {-0.012, 0.017}},
    {{-0.224, 0.016}, {-0.101, 0.018}, {-0.097, 0.020}, {-0.031, 0.012}},
    {{-0.174, 0.021}, {0.187, 0.024}, {-0.061, 0.029}, {0.006, 0.031}},
    {{-0.131, 0.033}, {0.042, 0.051}, {-0.048, 0.038}, {-0.009, 0.071}},
    {{-0.262, 0.022}, {0.118, 0.026}, {0.121, 0.025}, {0.011, 0.020}}
  };

  private static final double[] BASE_THROUGHPUT = {9_840, 9_910, 6_220, 3_140, 7_480};

  private static final List<String> NOTICES =
      List.of(
          "The figures of this summary are invented; it exists to try the report.",
          "Server on core 0; generator, PostgreSQL and Redis on core 1.");

  private MadeUp() {}

  public static Summary summary() {
    List<Comparison> comparisons = new ArrayList<>();
    List<ArmInCell> cells = new ArrayList<>();
    for (int view = 0; view < VIEWS.size(); view++) {
      cells.add(cell(view, 0, 0));
      for (int arm = 1; arm < ARMS.size(); arm++) {
        double log = EFFECTS[view][arm - 1][0];
        double half = EFFECTS[view][arm - 1][1];
        comparisons.add(comparison(view, arm, log, half));
        comparisons.add(latency(view, arm, Metric.P50, -0.6 * log, half * 1.4));
        comparisons.add(latency(view, arm, Metric.P99, -0.9 * log, half * 2.2));
        cells.add(cell(view, arm, log));
      }
    }
    return with(comparisons, cells, gates(), NOTICES, false);
  }

  /** A run that was stopped before its first round. */
  static Summary empty() {
    return with(List.of(), List.of(), List.of(), List.of(), false);
  }

  /** The same run of one view only. */
  static Summary only(String view) {
    Summary s = summary();
    return with(
        s.comparisons().stream().filter(c -> c.cell().view().equals(view)).toList(),
        s.cells().stream().filter(c -> c.cell().view().equals(view)).toList(),
        s.gates(),
        s.notices(),
        false);
  }

  static Summary smoke() {
    Summary s = summary();
    return with(s.comparisons(), s.cells(), s.gates(), s.notices(), true);
  }

  static Summary withNotice(String notice) {
    Summary s = summary();
    return with(s.comparisons(), s.cells(), s.gates(), List.of(notice), false);
  }

  /** The same of a run that has rounds to go. */
  static Summary unfinished(int missingRounds, String notice) {
    ObjectNode tree = (ObjectNode) Json.MAPPER.valueToTree(summary());
    tree.put("missingRounds", missingRounds).withArray("notices").add(notice);
    return Json.MAPPER.treeToValue(tree, Summary.class);
  }

  /** The arm "native" under another name. */
  static Summary withArmCalled(String name) {
    String json = Json.MAPPER.writeValueAsString(summary());
    String quoted = Json.MAPPER.writeValueAsString(name);
    return Json.MAPPER.readValue(json.replace("\"native\"", quoted), Summary.class);
  }

  /** The same without an interval anywhere. */
  static Summary withoutIntervals() {
    ObjectNode tree = (ObjectNode) Json.MAPPER.valueToTree(summary());
    tree.path("comparisons").forEach(c -> ((ObjectNode) c).putNull("low").putNull("high"));
    return Json.MAPPER.treeToValue(tree, Summary.class);
  }

  private static Summary with(
      List<Comparison> comparisons,
      List<ArmInCell> cells,
      List<Gate> gates,
      List<String> notices,
      boolean smoke) {
    return new Summary(
        Results.FORMAT_VERSION,
        "default",
        null,
        Instant.parse("2026-03-01T09:00:00Z"),
        Instant.parse("2026-03-01T09:09:41Z"),
        20260301,
        "./crossover run --seed 20260301",
        smoke,
        "environment.json",
        "sync",
        ARMS,
        new GeneratorLimit(21_400, 0.0461),
        notices,
        comparisons,
        List.of(),
        comparisons.isEmpty() ? List.of() : List.of(contrast()),
        cells,
        gates,
        false,
        new MachineCalibration(
            Results.FORMAT_VERSION,
            Instant.parse("2026-02-27T20:15:00Z"),
            Machine.here(),
            false,
            40,
            1,
            0.025,
            0.125,
            0.85,
            new Estimate(0.031, 0.025, 0.041),
            36,
            new TreeMap<>(Map.of(4, 0.081, 8, 0.036, 16, 0.023, 32, 0.016)),
            2,
            new Estimate(2.03, 1.94, 2.12)),
        new Summary.Time(276, 203, 102),
        0,
        labels(),
        List.of(),
        comparisons.isEmpty() ? null : history());
  }

  /** One arm became slower with the sixth of nine runs, of which this is the last. */
  private static History history() {
    List<Point> points =
        IntStream.rangeClosed(1, 9)
            .mapToObj(
                run -> {
                  double ratio = (run < 6 ? 1 : 0.94) + 0.002 * (run % 3);
                  Instant at = Instant.parse("2026-02-20T09:00:00Z").plus(run, ChronoUnit.DAYS);
                  return new Point(at, null, run == 9, ratio, 0.98 * ratio, 1.02 * ratio);
                })
            .toList();
    Change change = new Change(5, points.get(5).at(), 1.0022, 0.9415, 2.1e-10);
    Cell.Id get = new Cell.Id("get", "localhost", 32);
    return new History(
        "history",
        9,
        2,
        List.of(),
        List.of(
            new Series(get, "virtual", Metric.THROUGHPUT, true, points, List.of(change)),
            new Series(get, "native", Metric.THROUGHPUT, true, points.subList(0, 5), List.of())));
  }

  /** The plan of one view sends two kinds of requests. */
  private static List<Summary.Label> labels() {
    return List.of(
        label("sync", "open the form", 41_200, 0, 2.1),
        label("sync", "send the form", 41_180, 3, 7.9),
        label("wrapped", "open the form", 36_100, 0, 2.6),
        label("wrapped", "send the form", 36_090, 0, 8.8));
  }

  private static Summary.Label label(
      String arm, String label, long requests, long errors, double millis) {
    return new Summary.Label(
        new Cell.Id("form", "localhost", 32),
        arm,
        label,
        requests,
        errors,
        millis,
        0.8 * millis,
        4 * millis);
  }

  static MachineCalibration machineCalibration() {
    return summary().calibration();
  }

  /** Of the shape that the runner writes. */
  static JsonNode environment() {
    return Json.MAPPER.readTree(
        """
        {"formatVersion": 1, "git": "0000000 (invented)",
         "machine": {"cpu": "Example Processor 3000", "cores": 2, "memoryMiB": 24576,
                     "kernel": "Linux 6.1", "distribution": "Debian 13"},
         "java": {"runner": "17.0.19", "server": "25.0.1",
                  "options": ["-Xmx512m", "-XX:+UseG1GC", "--enable-native-access=ALL-UNNAMED"]},
         "versions": {"tomcat": "11.0.25", "postgresql": "18.6", "redis": "6.2.7"},
         "pools": {"database": 8, "workers": 32, "pipelining": {"native": 16, "native-unpipelined": 1}},
         "pinning": {"server": "0", "generator and backends": "1"}}
        """);
  }

  private static Comparison comparison(int view, int arm, double log, double half) {
    double low = Math.exp(log - half);
    double high = Math.exp(log + half);
    boolean different = low > 1 || high < 1;
    boolean within = low > 1 / 1.05 && high < 1.05;
    boolean valid = !(view == 3 && arm == 4);
    Verdict verdict = valid ? Verdict.of(log, half, 0.05, true) : Verdict.NOT_VALID;
    boolean light = view < 2;
    return new Comparison(
        new Cell.Id(VIEWS.get(view), "localhost", 32),
        light ? Metric.CAPACITY : Metric.THROUGHPUT,
        light
            ? "The generator worked at 84 % of its own limit here, so what is compared is what one core of the server could serve."
            : "Every arm stayed below 70 % of the generator's own limit, so throughput is the server's.",
        true,
        true,
        "sync",
        ARMS.get(arm).name(),
        8,
        0,
        Math.exp(log),
        low,
        high,
        half / 3,
        3,
        0.05,
        verdict,
        valid && different && within,
        new Estimate(1.004, 0.991, 1.017),
        new Estimate(0.998, 0.979, 1.018),
        verdict == Verdict.INCONCLUSIVE ? 12 : 0,
        List.of(),
        arm == 1
            ? "Wrapping costs 0.031 ms of server CPU and 2.9 context switches a request: the hand-over to a worker and back, with no wait that it could hide."
            : arm == 2 && view == 2
                ? "Pipelining sends several queries in one system call: 38 % less CPU time in PostgreSQL and 0.02 ms less in the server."
                : null);
  }

  private static Comparison latency(int view, int arm, Metric metric, double log, double half) {
    double low = Math.exp(log - half);
    double high = Math.exp(log + half);
    Verdict verdict = Verdict.of(log, half, 0.05, false);
    return new Comparison(
        new Cell.Id(VIEWS.get(view), "localhost", 32),
        metric,
        null,
        false,
        false,
        "sync",
        ARMS.get(arm).name(),
        8,
        0,
        Math.exp(log),
        low,
        high,
        half / 3,
        3,
        0.05,
        verdict,
        false,
        null,
        null,
        verdict == Verdict.INCONCLUSIVE ? 9 : 0,
        List.of(),
        null);
  }

  private static ArmInCell cell(int view, int arm, double log) {
    double throughput = BASE_THROUGHPUT[view] * Math.exp(log);
    double cpu = 1000 / (throughput * 1.08);
    double slow = Math.exp(-log);
    boolean touchesDatabase = view == 2 || view == 3;
    return new ArmInCell(
        new Cell.Id(VIEWS.get(view), "localhost", 32),
        ARMS.get(arm).name(),
        8,
        throughput,
        1000 / cpu,
        32_000 / throughput,
        new Latency(
            2_400,
            38_400,
            around(0.42 * slow),
            around(0.88 * slow),
            around(3.1 * slow * slow),
            around(9.7 * slow * slow),
            0.21),
        new Server(
            cpu * 0.71,
            cpu * 0.29,
            view < 2 ? 0 : 0.057 * (arm == 2 ? 0.62 : 1),
            arm == 0 ? 1.1 : arm == 1 ? 4.0 : 2.2,
            0.08,
            18_400 + 5_200 * arm,
            1_412,
            1.3,
            6.4,
            48 + 32 * arm,
            new TreeMap<>(Map.of("http-nio", 42, "workers", arm == 1 ? 32 : 0)),
            241e6 + 9e6 * arm,
            touchesDatabase ? 0.31 : Double.NaN,
            arm == 1 ? 11 : 0,
            new TreeMap<>(Map.of("postgres", 0.05, "redis", 0.007)),
            52 + 32 * arm,
            Double.NaN),
        view < 2 ? "generator" : "server CPU",
        view < 2
            ? "The generator worked at 84 % of its limit; the server's core was 71 % busy."
            : "The server's core was 97 % busy and nothing queued before it.",
        (long) (throughput * 32),
        0,
        !(view == 3 && arm == 4));
  }

  private static Contrast contrast() {
    return new Contrast(
        "What a hand-over costs on a platform thread, beyond what it costs on a virtual one",
        "(wrapped ÷ sync) ÷ (native ÷ virtual)",
        List.of("wrapped", "sync", "native", "virtual"),
        new Cell.Id("get", "localhost", 32),
        Metric.THROUGHPUT,
        true,
        8,
        0.912,
        0.871,
        0.955,
        0.05,
        Verdict.SLOWER,
        false,
        0);
  }

  private static Estimate around(double value) {
    return new Estimate(value, value * 0.94, value * 1.07);
  }

  private static List<Gate> gates() {
    return List.of(
        new Gate("errors", null, 0, 0, true, "No request failed in 4,213,880."),
        new Gate(
            "Little's law",
            "cached · localhost · 32 users · wrapped",
            0.012,
            0.05,
            true,
            "Users and throughput × cycle time differ by 1.2 % at most; 5 % is allowed."),
        new Gate(
            "warm",
            "form · localhost · 32 users · virtual",
            0.064,
            0.02,
            false,
            "form · localhost · 32 users · virtual was still getting faster by 6.4 % over the slices of a round; 2 % is allowed. Lengthen the warm-up."));
  }
}
