package crossover.bench.run;

import crossover.bench.experiment.Arm;
import crossover.bench.experiment.Cell;
import crossover.bench.load.Engine;
import crossover.bench.load.Slice;
import crossover.bench.load.Traffic;
import crossover.bench.load.Turns;
import crossover.bench.load.Window;
import crossover.bench.probe.Sample;
import crossover.bench.probe.Usage;
import crossover.bench.results.Results;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import crossover.bench.server.Server;
import crossover.bench.server.ServerPool;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Runs slices of a round on the servers of a stay, says which may not be used, and keeps all. */
final class SliceRunner {
  /** 5,000 requests that were given up, at 64 connections and a second each, take 80 s. */
  private static final Duration SERVED_LIMIT = Duration.ofMinutes(3);

  private static final Duration SERVED_LOOK = Duration.ofMillis(200);

  private final RoundPlan.Entry round;
  private final int attempt;
  private final ServerPool fleet;
  private final Engine generator;
  private final Results results;
  private final Progress progress;

  SliceRunner(
      RoundPlan.Entry round,
      int attempt,
      ServerPool fleet,
      Engine generator,
      Results results,
      Progress progress) {
    this.round = round;
    this.attempt = attempt;
    this.fleet = fleet;
    this.generator = generator;
    this.results = results;
    this.progress = progress;
  }

  /** Runs one slice on an arm's server, and keeps it. */
  SliceLine run(Cell cell, Arm arm, Phase phase, int pass, Traffic traffic)
      throws IOException, InterruptedException {
    Server server = fleet.server(arm);
    ProbedWindow window = new ProbedWindow(server);
    Instant start = Instant.now();
    Slice seen = generator.run(with(traffic, server), window);
    if (fleet.isStopping()) {
      throw new InterruptedException("the servers are being stopped");
    }
    return keep(cell, arm, server, phase, pass, start, seen, window.usage());
  }

  /**
   * Connects the users of closed slices that take turns; empty where the generator cannot have them
   * take turns.
   *
   * @param traffics one for each arm
   */
  Optional<Interleaving> inTurns(List<Arm> arms, List<Traffic> traffics) throws IOException {
    List<Server> servers = new ArrayList<>();
    List<Traffic> sent = new ArrayList<>();
    for (int i = 0; i < arms.size(); i++) {
      Server server = fleet.server(arms.get(i));
      servers.add(server);
      sent.add(with(traffics.get(i), server));
    }
    Optional<Turns> turns = generator.turns(sent);
    return turns.map(taken -> new Interleaving(fleet, servers, taken));
  }

  /** Keeps what was measured in turns. */
  List<SliceLine> keep(
      Cell cell,
      List<Arm> arms,
      Phase phase,
      int pass,
      Instant start,
      List<Interleaving.Measured> measured)
      throws IOException, InterruptedException {
    List<SliceLine> lines = new ArrayList<>();
    for (int i = 0; i < arms.size(); i++) {
      Interleaving.Measured seen = measured.get(i);
      lines.add(
          keep(cell, arms.get(i), seen.server(), phase, pass, start, seen.slice(), seen.usage()));
    }
    return lines;
  }

  private SliceLine keep(
      Cell cell,
      Arm arm,
      Server server,
      Phase phase,
      int pass,
      Instant start,
      Slice seen,
      Usage usage)
      throws IOException, InterruptedException {
    SliceLine line =
        new SliceLine(
            round.number(),
            round.day(),
            attempt,
            cell.site().name(),
            cell.view().name(),
            cell.users(),
            arm.name(),
            phase,
            pass,
            round.order().stream().map(Arm::name).toList(),
            start,
            seen,
            usage,
            whyInvalid(seen, server),
            List.of());
    results.append(line);
    // What a cold server does not answer in its first moments is worth no word.
    if (!line.valid() && (phase != Phase.WARMUP || seen.errors() > 0)) {
      progress.say(
          "round "
              + round.number()
              + "  "
              + what(cell, arm)
              + ": not valid: "
              + line.invalidReason());
    }
    if (seen.errors() + seen.unfinished() > 0) {
      awaitServed(server);
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
    properties.put("path", arm.path());
    properties.put("checks", Boolean.toString(checks));
    return properties;
  }

  /** A server still serves requests that were given up: the next slice must not meet them. */
  private static void awaitServed(Server server) throws InterruptedException {
    long end = System.nanoTime() + SERVED_LIMIT.toNanos();
    while (server.isAlive() && isBusy(server) && System.nanoTime() < end) {
      Thread.sleep(SERVED_LOOK.toMillis());
    }
  }

  private static boolean isBusy(Server server) {
    Sample now = server.sample();
    Usage usage = Usage.between(now, now);
    return usage.databaseActive() + usage.databaseWaiters() > 0;
  }

  private static Traffic with(Traffic traffic, Server server) {
    TreeMap<String, String> properties = new TreeMap<>(traffic.properties());
    properties.put("host", server.host());
    properties.put("port", Integer.toString(server.port()));
    return new Traffic(
        traffic.plan(),
        properties,
        traffic.kind(),
        traffic.users(),
        traffic.rate(),
        traffic.leadIn(),
        traffic.seconds(),
        traffic.drain());
  }

  /** Null when the slice may be used. */
  private static String whyInvalid(Slice slice, Server server) {
    if (!server.isAlive()) {
      return "the server died; the end of its log:\n" + server.lastLines();
    }
    if (slice.errors() > 0) {
      return String.format(
          Locale.ROOT,
          "%d of %d requests failed: %s",
          slice.errors(),
          slice.requests(),
          String.join("; ", slice.errorSample()));
    }
    if (slice.unfinished() > 0) {
      String why =
          slice.errorSample().isEmpty() ? "" : ": " + String.join("; ", slice.errorSample());
      return slice.unfinished() + " requests had no answer at its end" + why;
    }
    if (slice.requests() == 0) {
      return "no request was answered in it";
    }
    if (slice.latenessP99Millis() > OpenRate.LATENESS_LIMIT_MILLIS) {
      return String.format(
          Locale.ROOT, "the generator itself was %.1f ms late at p99", slice.latenessP99Millis());
    }
    return null;
  }

  /** Where and when something happens, for whoever watches. */
  String what(Cell cell, Arm arm) {
    return what(cell) + " · " + arm.name();
  }

  String what(Cell cell) {
    return cell.toString();
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
