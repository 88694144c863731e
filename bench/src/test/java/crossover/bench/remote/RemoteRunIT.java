package crossover.bench.remote;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.cli.CommandLineIT;
import crossover.bench.cli.ExitStatus;
import crossover.bench.experiment.LinkSpec;
import crossover.bench.results.Results;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import crossover.bench.server.Link;
import crossover.bench.stack.Watchdog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A run whose servers are on another host: a real sshd on the loopback interface. */
@Tag("long")
class RemoteRunIT {
  private static final String TINY =
      """
      experiment: tiny
      arms:
        - name: sync
          path: /sync
          jvm: [-XX:TieredStopAtLevel=1]  # starts in half the time
          settings: {crossover.timeout: 60000}  # of a slow machine
        - name: wrapped
          path: /wrapped
          jvm: [-XX:TieredStopAtLevel=1]
          settings: {crossover.timeout: 60000}
      plans: [get]
      users: 4
      rounds: 1
      passes: 2
      slice: 1 s
      warm-up: 500 ms
      seed: 5
      """;

  @TempDir private Path temp;
  private Watchdog watchdog;
  private Sshd sshd;
  private Path results;

  @BeforeEach
  void open() throws Exception {
    watchdog = Watchdog.open();
    sshd = new Sshd(temp.resolve("sshd"), watchdog, null);
    results = temp.resolve("results");
  }

  @AfterEach
  void close() {
    watchdog.close();
  }

  @Test
  void aRunElsewhereMeasuresArmAfterArmAndLeavesNothingThere() throws Exception {
    Path tiny = experiment(TINY + "latency: {requests: 100}\n");
    Process run =
        start(sshd.client(), "--experiment", tiny.toString(), "--out", results.toString());
    int status = status(run);

    JsonNode summary = CommandLineIT.summary(results);
    assertThat(status).as(output()).isEqualTo(CommandLineIT.statusOf(summary));
    for (JsonNode cell : summary.path("cells")) {
      assertThat(cell.path("site").asString()).isEqualTo("ssh:board");
      assertThat(cell.path("errors").asInt()).isZero();
      assertThat(cell.path("server").path("cpuUserMillisPerRequest").asDouble()).isPositive();
      assertThat(cell.path("server").path("backendCpuMillisPerRequest").asDouble()).isPositive();
      assertThat(cell.path("server").path("allocatedBytesPerRequest").asDouble()).isPositive();
    }
    assertThat(measured(Phase.CLOSED)).hasSize(4).doesNotHaveDuplicates();
    assertThat(measured(Phase.OPEN)).hasSize(2).doesNotHaveDuplicates();
    assertThat(arms(Phase.CLOSED)).as("all passes of an arm before the next arm").hasSize(2);
    assertThat(results.resolve("environment.json")).content().contains("Java on ssh:board");
    assertNothingIsLeft();
  }

  @Test
  void aRunWhoseConnectionIsCutSaysSoAndIsResumed() throws Exception {
    Path tiny = experiment(TINY);
    try (Link link =
        Link.open(LinkSpec.NONE, "127.0.0.1", sshd.port(), null, List.of(), watchdog)) {
      List<String> client = sshd.client(link.localPort());
      Process run =
          start(
              client,
              "--backends",
              "local",
              "--experiment",
              tiny.toString(),
              "--out",
              results.toString());
      awaitSlices(run, 3);
      link.relay().refuse();
      link.relay().reset();
      int status = status(run);
      assertThat(status).as(output()).isIn(ExitStatus.FAILED, ExitStatus.NOT_VALID);
      assertThat(output())
          .contains("board: the connection was cut", "run --resume " + results)
          .doesNotContain("\tat ");

      link.relay().restore();
      Process resumed =
          CommandLineIT.start(
              temp,
              "run",
              "--resume",
              results.toString(),
              "--backends",
              "local",
              "--ssh",
              String.join(" ", client));
      status = status(resumed);
      assertThat(status)
          .as(output())
          .isEqualTo(CommandLineIT.statusOf(CommandLineIT.summary(results)));
    }
    assertThat(measured(Phase.CLOSED)).hasSize(4).doesNotHaveDuplicates();
    assertNothingIsLeft();
  }

  private Path experiment(String text) throws IOException {
    return Files.writeString(temp.resolve("tiny.yaml"), text);
  }

  private Process start(List<String> client, String... more) throws IOException {
    List<String> words =
        new ArrayList<>(List.of("run", "--site", "ssh:board", "--ssh", String.join(" ", client)));
    words.addAll(List.of(more));
    return CommandLineIT.start(temp, words.toArray(String[]::new));
  }

  private static int status(Process run) throws InterruptedException {
    assertThat(run.waitFor(5, TimeUnit.MINUTES)).isTrue();
    return run.exitValue();
  }

  private String output() throws IOException {
    return Files.readString(temp.resolve("output"));
  }

  private void awaitSlices(Process run, int wanted) throws Exception {
    Path file = results.resolve("slices.jsonl");
    while (run.isAlive()) {
      if (Files.exists(file)
          && Files.readString(file).lines().filter(l -> l.contains("\"CLOSED\"")).count()
              >= wanted) {
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError(output());
  }

  private List<SliceLine> slices(Phase phase) throws IOException {
    try (Results opened = Results.open(results)) {
      // A busy machine drops open slices, and tries again; that they were measured is what counts.
      return opened.slices().stream()
          .filter(s -> s.phase() == phase && (phase == Phase.OPEN ? s.pass() == 1 : s.valid()))
          .toList();
    }
  }

  private List<String> measured(Phase phase) throws IOException {
    return slices(phase).stream()
        .map(s -> s.round() + " " + s.arm() + (phase == Phase.CLOSED ? " " + s.pass() : ""))
        .toList();
  }

  /** The arms in the order of measuring, without repetitions, of every round. */
  private List<String> arms(Phase phase) throws IOException {
    List<String> arms = new ArrayList<>();
    for (SliceLine slice : slices(phase)) {
      String arm = slice.round() + " " + slice.arm();
      if (arms.isEmpty() || !arms.get(arms.size() - 1).equals(arm)) {
        arms.add(arm);
      }
    }
    return arms;
  }

  /** Neither files nor processes: all of those have their working folder in the one removed. */
  private void assertNothingIsLeft() throws IOException {
    assertThat(sshd.home()).isEmptyDirectory();
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      assertThat(processes.filter(p -> p.getFileName().toString().matches("\\d+")))
          .noneMatch(this::worksThere);
    }
  }

  private boolean worksThere(Path process) {
    try {
      return Files.readSymbolicLink(process.resolve("cwd")).startsWith(sshd.home());
    } catch (IOException e) {
      return false; // it has ended, or is the kernel's
    }
  }
}
