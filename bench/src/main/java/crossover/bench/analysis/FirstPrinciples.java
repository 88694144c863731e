package crossover.bench.analysis;

import static crossover.bench.text.Text.format;

import crossover.bench.experiment.Arm;
import crossover.bench.results.CrossoverMap.Crossing;
import crossover.bench.results.CrossoverMap.Where;
import java.util.Optional;

/**
 * What an arm can serve, from its settings and two figures measured without any delay. By Little's
 * law (in flight = throughput × time) no more than
 *
 * <pre>
 *   in flight ÷ (delay + service)        what may wait in the database at once
 *   cores ÷ CPU per request              what the server's cores can do
 *   users ÷ (delay + service)            users who each wait for their answer
 * </pre>
 *
 * <p>Not in it: the cores of the database, the cost of many threads, queues that are no bound.
 *
 * @param inFlight statements that may be under way at once
 * @param serviceMillis CPU time of server and backends for a request, when nothing queues
 * @param cpuMillis CPU time of the server alone for a request
 * @param cores the server's
 */
record FirstPrinciples(int inFlight, double serviceMillis, double cpuMillis, double cores) {

  /**
   * What the settings of an arm of Crossover's own WAR let be under way in the database at once;
   * empty for another WAR. The model is read from the arm's path, which is the WAR's contract.
   */
  static Optional<Integer> inFlight(Arm arm) {
    if (!arm.isOwn()) {
      return Optional.empty();
    }
    int pool = setting(arm, "crossover.jdbc.pool", 8);
    return switch (arm.path()) {
      case "/native" -> Optional.of(pool * setting(arm, "crossover.pipelining", 16));
      case "/wrapped" -> Optional.of(Math.min(pool, setting(arm, "crossover.workers", 32)));
      case "/sync" -> Optional.of(Math.min(pool, threads(arm)));
      default -> Optional.empty();
    };
  }

  private static int threads(Arm arm) {
    boolean virtual =
        Boolean.parseBoolean(arm.settings().getOrDefault("crossover.http.virtualThreads", "false"));
    return virtual ? Integer.MAX_VALUE : setting(arm, "crossover.http.maxThreads", 200);
  }

  private static int setting(Arm arm, String name, int otherwise) {
    return Integer.parseInt(arm.settings().getOrDefault(name, "" + otherwise));
  }

  /** Requests per second, however many users there are. */
  double most(double delayMillis) {
    return Math.min(1000 * inFlight / (delayMillis + serviceMillis), 1000 * cores / cpuMillis);
  }

  /** From how many users on this candidate serves more than a baseline by over a margin. */
  Crossing overtakes(FirstPrinciples baseline, String name, double delayMillis, double margin) {
    double ahead = 1 + margin;
    double own = delayMillis + serviceMillis;
    double theirs = delayMillis + baseline.serviceMillis;
    double users = ahead * baseline.most(delayMillis) * own / 1000;
    boolean fromTheFirst = theirs / own >= ahead;
    boolean ever = most(delayMillis) >= ahead * baseline.most(delayMillis);
    Where where = fromTheFirst ? Where.AT_FEWEST : ever ? Where.WITHIN : Where.NOT_REACHED;
    return new Crossing(
        name,
        delayMillis,
        where,
        where == Where.WITHIN ? users : Double.NaN,
        Double.NaN,
        Double.NaN,
        format(
            "The baseline can serve %,.0f/s (%s), %s %,.0f/s (%s).",
            baseline.most(delayMillis),
            baseline.limit(delayMillis),
            name,
            most(delayMillis),
            limit(delayMillis)));
  }

  private String limit(double delayMillis) {
    return inFlight / (delayMillis + serviceMillis) < cores / cpuMillis
        ? format("%d in flight", inFlight)
        : format("%.3f ms of CPU each", cpuMillis);
  }
}
