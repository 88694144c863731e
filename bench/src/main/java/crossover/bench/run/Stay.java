package crossover.bench.run;

import crossover.bench.experiment.Arm;
import crossover.bench.experiment.Cell;
import crossover.bench.experiment.Definition;
import crossover.bench.experiment.Measurement;
import crossover.bench.experiment.Site;
import crossover.bench.experiment.View;
import crossover.bench.load.Engine;
import crossover.bench.load.Traffic;
import crossover.bench.results.Results;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import crossover.bench.server.HostUnderTest;
import crossover.bench.server.ServerPool;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What servers that are alive together do in a round: they are warmed up, and measured cell by
 * cell, in the round's order.
 */
final class Stay {
  /** What a measured slice leaves to compile; a server that never rests costs each this much. */
  private static final Duration REST_LIMIT = Duration.ofSeconds(2);

  /** How often an open slice is measured until the generator was in time. */
  private static final int OPEN_TRIES = 5;

  /**
   * Seconds, at least. A server that comes from a crowd stalls at first, and the burst of answers
   * after a stall keeps the generator from being in time.
   */
  private static final double OPEN_LEAD_IN = 1;

  private final RoundPlan.Entry round;
  private final Definition definition;
  private final Measurement measurement;
  private final HostUnderTest premises;
  private final List<Arm> arms;
  private final ServerPool fleet;
  private final Results results;
  private final Progress progress;
  private final MeasuredSlices done;
  private final SliceRunner slices;
  private final WarmUpRunner warmUp;

  /**
   * The views on which the arms were warmed up before the cells; the others are so cell by cell.
   */
  private final Set<View> warm = new HashSet<>();

  /**
   * @param arms in the round's order, each with a fresh server in the fleet
   */
  Stay(
      RoundPlan.Entry round,
      Definition definition,
      MeasuredSlices done,
      HostUnderTest premises,
      List<Arm> arms,
      ServerPool fleet,
      Engine generator,
      Results results,
      RoundClock clock,
      Progress progress) {
    this.round = round;
    this.definition = definition;
    this.measurement = definition.measurement();
    this.premises = premises;
    this.arms = arms;
    this.fleet = fleet;
    this.results = results;
    this.progress = progress;
    this.done = done;
    this.slices = new SliceRunner(round, done.attempt(), fleet, generator, results, progress);
    this.warmUp = new WarmUpRunner(measurement, fleet, slices, progress);
  }

  /** Measures what the round has not measured yet in some cells. */
  void measure(List<Cell> cells) throws IOException, InterruptedException {
    Site first = cells.get(0).site();
    Site near = first.host().isElsewhere() ? first : Site.LOCALHOST;
    List<View> views = cells.stream().map(Cell::view).distinct().toList();
    warmUp.first(near, views, arms);
    // Cells in which arms take turns begin with a warm-up of their own. The first has two: when
    // users leave and come again, a server compiles once more much of what it runs.
    boolean inTurns = cells.stream().allMatch(cell -> Interleaving.isPossible(cell, arms));
    warmUp(near, inTurns ? views.subList(0, 1) : views);
    for (Cell cell : cells) {
      premises.applyLinks(cell.site());
      measure(cell);
    }
  }

  private void warmUp(Site site, List<View> views) throws IOException, InterruptedException {
    warm.addAll(views);
    for (View view : views) {
      for (int users : warmUp.users()) {
        Cell cell = new Cell(site, view, users);
        Optional<Interleaving> interleaving = takeTurns(cell, arms);
        if (interleaving.isEmpty()) {
          warmUp.inBursts(site, views, arms);
          return;
        }
        try (Interleaving turns = interleaving.get()) {
          warmUp.inTurns(cell, arms, turns);
        }
      }
    }
  }

  private void measure(Cell cell) throws IOException, InterruptedException {
    for (int pass = 1; pass <= measurement.passes(); pass++) {
      int now = pass;
      List<Arm> left =
          arms.stream().filter(arm -> !done.has(cell, arm, Phase.CLOSED, now)).toList();
      if (!left.isEmpty() && !inTurns(cell, left, pass)) {
        if (!warm.contains(cell.view())) {
          warmUp(cell.site(), List.of(cell.view()));
        }
        for (Arm arm : left) {
          closed(cell, arm, pass);
        }
      }
    }
    if (measurement.latency(cell.view()).isPresent() && done.hasRate(cell)) {
      double rate = OpenRate.of(definition, cell, results.slices());
      for (Arm arm : arms) {
        open(cell, arm, rate);
      }
    }
  }

  /** Measures the arms' closed slices of a pass in turns, or returns false where that is no use. */
  private boolean inTurns(Cell cell, List<Arm> left, int pass)
      throws IOException, InterruptedException {
    double seconds = seconds(measurement.slice(cell.site()));
    if (Interleaving.turnSeconds(slowestAnswer(cell, left)) > seconds) {
      return false;
    }
    Optional<Interleaving> interleaving = takeTurns(cell, left);
    if (interleaving.isEmpty()) {
      return false;
    }
    try (Interleaving turns = interleaving.get()) {
      warmUp.inTurns(cell, left, turns);
      Instant start = Instant.now();
      Optional<List<Interleaving.Measured>> measured = turns.measure(seconds);
      if (measured.isEmpty()) {
        return false;
      }
      slices.keep(cell, left, Phase.CLOSED, pass, start, measured.get());
    }
    rest();
    return true;
  }

  /** The users of some arms, connected; empty where they cannot take turns. */
  private Optional<Interleaving> takeTurns(Cell cell, List<Arm> some)
      throws IOException, InterruptedException {
    if (!Interleaving.isPossible(cell, some)) {
      return Optional.empty();
    }
    List<Traffic> traffics = new ArrayList<>();
    for (Arm arm : some) {
      revive(cell, arm);
      traffics.add(closed(cell, arm));
    }
    progress.show(slices.what(cell) + " · all arms in turns");
    return slices.inTurns(some, traffics);
  }

  private void closed(Cell cell, Arm arm, int pass) throws IOException, InterruptedException {
    revive(cell, arm);
    fleet.awaitIdle(REST_LIMIT);
    progress.show(slices.what(cell, arm));
    slices.run(cell, arm, Phase.CLOSED, pass, closed(cell, arm));
    rest();
  }

  private Traffic closed(Cell cell, Arm arm) {
    double leadIn = seconds(measurement.leadIn());
    return slices.closed(cell, arm, false, leadIn, seconds(measurement.slice(cell.site())));
  }

  private void open(Cell cell, Arm arm, double rate) throws IOException, InterruptedException {
    if (done.has(cell, arm, Phase.OPEN, 1)) {
      return;
    }
    revive(cell, arm);
    progress.show(slices.what(cell, arm) + " at " + Math.round(rate) + "/s");
    double leadIn = Math.max(OPEN_LEAD_IN, seconds(measurement.leadIn()));
    double seconds = OpenRate.seconds(definition, rate);
    Traffic traffic = slices.open(cell, arm, OpenRate.threads(cell, rate), rate, leadIn, seconds);
    boolean inTime = false;
    for (int attempt = 1; !inTime && attempt <= OPEN_TRIES; attempt++) {
      fleet.awaitIdle(REST_LIMIT);
      inTime = slices.run(cell, arm, Phase.OPEN, attempt, traffic).valid();
      rest();
    }
  }

  /** A server that died is replaced by a fresh one, which is as cold as at the round's start. */
  private void revive(Cell cell, Arm arm) throws IOException, InterruptedException {
    if (!fleet.isAlive(arm)) {
      warmUp.anew(cell.site(), cell.view(), arm);
    }
  }

  private void rest() throws InterruptedException {
    Thread.sleep(measurement.rest().toMillis());
  }

  /** Seconds, of the warm-up so far: with more users it will be longer; 0 where there was none. */
  private double slowestAnswer(Cell cell, List<Arm> some) {
    return some.stream()
        .flatMap(arm -> lastWarmUp(cell.view(), arm).stream())
        .mapToDouble(burst -> burst.load().p50Millis() / 1000)
        .max()
        .orElse(0);
  }

  private Optional<SliceLine> lastWarmUp(View view, Arm arm) {
    return results.slices().stream()
        .filter(s -> s.round() == round.number() && s.phase() == Phase.WARMUP)
        .filter(s -> s.view().equals(view.name()) && s.arm().equals(arm.name()))
        .reduce((earlier, later) -> later);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
