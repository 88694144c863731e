package crossover.bench.analysis;

import static crossover.bench.text.Text.format;

import crossover.bench.experiment.Cell;
import crossover.bench.results.Environment;
import java.util.Locale;

/**
 * What kept an arm from serving more in a closed loop. The rules are tried in this order, and the
 * first that fits is the answer:
 *
 * <ol>
 *   <li><b>server CPU</b>: the server used 85 % of its cores or more;
 *   <li><b>generator</b>: generator and backends used 85 % of theirs or more;
 *   <li><b>database pool</b>: on average at least one request waited for a connection;
 *   <li><b>workers</b>: on average at least one task waited for a worker;
 *   <li><b>connector threads</b>: there were as many as users, or more users than threads allowed;
 *   <li>not known, where the counters inside the server could not be read;
 *   <li><b>latency only</b>: nothing was short; each user waited for answers.
 * </ol>
 *
 * @param label the rule's name; null: not known
 * @param why the rule with its figures, as a sentence
 */
record Bottleneck(String label, String why) {
  private static final double FULL = 0.85;
  private static final double WAITERS = 1;

  static Bottleneck of(ArmFigures figures, Cell cell, int maxThreads, Environment environment) {
    int users = cell.users();
    // Where arms take turns a server compiles in those of others too: together more than all.
    double server = Math.min(1, figures.serverCores() / environment.coresOfServer(cell.site()));
    double others = figures.otherCores() / environment.coresOfOthers();
    if (server >= FULL) {
      return bound("server CPU", "The server used %.0f %% of its cores.", 100 * server);
    }
    if (others >= FULL) {
      return bound(
          "generator",
          "Generator and backends used %.0f %% of their cores%s.",
          100 * others,
          Double.isNaN(server)
              ? "; what the server used is not known"
              : format(", the server %.0f %% of its own", 100 * server));
    }
    if (figures.databaseWaiters() >= WAITERS) {
      return bound(
          "database pool",
          "On average %.1f requests waited for a database connection.",
          figures.databaseWaiters());
    }
    if (figures.workersQueued() >= WAITERS) {
      return bound(
          "workers", "On average %.1f requests waited for a worker.", figures.workersQueued());
    }
    if (users > maxThreads && figures.connectorThreads() >= maxThreads) {
      return bound(
          "connector threads",
          "All %d connector threads were there, for %d users.",
          maxThreads,
          users);
    }
    if (Double.isNaN(server) || Double.isNaN(figures.databaseWaiters() + figures.workersQueued())) {
      return bound(
          null,
          "What kept it is not known: the counters inside the server could not be read (another"
              + " WAR than Crossover's, probe: false, or no connection to its JVM), so whether"
              + " requests queued there cannot be told.");
    }
    return bound(
        "latency only",
        "The server used %.0f %% of its cores and nothing queued in it: each user waited for its"
            + " answers.",
        100 * server);
  }

  private static Bottleneck bound(String label, String why, Object... figures) {
    return new Bottleneck(label, String.format(Locale.ROOT, why, figures));
  }
}
