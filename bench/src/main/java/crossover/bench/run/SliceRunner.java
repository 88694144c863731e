package crossover.bench.run;

import static crossover.bench.text.Text.format;

import crossover.bench.experiment.Arm;
import crossover.bench.experiment.Cell;
import crossover.bench.load.Misdirected;
import crossover.bench.load.Slice;
import crossover.bench.load.Traffic;
import crossover.bench.load.Turns;
import crossover.bench.load.Window;
import crossover.bench.probe.Gauges;
import crossover.bench.probe.Sample;
import crossover.bench.probe.Usage;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import crossover.bench.run.Interleaving.Measured;
import crossover.bench.server.Server;
import crossover.bench.server.ServerPool;
import crossover.bench.stack.Await;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Runs slices of a round on its servers, says which may not be used, and keeps all. */
final class SliceRunner {
  /** 5,000 requests that were given up, at 64 connections and a second each, take 80 s. */
  private static final Duration SERVED_LIMIT = Duration.ofMinutes(3);

  private static final Duration SERVED_PAUSE = Duration.ofMillis(200);

  private final CurrentRound round;
  private final ServerPool pool;
  private final ArrivedRequests arrived;

  SliceRunner(CurrentRound round, ServerPool pool) {
    this.round = round;
    this.pool = pool;
    arrived = new ArrivedRequests(round.clock());
  }

  /** Runs one slice on an arm's server, and keeps it. */
  SliceLine run(Cell cell, Arm arm, Phase phase, int pass, Traffic traffic)
      throws IOException, InterruptedException {
    Server server = pool.server(arm);
    arrived.expect(arm, server);
    ProbedWindow window = new ProbedWindow(server);
    Instant start = Instant.now();
    Slice seen = round.generator().run(traffic.to(server.host(), server.port()), window);
    if (phase != Phase.WARMUP) {
      round.clock().measured(seen.seconds());
    }
    Measured slice = new Measured(cell, arm, server, seen, window.usage(), List.of());
    return keep(phase, pass, start, List.of(slice)).get(0);
  }

  /**
   * A script that throws, for one, may fail no request, and then these are not what they seem. The
   * first error of a plan is told, for others may differ by nothing but their data.
   */
  private void tellOfErrors(Cell cell, Slice seen) throws IOException {
    String beginning =
        format("In %s JMeter met an error, and went on: ", cell.view().plan().getFileName());
    for (String error : seen.errorSample().stream().limit(1).toList()) {
      if (round.results().addNotice(beginning, error)) {
        round.progress().say(beginning + error);
      }
    }
  }

  /**
   * Connects the users of all arms in some cells, who then take turns; empty where the generator
   * cannot have them take turns.
   */
  Optional<Interleaving> connect(List<Cell> cells, List<Arm> arms, double seconds, long seed)
      throws IOException {
    long since = System.nanoTime();
    List<Interleaving.Crew> crews = new ArrayList<>();
    List<Traffic> traffics = new ArrayList<>();
    for (Cell cell : cells) {
      for (Arm arm : arms) {
        Server server = pool.server(arm);
        arrived.expect(arm, server);
        crews.add(new Interleaving.Crew(cell, arm, server));
        Traffic traffic = closed(cell, arm, false, 0, seconds);
        traffics.add(traffic.to(server.host(), server.port()));
      }
    }
    Optional<Turns> turns = round.generator().turns(traffics);
    round.clock().started(since);
    return turns.map(taken -> new Interleaving(crews, taken, seed, round.clock()));
  }

  /**
   * Keeps slices that were measured together, once their servers have seen what was sent to them.
   *
   * @throws InterruptedException when they were cut because the run is being interrupted
   */
  List<SliceLine> keep(Phase phase, int pass, Instant start, List<Measured> together)
      throws IOException, InterruptedException {
    if (pool.isStopping()) {
      throw new InterruptedException("the servers are being stopped");
    }
    for (Measured slice : together) {
      boolean counted = arrived.isCountedBy(slice.server());
      requireArrived(slice.cell(), slice.arm(), slice.slice(), counted);
      arrived.add(slice.cell(), slice.server(), slice.slice());
    }
    together.stream().map(Measured::server).distinct().forEach(arrived::require);
    List<SliceLine> lines = new ArrayList<>();
    for (Measured slice : together) {
      lines.add(keep(phase, pass, start, slice));
    }
    return lines;
  }

  private SliceLine keep(Phase phase, int pass, Instant start, Measured measured)
      throws IOException {
    Cell cell = measured.cell();
    Arm arm = measured.arm();
    Server server = measured.server();
    Slice seen = measured.slice();
    SliceLine line =
        new SliceLine(
            round.plan().number(),
            round.plan().day(),
            round.measured().attempt(),
            cell.id(),
            arm.name(),
            phase,
            pass,
            round.plan().order().stream().map(Arm::name).toList(),
            start,
            seen,
            measured.usage(),
            whyInvalid(seen, server),
            measured.turns());
    round.results().append(line);
    for (String lost : seen.lostEngines()) {
      String what = format("In round %d %s", round.plan().number(), lost);
      round.results().addNotice(what + ": the others carry the whole load from then on.");
    }
    // Unanswered requests of a cold server are not reported.
    if (!line.valid() && (phase != Phase.WARMUP || seen.errors() > 0)) {
      String what = cell + " · " + arm.name() + ": not valid: " + line.invalidReason();
      round.progress().say("round " + round.plan().number() + "  " + what);
    }
    if (seen.errors() + seen.unfinished() > 0) {
      awaitServed(server);
    } else {
      tellOfErrors(cell, seen);
    }
    return line;
  }

  /** What an arm is asked in a closed slice, with its answers checked in full or not. */
  Traffic closed(Cell cell, Arm arm, boolean checks, double leadIn, double seconds) {
    return Traffic.closed(
        cell.view().plan(), properties(arm, checks), cell.users(), leadIn, seconds);
  }

  /** What an arm is asked at a fixed rate. */
  Traffic open(Cell cell, Arm arm, int threads, double rate, double leadIn, double seconds) {
    return Traffic.open(cell.view().plan(), properties(arm, false), threads, rate, leadIn, seconds);
  }

  private static Map<String, String> properties(Arm arm, boolean checks) {
    Map<String, String> properties = new TreeMap<>(arm.jmeter());
    properties.put("path", arm.wholePath());
    properties.put("checks", Boolean.toString(checks));
    return properties;
  }

  /** What another server answered says nothing of this one. */
  static void requireArrived(Cell cell, Arm arm, Slice seen, boolean counted) {
    Misdirected.sentence(cell.view().plan(), arm.name(), seen, counted)
        .ifPresent(
            sentence -> {
              throw new InvalidMeasurement(sentence);
            });
  }

  /** A server still serves requests that were given up: the next slice must not meet them. */
  private static void awaitServed(Server server) {
    Await.until(() -> !server.isAlive() || !isBusy(server), SERVED_PAUSE, SERVED_LIMIT);
  }

  private static boolean isBusy(Server server) {
    Sample now = server.sample();
    Gauges gauges = Usage.between(now, now).gauges();
    return gauges.databaseActive() + gauges.databaseWaiters() > 0;
  }

  /** Null when the slice may be used. */
  private static String whyInvalid(Slice slice, Server server) {
    if (!server.isAlive()) {
      return "the server died" + server.lastLines();
    }
    if (slice.errors() > 0) {
      return format(
          "%d of %d requests failed: %s",
          slice.errors(), slice.requests(), String.join("; ", slice.errorSample()));
    }
    if (slice.unfinished() > 0) {
      String why =
          slice.errorSample().isEmpty() ? "" : ": " + String.join("; ", slice.errorSample());
      return slice.unfinished() + " users or requests were not done at its end" + why;
    }
    if (slice.requests() == 0) {
      return "no request was answered in it";
    }
    if (slice.latenessP99Millis() > OpenRate.LATENESS_LIMIT_MILLIS) {
      return format("the generator itself was %.1f ms late at p99", slice.latenessP99Millis());
    }
    return null;
  }

  /** Reads the server's counters when the window opens and when it closes. */
  private static final class ProbedWindow implements Window {
    private final Server server;
    private Sample before;
    private Sample after;

    ProbedWindow(Server server) {
      this.server = server;
    }

    @Override
    public void opens() {
      before = server.sample();
    }

    @Override
    public void closes() {
      after = server.sample();
    }

    Usage usage() {
      return before == null || after == null ? null : Usage.between(before, after);
    }
  }
}
