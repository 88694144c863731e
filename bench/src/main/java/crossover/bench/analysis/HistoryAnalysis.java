package crossover.bench.analysis;

import crossover.bench.experiment.Arm;
import crossover.bench.experiment.Definition;
import crossover.bench.experiment.Host;
import crossover.bench.experiment.Measurement;
import crossover.bench.experiment.Site;
import crossover.bench.experiment.View;
import crossover.bench.probe.Machine;
import crossover.bench.results.Comparison;
import crossover.bench.results.ContentDigest;
import crossover.bench.results.Environment;
import crossover.bench.results.History;
import crossover.bench.results.History.Change;
import crossover.bench.results.History.Point;
import crossover.bench.results.History.Series;
import crossover.bench.results.HistoryRecord;
import crossover.bench.results.HistoryStore;
import crossover.bench.results.Metric;
import crossover.bench.results.Results;
import crossover.bench.results.Summary;
import crossover.bench.results.Verdict;
import crossover.bench.stats.ChangePoints;
import crossover.bench.text.Secrets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A run among those before it: what is kept of it, and where ratios changed ({@link ChangePoints}
 * of their logarithms). Only runs of the same experiment on the same machine stand in one series;
 * and only runs with the same baseline, unless both arms serve one WAR.
 */
public final class HistoryAnalysis {
  private static final Set<Metric> KEPT =
      EnumSet.of(Metric.THROUGHPUT, Metric.CAPACITY, Metric.P50, Metric.P99);

  private HistoryAnalysis() {}

  /** Keeps a run in a store, and finds its place among the others. */
  public static History of(
      Definition definition, Environment environment, Summary summary, HistoryStore store)
      throws IOException {
    HistoryRecord run = record(definition, environment, summary);
    List<String> notices = new ArrayList<>();
    if (run.estimates().isEmpty()) {
      notices.add("This run is not kept: it found no valid ratio with an interval.");
      store.remove(run);
    } else {
      store.add(run);
    }
    HistoryStore.Content content = store.read();
    List<HistoryRecord> records = content.records().stream().filter(run::isComparable).toList();
    if (!content.unreadable().isEmpty()) {
      notices.add("These records cannot be read, and are left out: " + content.unreadable() + ".");
    }
    return new History(
        store.folder().toString(),
        records.size(),
        content.records().size() - records.size(),
        notices,
        new RunInHistory(definition, run, summary, records).series());
  }

  private record RunInHistory(
      Definition definition, HistoryRecord run, Summary summary, List<HistoryRecord> records) {
    /** The primary series share the level of the tests (Bonferroni), and so do the others. */
    private List<Series> series() {
      List<Series> all =
          summary.comparisons().stream()
              .filter(c -> KEPT.contains(c.metric()))
              .map(
                  c ->
                      new Series(
                          c.cell(), c.candidate(), c.metric(), c.primary(), points(c), List.of()))
              .filter(series -> !series.points().isEmpty())
              .toList();
      long primary = all.stream().filter(Series::primary).count();
      return all.stream()
          .map(series -> judged(series, series.primary() ? primary : all.size() - primary))
          .toList();
    }

    private static Series judged(Series series, long among) {
      List<Point> points = series.points();
      double[] logs = points.stream().mapToDouble(point -> Math.log(point.ratio())).toArray();
      List<Change> changes =
          ChangePoints.of(logs, ChangePoints.LEVEL / among).stream()
              .map(
                  p ->
                      new Change(
                          p.index(),
                          points.get(p.index()).at(),
                          Math.exp(p.before()),
                          Math.exp(p.after()),
                          p.p()))
              .toList();
      return new Series(
          series.cell(), series.arm(), series.metric(), series.primary(), points, changes);
    }

    private List<Point> points(Comparison c) {
      return records.stream()
          .filter(record -> hasSameBaseline(record, c))
          .flatMap(record -> points(record, c))
          .toList();
    }

    private Stream<Point> points(HistoryRecord record, Comparison c) {
      return record.estimates().stream()
          .filter(e -> e.cell().equals(c.cell()))
          .filter(e -> e.arm().equals(c.candidate()) && e.metric() == c.metric())
          .map(
              e ->
                  new Point(
                      record.at(),
                      record.wars().get(e.arm()),
                      isThis(record),
                      e.ratio(),
                      e.low(),
                      e.high()));
    }

    private boolean hasSameBaseline(HistoryRecord record, Comparison c) {
      String war = run.wars().get(c.baseline());
      return definition.baselineArm().war().isEmpty()
          || definition.arm(c.candidate()).servesTheSame(definition.baselineArm())
          || isThis(record)
          || (war != null && war.equals(record.wars().get(c.baseline())));
    }

    private boolean isThis(HistoryRecord record) {
      return record.at().equals(run.at()) && record.seed() == run.seed();
    }
  }

  /** What is kept of a run. */
  private static HistoryRecord record(
      Definition definition, Environment environment, Summary summary) {
    List<Machine> machines = new ArrayList<>(List.of(environment.machine()));
    machines.addAll(new TreeMap<>(environment.hosts()).values());
    machines.addAll(new TreeMap<>(environment.generators()).values());
    Map<String, String> wars = new TreeMap<>();
    for (Arm arm : definition.arms()) {
      environment
          .digest(Environment.WAR + arm.name())
          .ifPresent(digest -> wars.put(arm.name(), digest));
    }
    return new HistoryRecord(
        Results.FORMAT_VERSION,
        summary.started(),
        summary.seed(),
        definition.name(),
        identity(definition, environment, summary),
        machines,
        definition.baseline(),
        wars,
        summary.comparisons().stream()
            .filter(c -> KEPT.contains(c.metric()) && c.verdict() != Verdict.NOT_VALID)
            .map(
                c ->
                    new HistoryRecord.Ratio(
                        c.cell(),
                        c.candidate(),
                        c.metric(),
                        c.rounds(),
                        c.ratio(),
                        c.low(),
                        c.high()))
            .toList());
  }

  /**
   * A digest of all that makes ratios comparable, but for machines and WARs. Numbers of rounds are
   * left out, and where files lie, and passwords. A file whose content is not known is like that of
   * no other run.
   */
  private static String identity(Definition definition, Environment environment, Summary summary) {
    UnaryOperator<String> digest =
        name -> environment.digest(name).orElse(summary.started() + " " + summary.seed());
    Measurement m = definition.measurement();
    List<Object> parts = new ArrayList<>(List.of(definition.name(), definition.baseline()));
    parts.add(List.of(m.metric(), m.users(), m.passes(), m.slice(), m.warmUp(), m.leadIn()));
    parts.add(List.of(m.rest(), m.latency().map(l -> List.of(l.rate(), l.views()))));
    parts.add(List.of(environment.serverCores().size(), environment.otherCores().size()));
    parts.add(environment.versions().getOrDefault("server JDK", "").replaceFirst("[.+-].*", ""));
    for (View view : definition.views()) {
      parts.add(view.name() + " " + digest.apply(Environment.PLAN + view.name()));
    }
    for (Site site : definition.sites()) {
      Host host = site.host();
      parts.add(List.of(site.name(), site.client(), site.database(), site.redis(), host.ssh()));
      parts.add(List.of(host.cores(), Secrets.maskedCommand(host.jvm())));
      parts.add(settings(environment, site.name()));
    }
    for (Arm arm : definition.arms()) {
      String name = arm.name();
      parts.add(List.of(name, arm.war().isPresent(), arm.servesTheSame(definition.baselineArm())));
      parts.add(List.of(arm.context(), arm.tomcat(), arm.java(), arm.path(), arm.ready()));
      parts.add(List.of(Secrets.maskedCommand(arm.jvm()), arm.exclusive(), arm.probed()));
      parts.add(arm.url());
      parts.add(arm.overlay().map(folder -> digest.apply(Environment.OVERLAY + name)));
      parts.add(arm.sql().map(file -> digest.apply(Environment.SQL + name)));
      parts.add(List.of(words(arm.program()), words(arm.before())));
      parts.add(List.of(settings(environment, name), masked(arm.jmeter())));
    }
    return ContentDigest.of(parts.toString());
  }

  private static String words(Optional<Arm.Program> program) {
    return program
        .map(p -> Secrets.maskedCommand(p.command()) + masked(p.environment()))
        .orElse("");
  }

  private static List<Map.Entry<String, String>> masked(Map<String, String> entries) {
    return List.copyOf(new TreeMap<>(Secrets.masked(entries)).entrySet());
  }

  private static Map<String, String> settings(Environment environment, String name) {
    return new TreeMap<>(environment.settings().getOrDefault(name, Map.of()));
  }
}
