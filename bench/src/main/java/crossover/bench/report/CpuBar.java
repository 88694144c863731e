package crossover.bench.report;

import static java.util.stream.Collectors.joining;

import crossover.bench.results.ArmInCell;
import crossover.bench.results.ArmInCell.Server;
import java.util.List;
import java.util.stream.DoubleStream;

/** What a request costs on an arm's server and on the backends, as a bar. */
record CpuBar(String arm, Server server, List<Bar> bars) {
  /** A part of the bar; its width is a share of the longest bar. */
  record Bar(String style, String title, String width) {}

  /** One for every arm whose server could be measured. */
  static List<CpuBar> of(List<ArmInCell> arms) {
    List<ArmInCell> measured =
        arms.stream()
            .filter(a -> a.server() != null && Double.isFinite(a.server().cpuMillisPerRequest()))
            .toList();
    double most = measured.stream().mapToDouble(a -> parts(a.server()).sum()).max().orElse(0);
    return measured.stream().map(a -> of(a, most)).toList();
  }

  private static DoubleStream parts(Server s) {
    return DoubleStream.of(
            s.cpuUserMillisPerRequest(),
            s.cpuSystemMillisPerRequest(),
            s.backendCpuMillisPerRequest())
        .filter(Double::isFinite);
  }

  private static CpuBar of(ArmInCell arm, double most) {
    Server s = arm.server();
    return new CpuBar(
        arm.arm(),
        s,
        List.of(
            bar("user", "own code", s.cpuUserMillisPerRequest(), most),
            bar("system", "kernel", s.cpuSystemMillisPerRequest(), most),
            bar("backends", "PostgreSQL and Redis", s.backendCpuMillisPerRequest(), most)));
  }

  private static Bar bar(String style, String what, double millis, double most) {
    return new Bar(
        style,
        what + ": " + Figures.millis(millis) + " ms",
        Scale.percentage(Double.isFinite(millis) ? 100 * millis / most : 0));
  }

  /** Such as "postgres 0.051, redis 0.007". */
  String byBackend() {
    return server.backendCpuMillisByName().entrySet().stream()
        .map(e -> e.getKey() + " " + Figures.millis(e.getValue()))
        .collect(joining(", "));
  }
}
