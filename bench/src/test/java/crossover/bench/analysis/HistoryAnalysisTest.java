package crossover.bench.analysis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.experiment.Definition;
import crossover.bench.report.Format;
import crossover.bench.results.Environment;
import crossover.bench.results.History;
import crossover.bench.results.HistoryStore;
import crossover.bench.results.Json;
import crossover.bench.results.Metric;
import crossover.bench.results.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Runs as they could have been, kept one after the other. */
class HistoryAnalysisTest {
  private static final SimulatedRun EQUAL = new SimulatedRun(1, 2, 6);
  private static final SimulatedRun SLOWER = new SimulatedRun(1, 2, 6).effects(0, -0.1);

  @TempDir private Path store;

  @Test
  void theRunThatBroughtASlowdownIsNamed() throws IOException {
    for (int day = 1; day <= 8; day++) {
      keep(EQUAL, day);
    }
    assertThat(keep(EQUAL, 9).series().get(0).changes()).isEmpty();
    for (int day = 10; day <= 13; day++) {
      keep(SLOWER, day);
    }
    History history = keep(SLOWER, 14);

    assertThat(history.runs()).isEqualTo(14);
    assertThat(history.series())
        .filteredOn(series -> series.metric() == Metric.THROUGHPUT)
        .singleElement()
        .satisfies(series -> assertThat(series.points()).hasSize(14))
        .satisfies(series -> assertThat(series.points().get(13).current()).isTrue())
        .extracting(History.Series::changes)
        .satisfies(changes -> assertThat(changes).hasSize(1))
        .extracting(changes -> changes.get(0).at().toString())
        .isEqualTo("2026-01-10T00:00:00Z");
    String text = Format.MARKDOWN.of(summary(SLOWER, 14).with(List.of(), history));
    assertThat(text)
        .contains("14 runs of this experiment on this machine", "since 1 January 2026")
        .contains("in 1 of 1 series")
        .containsPattern(
            "arm1, throughput became slower with the run of 10 January 2026, 00:00 UTC: 1\\.0\\d+ → 0\\.9")
        .containsPattern("arm1, throughput is now 0\\.9\\d+ of arm0's");
  }

  @Test
  void anotherReportOfARunReplacesItsRecord() throws IOException {
    keep(EQUAL, 1);
    keep(EQUAL, 2);

    assertThat(keep(SLOWER, 1).runs()).isEqualTo(2);
    assertThat(keep(SLOWER, 1).series().get(0).points().get(0).current()).isTrue();
  }

  @Test
  void otherMachinesAndExperimentsAreNotMixedIn() throws IOException {
    keep(EQUAL, 1);
    keep(EQUAL.definition(), changed("machine", "cpu", "Another"), summary(EQUAL, 2));
    Definition other = EQUAL.definition().withUsers(List.of(10, 20));
    keep(other, EQUAL.environment(), summary(EQUAL, 3));
    History later = keep(EQUAL.definition(), changed("machine", "kernel", "7"), summary(EQUAL, 4));

    assertThat(later.runs()).isEqualTo(2);
    assertThat(later.others()).isEqualTo(2);
    assertThat(later.series().get(0).points()).hasSize(2);
  }

  /** An old release that is another one than before begins a new series; two JDKs do not. */
  @Test
  void anotherBaselineBeginsANewSeries() throws IOException {
    Definition releases = definition("war: old.war", "war: new.war");
    Definition jdks = definition("war: app.war", "war: app.war, jvm: -Xmx1g");
    for (Definition definition : List.of(releases, jdks)) {
      keep(definition, changed("versions", "WAR of arm0", "1111"), summary(EQUAL, 1));
      keep(definition, changed("versions", "WAR of arm0", "2222"), summary(EQUAL, 2));
    }
    History ofReleases =
        keep(releases, changed("versions", "WAR of arm0", "2222"), summary(EQUAL, 3));
    History ofJdks = keep(jdks, changed("versions", "WAR of arm0", "3333"), summary(EQUAL, 3));

    assertThat(ofReleases.runs()).isEqualTo(3);
    assertThat(ofReleases.series().get(0).points()).hasSize(2);
    assertThat(ofJdks.series().get(0).points()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "unknown"})
  void aBaselineWhoseContentIsNotKnownIsThatOfNoOtherRun(String digest) throws IOException {
    Definition releases = definition("war: old.war", "war: new.war");
    Environment environment =
        digest.isEmpty() ? EQUAL.environment() : changed("versions", "WAR of arm0", digest);
    keep(releases, environment, summary(EQUAL, 1));

    assertThat(keep(releases, environment, summary(EQUAL, 2)).series().get(0).points())
        .singleElement()
        .satisfies(point -> assertThat(point.current()).isTrue());
  }

  @ParameterizedTest
  @CsvSource({
    "war: new.war, versions, plan get",
    "'war: new.war, overlay: lay', versions, overlay of arm1",
    "'war: new.war, before: load.sql', versions, SQL script of arm1"
  })
  void aFileThatIsNotTheSameOrNotKnownMakesAnotherExperiment(
      String candidate, String part, String file) throws IOException {
    Definition definition = definition("war: old.war", candidate);
    for (String digest : List.of("1111", "2222", "unknown")) {
      keep(definition, changed(part, file, digest), summary(EQUAL, 1));
    }

    assertThat(keep(definition, changed(part, file, "2222"), summary(EQUAL, 2)).runs())
        .isEqualTo(2);
    assertThat(keep(definition, changed(part, file, "unknown"), summary(EQUAL, 3)).runs())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "war: new.war                         | war: old.war",
        "war: new.war                         | war: new.war, context: /shop",
        "war: new.war                         | war: new.war, tomcat: 10.1",
        "war: new.war                         | war: new.war, overlay: lay",
        "war: new.war                         | war: new.war, java: 17",
        "war: new.war                         | war: new.war, exclusive: true",
        "war: new.war                         | war: new.war, before: load.sql",
        "war: new.war                         | war: new.war, path: /sync",
        "war: new.war                         | war: new.war, ready: /login",
        "war: new.war                         | war: new.war, probe: false",
        "war: new.war                         | command: [./serve]",
        "war: new.war, jvm: -Xmx1g            | war: new.war, jvm: -Xmx2g",
        "war: new.war, jmeter: {a: 1}         | war: new.war, jmeter: {a: 2}",
        "war: new.war, before: [./fill, a]    | war: new.war, before: [./fill, b]",
        "command: [./serve, a]                | command: [./serve, b]",
        "command: [./serve], environment: {A: 1} | command: [./serve], environment: {A: 2}",
        "url: http://a:80                      | url: http://b:80",
      })
  void anArmOfOtherKeysMakesAnotherExperiment(String one, String other) throws IOException {
    assertThat(runs(one, one)).isEqualTo(2);
    assertThat(runs(one, other)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "war: new.war, jvm: -Dkey.password=%s",
        "war: new.war, jmeter: {password: %s}",
        "command: [./serve, --password, %s], environment: {DB_PASSWORD: %<s}",
      })
  void aPasswordIsNoPartOfTheRecord(String candidate) throws IOException {
    assertThat(runs(candidate.formatted("one"), candidate.formatted("two"))).isEqualTo(2);
  }

  /** Of two runs, those of the second one's experiment. */
  private int runs(String first, String second) throws IOException {
    Environment environment = changed("versions", "overlay of arm1", "1111");
    try (var old = Files.list(store)) {
      old.filter(Files::isRegularFile).forEach(file -> file.toFile().delete());
    }
    keep(definition("war: old.war", first), environment, summary(EQUAL, 1));
    return keep(definition("war: old.war", second), environment, summary(EQUAL, 2)).runs();
  }

  @Test
  void aBrokenRecordCostsThatRecord() throws IOException {
    keep(EQUAL, 1);
    Path second = store.resolve("20260102T000000Z-simulated-broken.json");
    Files.writeString(second, Files.readString(only()).substring(0, 300));
    String whole = Files.readString(only());
    assertThat(whole).contains("\"arm\"");
    Files.writeString(store.resolve("armless.json"), whole.replace("\"arm\"", "\"name\""));
    Files.writeString(store.resolve("null.json"), "null");
    Files.write(store.resolve("latin1.json"), new byte[] {'"', (byte) 0xe9, '"'});
    Files.writeString(store.resolve("other.json"), "{\"formatVersion\": 2}");
    Files.writeString(store.resolve("later.json"), "{\"formatVersion\": 3}");
    Files.writeString(store.resolve("README"), "no record");
    Files.createDirectory(store.resolve("folder.json"));

    History history = keep(EQUAL, 3);

    assertThat(history.runs()).isEqualTo(2);
    assertThat(history.notices())
        .singleElement()
        .asString()
        .contains(
            second.getFileName().toString(),
            "armless",
            "null",
            "latin1",
            "other",
            "later",
            "folder")
        .doesNotContain("README");
    assertThat(second).exists();
  }

  @Test
  void runsAtTheSameTimeLoseNoRecord() throws Exception {
    List<Callable<History>> runs =
        IntStream.rangeClosed(1, 20)
            .<Callable<History>>mapToObj(d -> () -> keep(EQUAL, d))
            .toList();
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      for (var run : pool.invokeAll(runs)) {
        assertThat(run.get().notices()).isEmpty();
      }
    } finally {
      pool.shutdown();
    }

    assertThat(new HistoryStore(store).read().records()).hasSize(20);
  }

  @Test
  void aRunWithoutAnIntervalIsNotKept() throws IOException {
    SimulatedRun two = new SimulatedRun(1, 2, 2);

    store = store.resolve("new");

    assertThat(keep(two, 1).notices()).singleElement().asString().contains("not kept");
    assertThat(store).doesNotExist();
  }

  /** Rounds that were appended can spoil all that was valid. */
  @Test
  void aRunThatIsNotValidAnyMoreIsTakenOut() throws IOException {
    keep(EQUAL, 1);
    ObjectNode tree = Json.MAPPER.valueToTree(summary(EQUAL, 1));
    tree.path("comparisons").forEach(c -> ((ObjectNode) c).put("verdict", "not valid"));

    History spoiled =
        keep(EQUAL.definition(), EQUAL.environment(), Json.MAPPER.treeToValue(tree, Summary.class));

    assertThat(spoiled.runs()).isZero();
    assertThat(new HistoryStore(store).read().records()).isEmpty();
  }

  /** The two levels differ with p = 0.00005: enough for one series, too little for one of 20. */
  @Test
  void seriesShareTheLevelOfTheTests() throws IOException {
    List<History.Series> alone = series(EQUAL, 1, 2, 3, 2, 7, 8, 9, 8);
    List<History.Series> many = series(new SimulatedRun(5, 5, 4), 1, 2, 3, 2, 7, 8, 9, 8);

    assertThat(alone).singleElement().satisfies(s -> assertThat(s.changes()).hasSize(1));
    assertThat(many).hasSize(20).allSatisfy(s -> assertThat(s.changes()).isEmpty());
  }

  private List<History.Series> series(SimulatedRun run, double... logRatios) throws IOException {
    List<History.Series> series = List.of();
    for (int day = 1; day <= logRatios.length; day++) {
      double ratio = Math.exp(logRatios[day - 1]);
      ObjectNode tree = Json.MAPPER.valueToTree(summary(run, day));
      tree.path("comparisons")
          .forEach(c -> ((ObjectNode) c).put("ratio", ratio).put("low", ratio).put("high", ratio));
      Summary summary = Json.MAPPER.treeToValue(tree, Summary.class);
      series = keep(run.definition(), run.environment(), summary).series();
    }
    return series;
  }

  private History keep(SimulatedRun run, int day) throws IOException {
    return keep(run.definition(), run.environment(), summary(run, day));
  }

  private History keep(Definition definition, Environment environment, Summary summary)
      throws IOException {
    return HistoryAnalysis.of(definition, environment, summary, new HistoryStore(store));
  }

  private Path only() throws IOException {
    try (var files = Files.list(store)) {
      return files.filter(file -> file.toString().contains("0101T")).findFirst().orElseThrow();
    }
  }

  private static Summary summary(SimulatedRun run, int day) {
    ObjectNode tree = Json.MAPPER.valueToTree(run.summary(day));
    tree.put("started", "2026-01-%02dT00:00:00Z".formatted(day));
    return Json.MAPPER.treeToValue(tree, Summary.class);
  }

  private static Environment changed(String part, String key, String value) {
    ObjectNode tree = Json.MAPPER.valueToTree(EQUAL.environment());
    ((ObjectNode) tree.path(part)).put(key, value);
    return Json.MAPPER.treeToValue(tree, Environment.class);
  }

  private Definition definition(String baseline, String candidate) throws IOException {
    Path folder = Files.createDirectories(store.resolve("wars"));
    Files.createDirectories(folder.resolve("lay"));
    Files.writeString(folder.resolve("load.sql"), "SELECT 1;");
    for (String war : List.of("old.war", "new.war", "app.war")) {
      try (var zip = new ZipOutputStream(Files.newOutputStream(folder.resolve(war)))) {
        zip.putNextEntry(new ZipEntry("index.html"));
        zip.write("hello".getBytes(UTF_8));
      }
    }
    String arms = "[{name: arm0, %s}, {name: arm1, %s}]".formatted(baseline, candidate);
    return Definition.read(
        Files.writeString(
            folder.resolve("experiment.yaml"),
            "experiment: simulated\narms: " + arms + "\nplans: [get]\nusers: [10]\n"),
        Path.of("../jmeter-plans"));
  }
}
