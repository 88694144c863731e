package crossover.bench.results;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import crossover.bench.report.MadeUp;
import crossover.bench.results.SliceLine.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
  @TempDir Path parent;
  private Path folder;

  @BeforeEach
  void name() {
    folder = parent.resolve("run");
  }

  @Test
  void aFolderIsNamedByTimeAndExperimentAndNeverTwice() throws IOException {
    LocalDateTime now = LocalDateTime.of(2026, 3, 1, 9, 5, 7);

    Path first = Results.newFolder(parent, "my view/2", now);
    Files.createDirectories(first);

    assertThat(first).isEqualTo(parent.resolve("2026-03-01-090507-my-view-2"));
    assertThat(Results.newFolder(parent, "my view/2", now))
        .isEqualTo(parent.resolve("2026-03-01-090507-my-view-2-2"));
  }

  @Test
  void whatWasAppendedIsReadBackAfterTheRunnerDied() throws IOException {
    try (Results results = create()) {
      results.append(slice(1));
      results.append(slice(2));
    }

    try (Results again = Results.open(folder)) {
      assertThat(again.slices()).containsExactly(slice(1), slice(2));
      assertThat(again.experimentFile()).hasContent("name: tiny\n");
      assertThat(again.environment().path("cpu").asString()).isEqualTo("two cores");
    }
  }

  @Test
  void ofNoticesThatBeginAlikeTheFirstStays() throws IOException {
    Map<String, Object> none = Map.of("notices", List.of());
    try (Results results = Results.create(folder, "name: tiny\n", none)) {
      assertThat(results.addNotice("In a.jmx: ", "no 1")).isTrue();
      assertThat(results.addNotice("In a.jmx: ", "no 2")).isFalse();
      assertThat(results.addNotice("In b.jmx: ", "no 1")).isTrue();

      assertThat(results.environments().get(0).notices())
          .endsWith("In a.jmx: no 1", "In b.jmx: no 1")
          .doesNotContain("In a.jmx: no 2");
    }
  }

  @Test
  void aSliceIsOnTheDiskBeforeTheNextOneStarts() throws IOException {
    try (Results results = create()) {
      results.append(slice(1));

      assertThat(Files.readAllLines(slices())).hasSize(1);
    }
  }

  @Test
  void aTornLastLineIsCutOffAndTheNextSliceStandsOnALineOfItsOwn() throws IOException {
    try (Results results = create()) {
      results.append(slice(1));
    }
    Files.writeString(slices(), "{\"round\":1,\"arm\":\"sy", StandardOpenOption.APPEND);

    try (Results again = Results.open(folder)) {
      assertThat(again.slices()).containsExactly(slice(1));
      again.append(slice(2));
    }

    try (Results last = Results.open(folder)) {
      assertThat(last.slices()).containsExactly(slice(1), slice(2));
    }
  }

  @Test
  void aDamagedLineCostsThatLineAndIsNamed() throws IOException {
    try (Results results = create()) {
      results.append(slice(1));
    }
    String nowhere = Files.readString(slices()).replaceAll("\"order\":\\[[^]]*],", "");
    Files.writeString(slices(), "{\"round\":\n{}\nnull\n" + nowhere, StandardOpenOption.APPEND);

    try (Results again = Results.open(folder)) {
      again.append(slice(2));
      assertThat(again.slices()).containsExactly(slice(1), slice(2));
      assertThat(again.damagedLines()).containsExactly(2, 3, 4, 5);
    }
  }

  @Test
  void ofARoundAndCellTheSlicesOfItsLastAttemptCount() throws IOException {
    try (Results results = create()) {
      results.append(attempt(1, "get", "sync"));
      results.append(attempt(1, "get", "wrapped"));
      results.append(attempt(1, "form", "sync"));
      results.append(attempt(2, "form", "wrapped"));
      results.append(attempt(2, "form", "sync"));
      assertThat(results.slices())
          .extracting(s -> s.attempt() + s.cell().view() + s.arm())
          .containsExactly("1getsync", "1getwrapped", "2formwrapped", "2formsync");
      assertThat(results.allSlices()).hasSize(5);
    }
  }

  @Test
  void theSlicesOfAVoidedAttemptDoNotCount() throws IOException {
    try (Results results = create()) {
      results.append(attempt(1, "get", "sync"));
      results.append(ended(1, false));
      results.append(attempt(2, "form", "sync"));
      assertThat(results.slices()).hasSize(2);

      results.append(ended(2, true));
      assertThat(results.slices())
          .extracting(s -> s.attempt() + s.cell().view())
          .containsExactly("1get");

      results.append(attempt(3, "form", "sync"));
      assertThat(results.slices())
          .extracting(s -> s.attempt() + s.cell().view())
          .containsExactly("1get", "3form");
    }
  }

  private static RoundLine ended(int attempt, boolean voided) {
    return new RoundLine(1, 1, attempt, Instant.EPOCH, 9, 1, 1, 1, "a proxy answered", voided);
  }

  @Test
  void aCellOfAnEarlierAttemptKeepsItsWarmUp() throws IOException {
    try (Results results = create()) {
      results.append(attempt(1, Phase.WARMUP, "get", "sync"));
      results.append(attempt(1, Phase.WARMUP, "form", "sync"));
      results.append(attempt(1, Phase.CLOSED, "get", "sync"));
      results.append(attempt(2, Phase.WARMUP, "form", "sync"));
      results.append(attempt(2, Phase.CLOSED, "form", "sync"));
      assertThat(results.slices())
          .extracting(s -> s.attempt() + s.cell().view() + s.phase())
          .containsExactly("1getWARMUP", "1getCLOSED", "2formWARMUP", "2formCLOSED");
    }
  }

  @Test
  void aFolderThatAnotherRunIsMakingIsNotWrittenTo() throws IOException {
    Files.createDirectories(folder);
    try (LockFile other = LockFile.take(folder.resolve(".lock"), "pid 1").orElseThrow()) {
      assertThat(other).isNotNull();
      assertThatThrownBy(this::create)
          .isInstanceOf(UnusableResultsException.class)
          .hasMessageContaining("another run is writing");
      assertThat(folder.resolve("experiment.yaml")).doesNotExist();
    }
    create().close();
  }

  @Test
  void whoReadsAFolderThatARunHoldsSeesItsSlicesAndWritesNothing() throws IOException {
    try (Results results = create()) {
      results.append(slice(1));
      try (Results read = Results.read(folder)) {
        assertThat(read.isWritable()).isFalse();
        assertThat(read.slices()).containsExactly(slice(1));
      }
      results.append(slice(2));
      assertThat(results.slices()).hasSize(2);
    }
    try (Results read = Results.read(folder)) {
      assertThat(read.isWritable()).isTrue();
    }
  }

  @Test
  void aFolderThatAnotherProcessHoldsIsRefusedWithItsPid() throws Exception {
    create().close();
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                folder.toString())
            .start();
    try (var out = holder.inputReader(UTF_8)) {
      assertThat(out.readLine()).isEqualTo("held");
      // Twice: the first refusal must not have dropped anything.
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> Results.open(folder))
            .isInstanceOf(UnusableResultsException.class)
            .hasMessageContaining("pid " + holder.pid());
      }
      Results.read(folder).close();
    } finally {
      holder.destroyForcibly().waitFor();
    }
    Results.open(folder).close();
  }

  /** A process that holds a results folder, and reads and writes in it, until it is killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws Exception {
      Path folder = Path.of(args[0]);
      try (Results results = Results.open(folder)) {
        results.append(slice(1));
        Results.read(folder).close();
        Files.readString(folder.resolve("slices.jsonl"));
        System.out.println("held");
        Thread.sleep(60_000);
      }
    }
  }

  @Test
  void aFolderThatNobodyMayWriteToIsToldInOneLine() throws IOException {
    Path file = Files.writeString(parent.resolve("file"), "");
    assertThatThrownBy(() -> Results.create(file.resolve("run"), "", Map.of()))
        .isInstanceOf(UnusableResultsException.class)
        .hasMessageStartingWith("cannot write " + file.resolve("run"))
        .hasMessageContaining("make room");
  }

  @Test
  void unknownFieldsOfASliceAreIgnored() throws IOException {
    try (Results results = create()) {
      results.append(slice(1));
    }
    String line = Files.readString(slices());
    Files.writeString(slices(), line.replace("{\"round\"", "{\"novelty\":[1],\"round\""));

    try (Results again = Results.open(folder)) {
      assertThat(again.slices()).containsExactly(slice(1));
    }
  }

  @Test
  void anotherFormatVersionIsRefusedWithBothVersions() throws IOException {
    create().close();
    Path environment = folder.resolve("environment.json");
    Files.writeString(
        environment,
        Files.readString(environment).replace("\"formatVersion\" : 2", "\"formatVersion\" : 7"));

    assertThatThrownBy(() -> Results.open(folder))
        .isInstanceOf(UnusableResultsException.class)
        .hasMessageContaining("format version 7")
        .hasMessageContaining("reads version 2");
  }

  @Test
  void aFolderOfSomethingElseIsRefused() {
    assertThatThrownBy(() -> Results.open(parent))
        .isInstanceOf(UnusableResultsException.class)
        .hasMessageContaining("no experiment.yaml");
  }

  @Test
  void aFolderInUseByAnotherRunnerIsRefusedAndFreeAfterIt() throws IOException {
    try (Results results = create()) {
      assertThatThrownBy(() -> Results.open(results.folder()))
          .isInstanceOf(UnusableResultsException.class)
          .hasMessageContaining("another run");
    }
    Results.open(folder).close();
  }

  @Test
  void aFolderThatHoldsAnythingIsNotWrittenTo() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("thesis.txt"), "ten years of work");

    assertThatThrownBy(this::create)
        .isInstanceOf(UnusableResultsException.class)
        .hasMessageContaining("not empty");
  }

  @Test
  void aSummaryIsReadBackAsItWasSaved() throws IOException {
    try (Results results = create()) {
      results.save("summary.json", MadeUp.summary());

      assertThat(savedSummary()).isEqualTo(MadeUp.summary());
    }
  }

  @Test
  void aFigureThatIsNotKnownIsNullInTheFileAndNaNAgain() throws IOException {
    try (Results results = create()) {
      results.save("summary.json", MadeUp.summary());

      String json = Files.readString(folder.resolve("summary.json"));
      assertThat(json).contains("\"databaseWaitMillisPerRequest\" : null").doesNotContain("NaN");
      assertThat(savedSummary().cells().get(0).server().databaseWaitMillisPerRequest()).isNaN();
    }
  }

  @Test
  void aDayThatEndedEarlyHasTheRoundsThatWereMadeAndAllElseThatIsKnownOfIt() throws IOException {
    try (Results results = create()) {
      results.endDay(6, true);
      assertThat(results.hasEnded()).isTrue();
    }

    try (Results again = Results.open(folder)) {
      assertThat(again.roundsByDay()).containsExactly(6);
      assertThat(again.environment().path("cpu").asString()).isEqualTo("two cores");
    }
  }

  private Results create() throws IOException {
    return Results.create(folder, "name: tiny\n", Map.of("cpu", "two cores", "rounds", 8));
  }

  private Summary savedSummary() throws IOException {
    return Json.MAPPER.readValue(Files.readString(folder.resolve("summary.json")), Summary.class);
  }

  private Path slices() {
    return folder.resolve("slices.jsonl");
  }

  private static SliceLine attempt(int attempt, String view, String arm) {
    return attempt(attempt, Phase.CLOSED, view, arm);
  }

  private static SliceLine attempt(int attempt, Phase phase, String view, String arm) {
    return made(1)
        .with("attempt", attempt)
        .with("view", view)
        .with("arm", arm)
        .with("phase", phase)
        .with("invalidReason", null)
        .with("perTurn", List.of(new SliceLine.Turn(612, 0.1, 61.5)))
        .line();
  }

  private static SliceLine slice(int pass) {
    return made(pass).line();
  }

  private static MadeSlice made(int pass) {
    return new MadeSlice()
        .with("arm", "wrapped")
        .with("pass", pass)
        .with("order", List.of("sync", "wrapped"))
        .with("start", "2026-03-01T09:00:00.125Z")
        .with("invalidReason", "3 of 12,441 requests failed")
        .load("seconds", 2.001)
        .load("requests", 12_441)
        .load("errors", 3)
        .load("errorSample", List.of("503: busy"))
        .load("throughput", 6220.5)
        .load("meanResponseMillis", 5.1)
        .load("meanCycleMillis", 5.14)
        .load("p50Millis", 4.8)
        .load("p90Millis", 7.2)
        .load("p99Millis", 9.9)
        .load("p999Millis", 14)
        .load("maxMillis", 31.5)
        .load("generatorCpuSeconds", 1.42)
        .load("responseBytes", 17_566_692)
        .load("histogram", "HISTFAAAAB");
  }
}
