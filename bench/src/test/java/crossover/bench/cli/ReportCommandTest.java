package crossover.bench.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.Main;
import crossover.bench.results.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ReportCommandTest {
  @TempDir private Path folder;
  private Path results;
  private int status;

  @BeforeEach
  void copyARun() throws IOException {
    Path golden = Path.of("src/test/resources/crossover/bench/analysis/golden");
    results = Files.createDirectory(folder.resolve("results"));
    for (String file : new String[] {"environment.json", "experiment.yaml", "slices.jsonl"}) {
      Files.copy(golden.resolve(file), results.resolve(file));
    }
  }

  @Test
  void aLimitInsideItsIntervalIsWarnedAboutAndStrictlyItFails() {
    assertThat(report(results.toString(), "--max-slowdown", "3%"))
        .contains("Warning: --max-slowdown undecided");
    assertThat(status).isEqualTo(ExitStatus.DONE);
    report(results.toString(), "--max-slowdown", "3%", "--strict");
    assertThat(status).isEqualTo(ExitStatus.GATE_MISSED);
  }

  @Test
  void aRunIsKeptOnceAndShownAmongTheOthersOfItsStore() throws IOException {
    Path store = folder.resolve("store");

    for (int time = 1; time <= 2; time++) {
      assertThat(report(results.toString(), "--baseline-store", store.toString()))
          .contains("Earlier runs: 1 run of this experiment on this machine in " + store);
    }

    try (var records = Files.list(store)) {
      assertThat(records).hasSize(1);
    }
    JsonNode summary = Json.MAPPER.readTree(Files.readString(results.resolve("summary.json")));
    assertThat(summary.path("history").path("series")).isNotEmpty();
    assertThat(results.resolve("report.html")).content().contains("id=\"history\"");
  }

  @Test
  void theFilesThatWereMeasuredNeedNotBeThereAnyMore() throws IOException {
    String here = report(results.toString());
    Path file = results.resolve("experiment.yaml");
    String first = "- name: sync\n";
    assertThat(file).content().contains(first, "plans:\n- get\n");
    Files.writeString(
        file,
        Files.readString(file)
            .replace(
                first, first + "  war: /gone/a.war\n  overlay: /gone/o\n  before: /gone/b.sql\n")
            .replace("plans:\n- get\n", "plans:\n- /gone/get.jmx\n"));

    assertThat(report(results.toString())).isEqualTo(here);
    assertThat(status).isEqualTo(ExitStatus.DONE);
  }

  /** As on a full disk, or when somebody has removed the folder since the run began. */
  @Test
  void whenAFileForOtherProgramsCannotBeWrittenNothingElseIsLost() {
    Path markdown = folder.resolve("verdicts.md");

    assertThat(
            report(results.toString(), "--junit", "/dev/full", "--markdown", markdown.toString()))
        .contains(
            "inconclusive",
            "cannot write /dev/full (No space left on device): try ./crossover report");

    assertThat(status).isEqualTo(ExitStatus.FAILED);
    assertThat(markdown).isNotEmptyFile();
    assertThat(results.resolve("summary.json")).exists();
    assertThat(results.resolve("report.html")).exists();
  }

  @Test
  void aLimitThatWasMissedComesBeforeAFileThatCannotBeWritten() {
    assertThat(report(results.toString(), "--max-slowdown", "3%", "--strict", "--csv", "/dev/full"))
        .contains("cannot write /dev/full");

    assertThat(status).isEqualTo(ExitStatus.GATE_MISSED);
  }

  private String report(String... words) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.out;
    PrintStream err = System.err;
    System.setOut(new PrintStream(bytes, true, UTF_8));
    System.setErr(System.out);
    try {
      String[] all = new String[words.length + 1];
      all[0] = "report";
      System.arraycopy(words, 0, all, 1, words.length);
      status = Main.run(all);
    } finally {
      System.setOut(before);
      System.setErr(err);
    }
    return bytes.toString(UTF_8).replace("\n", " ").replaceAll(" +", " ");
  }
}
