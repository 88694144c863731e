package crossover.bench.report;

import crossover.bench.results.ArmInCell;
import crossover.bench.results.ArmInCell.Server;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A figure of every arm in a cell.
 *
 * @param known for one of them at least
 */
record ArmFigure(String label, List<String> values, boolean known) {

  /** All that is measured, known or not. */
  static List<ArmFigure> of(List<ArmInCell> arms) {
    return List.of(
        figure(arms, "requests", a -> (double) a.requests()),
        figure(arms, "errors", a -> (double) a.errors()),
        figure(arms, "throughput, requests/s", ArmInCell::throughput),
        figure(arms, "capacity of a core, requests/s", ArmInCell::capacity),
        figure(arms, "mean response time, ms", ArmInCell::meanResponseMillis),
        server(arms, "voluntary context switches / request", Server::voluntarySwitchesPerRequest),
        server(
            arms, "involuntary context switches / request", Server::involuntarySwitchesPerRequest),
        server(arms, "bytes allocated / request", Server::allocatedBytesPerRequest),
        server(arms, "response bytes / request", Server::responseBytesPerRequest),
        server(arms, "garbage collections / s", Server::gcPerSecond),
        server(arms, "garbage collection, ms / s", Server::gcMillisPerSecond),
        server(arms, "threads", Server::threads),
        server(arms, "threads, most at once", Server::threadsPeak),
        server(arms, "pinned virtual threads / request", Server::pinnedPerRequest),
        server(arms, "resident memory, MB", s -> s.rssBytes() / 1e6),
        server(
            arms,
            "wait for a database connection, ms / request",
            Server::databaseWaitMillisPerRequest),
        server(arms, "longest queue before the workers", Server::workersQueued));
  }

  private static ArmFigure server(
      List<ArmInCell> arms, String label, ToDoubleFunction<Server> figure) {
    return figure(
        arms, label, a -> a.server() == null ? Double.NaN : figure.applyAsDouble(a.server()));
  }

  private static ArmFigure figure(
      List<ArmInCell> arms, String label, ToDoubleFunction<ArmInCell> figure) {
    return new ArmFigure(
        label,
        arms.stream().map(arm -> Figures.figure(figure.applyAsDouble(arm))).toList(),
        arms.stream().mapToDouble(figure).anyMatch(Double::isFinite));
  }
}
