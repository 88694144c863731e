package crossover.bench;

import crossover.bench.analysis.WarmUps;
import crossover.bench.load.Engine;
import crossover.bench.load.Slice;
import crossover.bench.load.Traffic;
import crossover.bench.load.Turns;
import crossover.bench.load.Window;
import crossover.bench.plan.Arm;
import crossover.bench.plan.Cell;
import crossover.bench.plan.Definition;
import crossover.bench.plan.Measurement;
import crossover.bench.plan.Site;
import crossover.bench.plan.View;
import crossover.bench.probe.Sample;
import crossover.bench.probe.Usage;
import crossover.bench.report.Results;
import crossover.bench.report.SliceLine;
import crossover.bench.report.SliceLine.Phase;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** One round: all arms are warmed up, then measured cell by cell in the round's order. */
final class Round {
  /** One burst of warm-up: long enough for a figure, short enough to stop soon after warm. */
  private static final double BURST_SECONDS = 0.4;

  /** The first burst at a server: for one look at every page, while it is slowest. */
  private static final double FIRST_BURST_SECONDS = 0.3;

  /** In the first burst at a server: more would run into its time limits while it is cold. */
  private static final int FIRST_USERS = 4;

  /** From then on, at most: more teach a server nothing new. */
  private static final int MOST_WARM_UP_USERS = 64;

  /** 5,000 requests that were given up, at 64 connections and a second each, take 80 s. */
  private static final Duration SERVED_LIMIT = Duration.ofMinutes(3);

  /** Compilers work off a sweep of warm-up in less, on any machine that is worth measuring. */
  private static final Duration COMPILING_LIMIT = Duration.ofSeconds(10);

  /** What a measured slice leaves to compile; a server that never rests costs each this much. */
  private static final Duration REST_LIMIT = Duration.ofSeconds(2);

  /** Of all arms together, connected at the same time; the generator's heap is made for so many. */
  private static final int MOST_USERS_IN_TURNS = 1000;

  private static final Duration SERVED_LOOK = Duration.ofMillis(200);

  /** How often an open slice is measured until the generator was in time. */
  private static final int OPEN_TRIES = 5;

  /**
   * Seconds, at least. A server that comes from a crowd stalls at first, and the burst of answers
   * after a stall keeps the generator from being in time.
   */
  private static final double OPEN_LEAD_IN = 1;

  private final int number;
  private final int day;
  private final List<Arm> order;
  private final Definition definition;
  private final Engine generator;
  private final Results results;
  private final Progress progress;

  private final Done done;

  /** The servers that are alive now. */
  private Fleet fleet;

  /** The views on which they were warmed up before the cells; the others are so cell by cell. */
  private final Set<View> warm = new HashSet<>();

  Round(
      Agenda.Entry entry,
      Definition definition,
      Engine generator,
      Results results,
      Progress progress) {
    this.number = entry.number();
    this.day = entry.day();
    this.order = entry.order();
    this.definition = definition;
    this.generator = generator;
    this.results = results;
    this.progress = progress;
    this.done = new Done(definition, entry.number(), results);
  }

  /**
   * Measures what this round has not measured yet in some cells, on the servers of their host.
   *
   * <p>Where arms are alive one at a time, each does all of its work in one stay. But a rate that
   * is found in the run is known only after the first stay of the last of them: then the others
   * come once more, in the same order.
   */
  void measure(Premises premises, List<Cell> cells) throws IOException, InterruptedException {
    List<Cell> left = done.missing(cells, order);
    while (!left.isEmpty()) {
      for (List<Arm> together : premises.together(order)) {
        List<Cell> theirs = done.missing(left, together);
        if (!theirs.isEmpty()) {
          stay(premises, together, theirs);
        }
      }
      left = done.missing(left, order);
    }
  }

  private void stay(Premises premises, List<Arm> arms, List<Cell> cells)
      throws IOException, InterruptedException {
    progress.show(
        "round "
            + number
            + "  starting a fresh JVM for "
            + (arms.size() > 1 ? "every arm" : arms.get(0).name()));
    premises.become(Site.LOCALHOST);
    try (Fleet alive = Fleet.start(premises, arms)) {
      fleet = alive;
      Site first = cells.get(0).site();
      Site near = first.host().isElsewhere() ? first : Site.LOCALHOST;
      List<View> views = cells.stream().map(Cell::view).distinct().toList();
      bursts(near, views, arms, 1, 1);
      warm.clear();
      // Cells in which arms take turns begin with a warm-up of their own.
      if (!cells.stream().allMatch(cell -> mayTakeTurns(cell, arms))) {
        warmUp(near, views, arms);
      }
      for (Cell cell : cells) {
        premises.become(cell.site());
        measure(cell, arms);
      }
    }
  }

  /**
   * Warms every arm up that has met every view, by as many users as will be measured: fewer never
   * wait for each other, and what is compiled for that is thrown away when they do.
   */
  private void warmUp(Site site, List<View> views, List<Arm> arms)
      throws IOException, InterruptedException {
    warm.addAll(views);
    for (View view : views) {
      for (int users : warmUpUsers()) {
        Cell cell = new Cell(site, view, users);
        Optional<Turns> turns = turns(cell, arms);
        if (turns.isEmpty()) {
          bursts(site, views, arms, 2, mostSweeps());
          return;
        }
        try (Turns taken = turns.get()) {
          warmUp(cell, arms, new Interleaving(fleet, servers(arms), taken));
        }
      }
    }
  }

  /**
   * Warms up in bursts that go round: while one arm is asked, the others go on compiling what they
   * were asked for, on all cores. The numbers of users take turns.
   */
  private void bursts(Site site, List<View> views, List<Arm> arms, int from, int most)
      throws IOException, InterruptedException {
    fleet.place(false);
    Map<Arm, List<SliceLine>> bursts = new HashMap<>();
    arms.forEach(arm -> bursts.put(arm, new ArrayList<>()));
    fleet.awaitIdle(COMPILING_LIMIT);
    List<Arm> cold = arms;
    for (int sweep = from; sweep <= most && !cold.isEmpty(); sweep++) {
      for (View view : views) {
        for (Arm arm : cold) {
          bursts.get(arm).add(burst(site, view, arm, sweep));
        }
      }
      cold = cold.stream().filter(arm -> !WarmUps.isWarm(bursts.get(arm))).toList();
      fleet.awaitIdle(COMPILING_LIMIT);
    }
    fleet.place(true);
  }

  private int mostSweeps() {
    return (int) (definition.measurement().warmUp().toMillis() / (1000 * BURST_SECONDS));
  }

  private List<Integer> warmUpUsers() {
    return definition.measurement().users().stream()
        .map(users -> Math.min(users, MOST_WARM_UP_USERS))
        .distinct()
        .toList();
  }

  private SliceLine burst(Site site, View view, Arm arm, int sweep)
      throws IOException, InterruptedException {
    List<Integer> users = warmUpUsers();
    int turn = users.get((sweep - 1) % users.size());
    Cell cell = new Cell(site, view, sweep == 1 ? Math.min(turn, FIRST_USERS) : turn);
    progress.show(what(cell, arm) + " warm-up");
    // The first answers are checked in full: a wrong page must not be measured.
    Traffic traffic =
        Traffic.closed(
            view.plan(),
            properties(arm, sweep == 1),
            cell.users(),
            0,
            sweep == 1 ? FIRST_BURST_SECONDS : BURST_SECONDS);
    SliceLine line = slice(cell, arm, Phase.WARMUP, sweep, traffic);
    // None answered in a cold burst, or one still open at its end, is no wrong page.
    if (line.load().errors() > 0 || !fleet.isAlive(arm)) {
      throw new InvalidMeasurement(what(cell, arm) + ": " + line.invalidReason());
    }
    return line;
  }

  private void measure(Cell cell, List<Arm> arms) throws IOException, InterruptedException {
    Measurement measurement = definition.measurement();
    for (int pass = 1; pass <= measurement.passes(); pass++) {
      int now = pass;
      List<Arm> left =
          arms.stream().filter(arm -> !done.has(cell, arm, Phase.CLOSED, now)).toList();
      if (!left.isEmpty() && !inTurns(cell, left, pass)) {
        if (!warm.contains(cell.view())) {
          warmUp(cell.site(), List.of(cell.view()), arms);
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

  /** A server that died is replaced by a fresh one, which is as cold as at the round's start. */
  private void revive(Cell cell, Arm arm) throws IOException, InterruptedException {
    if (!fleet.isAlive(arm)) {
      bursts(cell.site(), List.of(cell.view()), List.of(arm), 1, mostSweeps());
    }
  }

  private void closed(Cell cell, Arm arm, int pass) throws IOException, InterruptedException {
    revive(cell, arm);
    fleet.awaitIdle(REST_LIMIT);
    progress.show(what(cell, arm));
    slice(cell, arm, Phase.CLOSED, pass, closed(cell, arm));
    progress.step();
  }

  private Traffic closed(Cell cell, Arm arm) {
    return Traffic.closed(
        cell.view().plan(), properties(arm, false), cell.users(), leadIn(), seconds(cell));
  }

  private double seconds(Cell cell) {
    return seconds(definition.measurement().slice(cell.site()));
  }

  private static boolean mayTakeTurns(Cell cell, List<Arm> arms) {
    return arms.size() > 1
        && arms.size() * cell.users() <= MOST_USERS_IN_TURNS
        && cell.site().roundTrip().isZero();
  }

  /** Measures the arms' closed slices of a pass in turns, or returns false where that is no use. */
  private boolean inTurns(Cell cell, List<Arm> arms, int pass)
      throws IOException, InterruptedException {
    if (Interleaving.turnSeconds(slowestAnswer(cell, arms)) > seconds(cell)) {
      return false;
    }
    Optional<Turns> turns = turns(cell, arms);
    if (turns.isEmpty()) {
      return false;
    }
    try (Turns taken = turns.get()) {
      Interleaving interleaving = new Interleaving(fleet, servers(arms), taken);
      warmUp(cell, arms, interleaving);
      Instant start = Instant.now();
      Optional<List<Interleaving.Measured>> measured = interleaving.measure(seconds(cell));
      if (measured.isEmpty()) {
        return false;
      }
      keep(cell, arms, Phase.CLOSED, pass, start, measured.get());
      arms.forEach(arm -> progress.step());
    }
    Thread.sleep(definition.measurement().rest().toMillis());
    return true;
  }

  /** The users of all arms, connected; empty where they cannot take turns. */
  private Optional<Turns> turns(Cell cell, List<Arm> arms)
      throws IOException, InterruptedException {
    if (!mayTakeTurns(cell, arms)) {
      return Optional.empty();
    }
    List<Traffic> traffics = new ArrayList<>();
    for (Arm arm : arms) {
      revive(cell, arm);
      traffics.add(with(closed(cell, arm), fleet.server(arm)));
    }
    progress.show("round " + number + "  " + cell + " · all arms in turns");
    return generator.turns(traffics);
  }

  private List<Server> servers(List<Arm> arms) throws IOException {
    List<Server> servers = new ArrayList<>();
    for (Arm arm : arms) {
      servers.add(fleet.server(arm));
    }
    return servers;
  }

  /** In turns and on all cores, until a sweep leaves all arms' compilers little to do. */
  private void warmUp(Cell cell, List<Arm> arms, Interleaving interleaving)
      throws IOException, InterruptedException {
    fleet.place(false);
    boolean quiet = false;
    // One burst there was, and one sweep must be: the gauges come from it.
    for (int sweep = 2; !quiet && sweep <= Math.max(2, mostSweeps()); sweep++) {
      Instant start = Instant.now();
      List<Interleaving.Measured> swept = interleaving.warmUp(BURST_SECONDS);
      List<SliceLine> lines = keep(cell, arms, Phase.WARMUP, sweep, start, swept);
      quiet = lines.stream().allMatch(line -> line.valid() && WarmUps.isWarm(List.of(line)));
    }
    fleet.place(true);
  }

  private List<SliceLine> keep(
      Cell cell,
      List<Arm> arms,
      Phase phase,
      int pass,
      Instant start,
      List<Interleaving.Measured> measured)
      throws IOException, InterruptedException {
    List<SliceLine> lines = new ArrayList<>();
    for (int i = 0; i < arms.size(); i++) {
      Arm arm = arms.get(i);
      Interleaving.Measured seen = measured.get(i);
      lines.add(line(cell, arm, seen.server(), phase, pass, start, seen.slice(), seen.usage()));
    }
    return lines;
  }

  private double leadIn() {
    return seconds(definition.measurement().leadIn());
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private void open(Cell cell, Arm arm, double rate) throws IOException, InterruptedException {
    if (done.has(cell, arm, Phase.OPEN, 1)) {
      return;
    }
    revive(cell, arm);
    progress.show(what(cell, arm) + " at " + Math.round(rate) + "/s");
    double seconds = OpenRate.seconds(definition, rate);
    Traffic traffic =
        Traffic.open(
            cell.view().plan(),
            properties(arm, false),
            OpenRate.threads(cell, rate),
            rate,
            Math.max(OPEN_LEAD_IN, leadIn()),
            seconds);
    for (int attempt = 1; attempt <= OPEN_TRIES; attempt++) {
      fleet.awaitIdle(REST_LIMIT);
      if (slice(cell, arm, Phase.OPEN, attempt, traffic).valid()) {
        break;
      }
    }
    progress.step();
  }

  /** Seconds, of the warm-up so far: with more users it will be longer; 0 where there was none. */
  private double slowestAnswer(Cell cell, List<Arm> arms) {
    return arms.stream()
        .flatMap(arm -> lastWarmUp(cell.view(), arm).stream())
        .mapToDouble(burst -> burst.load().p50Millis() / 1000)
        .max()
        .orElse(0);
  }

  private Optional<SliceLine> lastWarmUp(View view, Arm arm) {
    return results.slices().stream()
        .filter(s -> s.round() == number && s.phase() == Phase.WARMUP)
        .filter(s -> s.view().equals(view.name()) && s.arm().equals(arm.name()))
        .reduce((earlier, later) -> later);
  }

  private SliceLine slice(Cell cell, Arm arm, Phase phase, int pass, Traffic traffic)
      throws IOException, InterruptedException {
    Server server = fleet.server(arm);
    ProbedWindow window = new ProbedWindow(server);
    Instant start = Instant.now();
    Slice seen = generator.run(with(traffic, server), window);
    if (fleet.isStopping()) {
      throw new InterruptedException("the servers are being stopped");
    }
    SliceLine line = line(cell, arm, server, phase, pass, start, seen, window.usage());
    if (phase != Phase.WARMUP) {
      Thread.sleep(definition.measurement().rest().toMillis());
    }
    return line;
  }

  /** Keeps what was measured. */
  private SliceLine line(
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
            number,
            day,
            cell.site().name(),
            cell.view().name(),
            cell.users(),
            arm.name(),
            phase,
            pass,
            order.stream().map(Arm::name).toList(),
            start,
            seen,
            usage,
            whyInvalid(seen, server));
    results.append(line);
    // What a cold server does not answer in its first moments is worth no word.
    if (!line.valid() && (phase != Phase.WARMUP || seen.errors() > 0)) {
      progress.say(what(cell, arm) + ": not valid: " + line.invalidReason());
    }
    if (seen.errors() + seen.unfinished() > 0) {
      awaitServed(server);
    }
    return line;
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

  private static Map<String, String> properties(Arm arm, boolean checks) {
    Map<String, String> properties = new TreeMap<>(arm.jmeter());
    properties.put("path", arm.path());
    properties.put("checks", Boolean.toString(checks));
    return properties;
  }

  /** Null when the slice may be used. */
  private static String whyInvalid(Slice slice, Server server) {
    if (!server.isAlive()) {
      return "the server died; the end of its log:\n" + server.lastLines();
    }
    if (slice.errors() > 0) {
      return "%d of %d requests failed: %s"
          .formatted(slice.errors(), slice.requests(), String.join("; ", slice.errorSample()));
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
      return "the generator itself was %.1f ms late at p99".formatted(slice.latenessP99Millis());
    }
    return null;
  }

  private String what(Cell cell, Arm arm) {
    return "round " + number + "  " + cell + " · " + arm.name();
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
