package crossover.bench.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.Main;
import crossover.bench.results.Json;
import crossover.bench.results.Results;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The command line in a process of its own, as a user runs it, with the real servers. */
public class CommandLineIT {
  private static final String TINY =
      """
      experiment: tiny
      arms:
        - name: sync
          path: /sync
          jvm: [-XX:TieredStopAtLevel=1]  # starts in half the time
        - name: wrapped
          path: /wrapped
          jvm: [-XX:TieredStopAtLevel=1]
      plans: [get]
      users: 4
      rounds: 2
      passes: 1
      slice: 500 ms
      warm-up: 500 ms
      latency: {rate: 200, requests: 100}
      seed: 7
      """;

  @TempDir private Path temp;
  private Path results;
  private Path tiny;

  @BeforeEach
  void writeTheExperiment() throws IOException {
    results = temp.resolve("results");
    tiny = Files.writeString(temp.resolve("tiny.yaml"), TINY);
  }

  @Test
  void aRunLeavesItsDefinitionItsSlicesItsSummaryAndItsReport() throws Exception {
    Ended run = crossover("run", "--experiment", tiny.toString(), "--out", results.toString());

    assertThat(run.status).as(run.output).isEqualTo(statusOf(summary()));
    assertThat(run.output).contains("get · localhost · 4 users", "sync", "wrapped", "Results: ");
    JsonNode summary = summary();
    assertThat(summary.path("seed").asInt()).isEqualTo(7);
    JsonNode primary = summary.path("comparisons").get(0);
    assertThat(primary.path("view").asString()).isEqualTo("get");
    assertThat(primary.path("baseline").asString()).isEqualTo("sync");
    assertThat(primary.path("candidate").asString()).isEqualTo("wrapped");
    assertThat(primary.path("rounds").asInt()).isEqualTo(2);
    assertThat(primary.path("low").isNull()).as("two rounds give no interval").isTrue();
    assertThat(summary.path("cells").get(0).path("errors").asInt()).isZero();
    assertThat(
            summary.path("cells").get(0).path("server").path("cpuUserMillisPerRequest").asDouble())
        .isPositive();
    assertThat(results.resolve("report.html")).content().contains("wrapped");
    assertThat(results.resolve("environment.json")).content().contains("PostgreSQL");
    assertThat(leftovers()).isEmpty();

    Path csv = temp.resolve("verdicts.csv");
    Path junit = temp.resolve("verdicts.xml");
    Ended report =
        crossover(
            "report", results.toString(), "--csv", csv.toString(), "--junit", junit.toString());
    assertThat(report.status).as(report.output).isEqualTo(run.status);
    assertThat(csv).content().contains("get,localhost,4,", ",sync,wrapped,2,");
    assertThat(junit).content().contains("<testcase classname=\"get · localhost · 4 users\"");

    Ended again = crossover("run", "--append", results.toString(), "--rounds", "1");
    assertThat(again.status).as(again.output).isEqualTo(statusOf(summary()));
    assertThat(results.resolve("environment-day2.json"))
        .content()
        .contains("\"timeLimited\" : false");
    List<SliceLine> slices = slices();
    assertThat(slices).filteredOn(s -> s.day() == 2 && s.phase() == Phase.CLOSED).hasSize(2);
    assertThat(order(slices, 3)).isEqualTo(reversed(order(slices, 1)));
    assertThat(slices)
        .filteredOn(s -> s.phase() == Phase.WARMUP && s.pass() == 2)
        .as("a sweep of two arms in three rounds")
        .hasSize(2 * 3);
    assertThat(slices)
        .filteredOn(s -> s.phase() == Phase.CLOSED)
        .noneMatch(s -> s.perTurn().isEmpty());
    primary = summary().path("comparisons").get(0);
    assertThat(primary.path("rounds").asInt()).isEqualTo(3);
    assertThat(primary.path("low").asDouble()).isLessThan(primary.path("high").asDouble());
  }

  @Test
  void anInterruptedRunLeavesReadableResultsAndNothingElse() throws Exception {
    Process run = start("run", "--experiment", tiny.toString(), "--out", results.toString());
    awaitSlices(run, 2);
    // The run goes on writing into it; those of the other commands must not meet that.
    Files.move(temp.resolve("output"), temp.resolve("output-of-the-run"));

    Path other = temp.resolve("other");
    Ended second = crossover("run", "--experiment", tiny.toString(), "--out", other.toString());
    assertThat(second.status).as(second.output).isEqualTo(ExitStatus.FAILED);
    assertThat(second.output).contains("pid " + run.pid(), results.toString(), "--no-lock");
    Ended resume = crossover("run", "--resume", results.toString());
    assertThat(resume.status).as(resume.output).isEqualTo(ExitStatus.USAGE);
    assertThat(resume.output).contains("pid " + run.pid());
    Ended report = crossover("report", results.toString());
    assertThat(report.output).contains("not finished", "--resume", "Only read");

    run.destroy();
    assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();

    awaitNoLeftovers();
    assertThat(leftovers()).isEmpty();
    assertThat(slices()).hasSizeGreaterThanOrEqualTo(2);
    Ended append = crossover("run", "--append", results.toString(), "--rounds", "1");
    assertThat(append.status).as(append.output).isEqualTo(ExitStatus.USAGE);
    assertThat(append.output).contains("is not finished", "--resume");
  }

  @Tag("long")
  @Test
  void aRunKilledTenTimesAndResumedComparesNoArmsOfDifferentServers() throws Exception {
    Random random = new Random(10);
    Process run = start("run", "--experiment", tiny.toString(), "--out", results.toString());
    for (int kill = 1; kill <= 10; kill++) {
      // Some fall among the slices, the others while servers and generator start.
      boolean amongSlices = kill % 5 == 1;
      if (amongSlices) {
        awaitSlices(run, measured() + 1);
      }
      int millis = random.nextInt(amongSlices ? 2_000 : 6_000);
      boolean ended = run.waitFor(millis, TimeUnit.MILLISECONDS);
      run.destroyForcibly().waitFor();
      awaitNoLeftovers();
      assertThat(leftovers()).as("after kill %d", kill).isEmpty();
      assertThat(ended).as("the run's end before kill %d", kill).isFalse();
      run = start("run", "--resume", results.toString());
    }
    run.waitFor();
    Ended last = crossover("run", "--resume", results.toString());
    assertThat(last.status).as(last.output).isEqualTo(statusOf(summary()));

    List<SliceLine> measured = slices().stream().filter(SliceLine::measured).toList();
    assertThat(measured)
        .extracting(s -> s.round() + " " + s.arm() + " " + s.phase() + " " + s.pass())
        .hasSize(8)
        .doesNotHaveDuplicates();
    // Every attempt of a round starts servers of its own.
    for (int round = 1; round <= 2; round++) {
      int number = round;
      assertThat(measured.stream().filter(s -> s.round() == number).map(SliceLine::attempt))
          .as("attempts of round %d", round)
          .containsOnly(
              measured.stream().filter(s -> s.round() == number).findFirst().get().attempt());
    }
    assertThat(crossover("report", results.toString()).output).doesNotContain("not finished");
  }

  @Test
  void aPortThatIsTakenIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Ended serve = crossover("serve", "--port", Integer.toString(taken.getLocalPort()));
      assertThat(serve.status).isEqualTo(ExitStatus.FAILED);
      assertThat(serve.output).contains(Integer.toString(taken.getLocalPort()));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run --quik                               | --quik",
        "run --quick --thorough                   | mutually exclusive",
        "run --view gte                           | the views are page, page-fn, get, form, cached",
        "run --model async                        | the arms are sync, wrapped, native",
        "run --site moon                          | no site \"moon\"; the sites are localhost",
        "run --site ssh:-oProxyCommand=x          | a host is user@host",
        "run --rounds 0                           | --rounds is 0",
        "run --users many                         | --users",
        "run --experiment none.yaml               | none.yaml: there is no such file",
        "run --resume no-such-folder              | no-such-folder",
        "report no-such-folder                    | no-such-folder",
        "gui no-such-plan                         | no-such-plan",
        "walk                                     | walk",
      })
  void wrongUsageIsNamedBeforeAnythingStarts(String words, String message) throws Exception {
    Ended ended = crossover(words.split(" +"));
    assertThat(ended.output).contains(message).doesNotContain("\tat ");
    assertThat(ended.status).isEqualTo(ExitStatus.USAGE);
  }

  @Test
  void everyCommandHasItsHelp() throws Exception {
    for (String command : List.of("run", "serve", "report", "gui")) {
      Ended help = crossover(command, "--help");
      assertThat(help.status).isZero();
      assertThat(help.output).contains("Usage: crossover " + command);
    }
  }

  @Test
  void whatTheServersNeedOfThisMachineIsAskedForAlsoWhereOthersMakeTheLoad() throws Exception {
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "ulimit -n 4096 && exec \"$@\"", "sh"));
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("run", "--quick", "--users=10000", "--remote=127.0.0.1:1"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
        .contains("10,000 users need 10,500 open files in one process, and this machine has 4,096");
    assertThat(process.waitFor()).isEqualTo(ExitStatus.USAGE);
  }

  private record Ended(int status, String output) {}

  private Ended crossover(String... words) throws Exception {
    Process process = start(words);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    return new Ended(process.exitValue(), Files.readString(temp.resolve("output"), UTF_8));
  }

  private Process start(String... words) throws IOException {
    return start(temp, words);
  }

  /**
   * Starts a command whose output goes to the file {@code output} in a folder. However slow the
   * machine, the WAR's answers do not come too late for its own deadline.
   */
  public static Process start(Path temp, String... words) throws IOException {
    return start(temp, Map.of(), words);
  }

  /** The same with more variables in its environment. */
  public static Process start(Path temp, Map<String, String> environment, String... words)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")); // starts sooner
    command.add("-Djava.io.tmpdir=" + temp);
    command.add("-Dcrossover.lock=" + temp.resolve("machine.lock"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("CROSSOVER_TIMEOUT", "60000");
    builder.environment().putAll(environment);
    return builder
        .redirectErrorStream(true)
        .redirectOutput(temp.resolve("output").toFile())
        .start();
  }

  /** A loaded machine may miss a gate: then the summary names it, and a run's status is 4. */
  public static int statusOf(JsonNode summary) {
    return summary.path("fit").asBoolean() ? ExitStatus.DONE : ExitStatus.NOT_VALID;
  }

  private JsonNode summary() throws IOException {
    return summary(results);
  }

  /** What a run found. */
  public static JsonNode summary(Path results) throws IOException {
    return Json.MAPPER.readTree(Files.readString(results.resolve("summary.json")));
  }

  private List<SliceLine> slices() throws IOException {
    try (Results opened = Results.open(results)) {
      return opened.slices();
    }
  }

  /** Waits until a run has kept some measured slices. */
  private void awaitSlices(Process run, long wanted) throws Exception {
    while (measured() < wanted) {
      assertThat(run.isAlive()).as(Files.readString(temp.resolve("output"))).isTrue();
      Thread.sleep(50);
    }
  }

  /** The measured slices in the folder, which the runner holds and nobody else may open. */
  private long measured() throws IOException {
    Path file = results.resolve("slices.jsonl");
    if (!Files.exists(file)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines.filter(line -> line.contains("\"CLOSED\"") || line.contains("\"OPEN\"")).count();
    }
  }

  private static List<String> order(List<SliceLine> slices, int round) {
    return slices.stream().filter(s -> s.round() == round).findFirst().orElseThrow().order();
  }

  private static List<String> reversed(List<String> order) {
    List<String> reversed = new ArrayList<>(order);
    java.util.Collections.reverse(reversed);
    return reversed;
  }

  /** The watchdog of a killed runner works after its end. */
  private void awaitNoLeftovers() throws Exception {
    for (int tries = 0; tries < 300 && !leftovers().isEmpty(); tries++) {
      Thread.sleep(100);
    }
  }

  /** Temporary folders of the runner's, and processes that name one. */
  private List<String> leftovers() throws IOException {
    try (Stream<Path> children = Files.list(temp)) {
      List<String> found =
          children
              .map(Path::toString)
              .filter(name -> name.contains("crossover-"))
              .collect(Collectors.toCollection(ArrayList::new));
      String prefix = temp.resolve("crossover-").toString();
      ProcessHandle.allProcesses()
          .filter(ProcessHandle::isAlive)
          .map(p -> p.info().commandLine().orElse(""))
          .filter(line -> line.contains(prefix))
          .forEach(found::add);
      return found;
    }
  }
}
