package crossover.bench.run;

import static crossover.bench.text.Text.format;

import crossover.bench.analysis.MetricChoice;
import crossover.bench.experiment.Cell;
import crossover.bench.experiment.Definition;
import crossover.bench.experiment.Latency;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** At what arrival rate a cell's response times are measured: one rate for all arms and rounds. */
final class OpenRate {
  /** A generator later than this at p99 measures its own delay. */
  static final double LATENESS_LIMIT_MILLIS = 1;

  /** Of the slowest arm's capacity: well below the 70 % at which queues begin to tell. */
  private static final double SHARE_OF_SLOWEST = 0.5;

  /**
   * Of one core, by what a request of a closed loop costs the generator: one that is due at a time
   * of its own costs it two or three times as much, for a thread must be woken for each, in time.
   */
  private static final double SHARE_OF_GENERATOR = 0.1;

  /**
   * A stall of this length still finds a free thread for every arrival. Arrivals in a longer one
   * wait in the generator until the server answers again, and count from when they were due: the
   * stall shows whole, and the memory for threads stays bounded.
   */
  private static final double STALL_SECONDS = 0.05;

  private static final int FEWEST_THREADS = 32;
  private static final int MOST_THREADS = 1000;

  private OpenRate() {}

  /**
   * The experiment's own rate, or half of what the slowest arm served in the closed slices of the
   * first complete round, and no more than the generator can send in time. Those slices stay in the
   * results, so a resumed run finds the same rate.
   *
   * @throws InvalidMeasurement when no slice tells, or the generator cannot keep up with the rate
   */
  static double of(Definition definition, Cell cell, List<SliceLine> slices) {
    Latency latency = definition.measurement().latency().orElseThrow();
    if (latency.rate().isEmpty()) {
      List<SliceLine> first = closedInFirstRound(definition, cell, slices);
      return Math.min(SHARE_OF_SLOWEST * slowest(first), SHARE_OF_GENERATOR / generatorCpu(first));
    }
    double rate = latency.rate().getAsDouble();
    requireWithinReach(rate, slices);
    return rate;
  }

  /**
   * A generator at its limit keeps its threads busy itself, and would blame the server for it. A
   * rate that was found in the run is less than it has sent already.
   */
  private static void requireWithinReach(double rate, List<SliceLine> slices) {
    double limit = MetricChoice.generatorLimit(slices);
    if (rate > MetricChoice.ROOM * limit) {
      throw new InvalidMeasurement(
          format(
              "%.0f requests a second are more than %.0f %% of the %.0f that the generator manages"
                  + " alone: response times at that rate would be its own; lower latency.rate",
              rate, 100 * MetricChoice.ROOM, limit));
    }
  }

  /**
   * The round that was the first to have all closed slices of a cell; empty before there is one. It
   * need not be round 1, which may have been left out.
   */
  static OptionalInt firstRound(Definition definition, Cell cell, List<SliceLine> slices) {
    Map<Integer, Set<String>> arms = new HashMap<>();
    for (SliceLine slice : slices) {
      if (slice.phase() == Phase.CLOSED
          && slice.pass() == definition.measurement().passes()
          && slice.cell().equals(cell.id())) {
        Set<String> measured = arms.computeIfAbsent(slice.round(), r -> new HashSet<>());
        measured.add(slice.arm());
        if (measured.size() == definition.arms().size()) {
          return OptionalInt.of(slice.round());
        }
      }
    }
    return OptionalInt.empty();
  }

  private static List<SliceLine> closedInFirstRound(
      Definition definition, Cell cell, List<SliceLine> slices) {
    int round = firstRound(definition, cell, slices).orElse(0);
    List<SliceLine> closed =
        slices.stream()
            .filter(s -> s.phase() == Phase.CLOSED && s.round() == round && s.valid())
            .filter(s -> s.cell().equals(cell.id()))
            .toList();
    if (closed.isEmpty()) {
      throw new InvalidMeasurement(
          cell + ": no closed slice of the first round is valid to find a rate from");
    }
    return closed;
  }

  private static double slowest(List<SliceLine> closed) {
    return closed.stream()
        .collect(
            Collectors.groupingBy(
                SliceLine::arm, Collectors.averagingDouble(s -> s.load().throughput())))
        .values()
        .stream()
        .mapToDouble(Double::doubleValue)
        .min()
        .orElseThrow();
  }

  /** Seconds of the generator's CPU that a request cost, on the dearest arm. */
  private static double generatorCpu(List<SliceLine> closed) {
    return closed.stream()
        .mapToDouble(s -> s.load().generatorCpuSeconds() / s.load().requests())
        .max()
        .orElseThrow();
  }

  /** So long that all rounds together time as many requests as the experiment asks for. */
  static double seconds(Definition definition, double rate) {
    int requests = definition.measurement().latency().orElseThrow().requests();
    // One more, for the window may open and close between two arrivals.
    return (Math.ceil((double) requests / definition.fewestRounds()) + 1) / rate;
  }

  /** Threads that share the schedule. */
  static int threads(Cell cell, double rate) {
    int forStalls = (int) Math.ceil(rate * STALL_SECONDS);
    return Math.min(MOST_THREADS, Math.max(Math.max(FEWEST_THREADS, cell.users()), forStalls));
  }
}
