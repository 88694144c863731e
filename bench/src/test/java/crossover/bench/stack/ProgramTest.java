package crossover.bench.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {
  private static final Jdk JDK = Jdks.newest();

  @TempDir Path folder;

  @Test
  void javaIsThatOfTheJdkWhateverPathSays() {
    assertThat(words(List.of("java", "-port", "${port}"), Map.of()))
        .containsExactly(JDK.java().toString(), "-port", "8080");
  }

  @Test
  void allElseIsStartedAsItIsWritten() {
    assertThat(words(List.of("sh", "java"), Map.of())).containsExactly("sh", "java");
    assertThat(words(List.of("./java"), Map.of())).containsExactly("./java");
    assertThat(words(List.of("java"), Map.of("PATH", "/their/own"))).containsExactly("java");
  }

  @Test
  void aVariableThatNoEnvironmentCanHoldIsToldByTheProgramsName() {
    try (Watchdog watchdog = Watchdog.open()) {
      assertThatThrownBy(() -> new Launch("shop", List.of("true")).env("A=B", "").start(watchdog))
          .isInstanceOf(StartFailure.class)
          .hasMessageContainingAll("cannot start shop", "A=B");
    }
  }

  /** One that ends later was in the foreground. */
  @Test
  void onlyAProgramThatEndsWellWhileItIsStartingIsAdvisedToStayInTheForeground() {
    Program.Command command = new Program.Command("shop", List.of("true"), folder, Map.of(), JDK);
    try (Watchdog watchdog = Watchdog.open();
        Program program = Program.start(command, Map.of(), folder.resolve("shop"), watchdog)) {
      Await.until(() -> !program.isAlive(), Duration.ofMillis(5), Duration.ofSeconds(60));
      assertThat(program.lastLines()).isEqualTo(" (exit status 0); it has printed nothing");
      assertThatThrownBy(() -> program.awaitReady("/", 399))
          .isInstanceOf(StartFailure.class)
          .hasMessageStartingWith(
              "shop ended while it was starting: it has to stay in the foreground (exit status 0)");
    }
  }

  @Test
  void aLogThatIsLargerThanMemoryTellsItsEnd() throws IOException {
    Path log = folder.resolve("log");
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
      file.setLength(3L << 30); // takes no room on the disk
      file.seek(file.length());
      String end = "\ndb.password=S3cr3t\n" + "x".repeat(5_000) + "\nlast\n";
      file.write(end.getBytes(UTF_8));
    }
    assertThat(ChildProcess.lastLines(log, line -> true))
        .containsPattern("\n +db.password=[*]{3}\n +x{1000}\n +last$")
        .hasSizeLessThan(5_000);
  }

  @Test
  void aLineWhoseBeginningIsNotReadIsNotTold() throws IOException {
    Path log = folder.resolve("log");
    Files.writeString(log, "db.password=" + "S3cr3t".repeat(200_000) + "\nlast\n");
    assertThat(ChildProcess.lastLines(log, line -> true)).isEqualTo("\n  …\n  last");
  }

  @Test
  void ofAProcessWithoutALogNobodyKnowsWhetherItHasPrinted() throws Exception {
    try (Watchdog watchdog = Watchdog.open();
        ChildProcess process = new Launch("shop", List.of("true")).start(watchdog)) {
      process.process().waitFor();
      assertThat(process.failure("ended")).hasMessage("shop ended (exit status 0)");
    }
  }

  private List<String> words(List<String> command, Map<String, String> environment) {
    return new Program.Command("x", command, folder, environment, JDK)
        .words(Map.of("port", "8080"));
  }
}
