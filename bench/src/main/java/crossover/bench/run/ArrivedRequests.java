package crossover.bench.run;

import crossover.bench.experiment.Arm;
import crossover.bench.experiment.Cell;
import crossover.bench.load.Misdirected;
import crossover.bench.load.Slice;
import crossover.bench.server.Server;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares what was sent to the servers of a round with what these count themselves: a proxy or a
 * cache answers in a server's place, and no URL tells.
 */
final class ArrivedRequests {
  private final RoundClock clock;
  private final Map<Server, Sent> all = new HashMap<>();

  private static final class Sent {
    final Arm arm;
    final double before;
    final Set<Path> plans = new TreeSet<>();
    long answered;

    /** In flight at most, as the server is asked. */
    int users;

    Sent(Arm arm, double before) {
      this.arm = arm;
      this.before = before;
    }
  }

  ArrivedRequests(RoundClock clock) {
    this.clock = clock;
  }

  /** Begins to count, before the first request. */
  void expect(Arm arm, Server server) {
    all.computeIfAbsent(server, s -> new Sent(arm, s.requests()));
  }

  /** Whether the server counted before the first request; one that has died does not any more. */
  boolean isCountedBy(Server server) {
    return Double.isFinite(all.get(server).before);
  }

  void add(Cell cell, Server server, Slice slice) {
    Sent sent = all.get(server);
    sent.plans.add(cell.view().plan());
    sent.answered += slice.answered();
    sent.users = Math.max(sent.users, slice.users());
  }

  /**
   * Asks a server. Where others answered, all that the round has measured is void: as many answers
   * of theirs as there are users may have passed for requests on their way in an earlier slice.
   *
   * @throws InvalidMeasurement when more requests were answered than it has seen
   */
  void require(Server server) {
    Sent sent = all.get(server);
    // NaN of one that does not count, or has died.
    double arrived = isCountedBy(server) ? server.requests() - sent.before : Double.NaN;
    if (sent.answered > 0 && (arrived <= 0 || sent.answered - arrived > sent.users)) {
      clock.voided();
      throw new InvalidMeasurement(
          Misdirected.sentence(sent.plans, sent.arm.name(), sent.answered, (long) arrived));
    }
  }
}
