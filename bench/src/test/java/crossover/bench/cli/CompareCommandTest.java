package crossover.bench.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.Main;
import crossover.bench.experiment.Arm;
import crossover.bench.experiment.Definition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What compare makes of its words, and what it refuses, before anything starts. */
class CompareCommandTest {
  @TempDir Path folder;

  @BeforeEach
  void makeTwoReleases() throws IOException {
    Files.createDirectories(folder.resolve("v2"));
    for (String name : List.of("old.war", "new.war", "v2/old.war")) {
      try (ZipOutputStream war = new ZipOutputStream(Files.newOutputStream(folder.resolve(name)))) {
        war.putNextEntry(new ZipEntry("index.html"));
      }
    }
  }

  @Test
  void twoWarsAreTwoArmsOfTheirNames() throws IOException {
    Definition definition = printed("WORK/old.war WORK/new.war --plan get --at-most 10m");

    assertThat(definition.arms()).extracting(Arm::name).containsExactly("old", "new");
    assertThat(definition.baseline()).isEqualTo("old");
    assertThat(definition.question()).isEqualTo("Is new slower than old?");
    assertThat(definition.arms().get(1).war()).contains(folder.resolve("new.war"));
    assertThat(definition.timeLimit()).contains(Duration.ofMinutes(9));
    assertThat(printed("WORK/old.war WORK/v2/old.war --plan get").arms())
        .extracting(Arm::name)
        .containsExactly("old", "new");
  }

  @Test
  void everyKeyOfAnArmCanBeSet() throws IOException {
    List<Arm> arms =
        printed(
                "WORK/old.war --plan get --max-p99 250ms --both ready=/login --both jvm=-Xss1m"
                    + " --a java=17 --b java=25 --b jvm=-Xmx1g --b settings.a.b=c=d"
                    + " --b settings.e=1 --b overlay=WORK/v2 --b name=newest")
            .arms();

    assertThat(arms).extracting(Arm::name).containsExactly("a", "newest");
    assertThat(arms).extracting(arm -> arm.java().version()).containsExactly(17, 25);
    assertThat(arms).extracting(Arm::ready).containsOnly("/login");
    assertThat(arms.get(0).jvm()).containsExactly("-Xss1m");
    assertThat(arms.get(1).jvm()).containsExactly("-Xss1m", "-Xmx1g");
    assertThat(arms.get(1).settings()).isEqualTo(Map.of("a.b", "c=d", "e", "1"));
    assertThat(arms.get(1).overlay()).contains(folder.resolve("v2"));
    assertThat(arms.get(0).war()).isEqualTo(arms.get(1).war());
  }

  @Test
  void aLimitOnAp99TimesAsManyRequestsAsNameOne() throws IOException {
    assertThat(requests("")).isEqualTo(4_000);
    assertThat(requests(" --max-p99 250ms")).isEqualTo(10_000);
  }

  /** The time limit ends a run, and not the number of rounds. */
  @ParameterizedTest
  @CsvSource({"1m, 40", "10m, 54", "2h, 648", "24h, 1000"})
  void moreRoundsThanFitAreAllowed(String time, int rounds) throws IOException {
    assertThat(printed("WORK/old.war WORK/new.war --plan get --at-most " + time).rounds())
        .isEqualTo(rounds);
  }

  private int requests(String more) throws IOException {
    Definition definition = printed("WORK/old.war WORK/new.war --plan get" + more);
    return definition.measurement().latency().orElseThrow().requests();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "WORK/old.war WORK/none.war --plan get | \"war\" names WORK/none.war, which does not exist",
        "WORK/old.war WORK/new.war --plan WORK/none.jmx | --plan: \"plans\" names WORK/none.jmx, but there is no plan",
        "WORK/old.war WORK/new.war | Missing required option: '--plan=FILE'",
        "WORK/old.war WORK/./old.war --plan get | there is nothing to compare, for both arms are the same",
        "WORK/old.war WORK/old.war --plan get --a name=x --b name=y | nothing to compare, for both",
        "WORK/old.war --plan get --a java=17 --b java=17 | there is nothing to compare, for both",
        "WORK/old.war --plan get --a settings.x=1 --a settings.x=2 | --a settings.x: settings.x has a value by --a;",
        "WORK/old.war --plan get --both settings.x=1 --b settings.x=2 | --b settings.x: settings.x has a value by --both;",
        "WORK/old.war --plan get --a settings=2 --a settings.x=1 | --a settings.x: settings has a value by --a;",
        "WORK/old.war WORK/new.war --plan get --csv WORK/x --junit WORK/./x | two name the same file",
        "WORK/old.war WORK/new.war --plan get --csv target/x --junit HERE/target/x | two name the same file",
        "WORK/old.war WORK/old.war --plan get --csv /dev/null --junit /dev/null | nothing to compare",
        "WORK/old.war --plan get | nothing to compare, for both arms are the same: name two",
        "WORK/old.war --plan get --a java=17 --b jav=25 | --b: \"jav\" is not a key that may stand here; did you mean \"java\"?",
        "WORK/old.war --plan get --a java=17 --both jav=25 | --both: \"jav\" is not a key",
        "WORK/old.war --plan get --a java=99+ --b java=17 | an arm needs a later JDK than this run's",
        "WORK/old.war --plan get --a java=x | --a: \"java\" is x, but must be a version",
        "WORK/old.war --plan get --a java | --a java: must be KEY=VALUE",
        "WORK/old.war --plan get --a java=17 --a java=25 | --a: \"java\" must be one value",
        "WORK/old.war WORK/new.war WORK/old.war --plan get | two WARs at the most can be compared",
        "WORK/old.war WORK/new.war --plan get --at-most 5 | --at-most is 5, but must be a time from 60 s to 86400 s, with its unit",
        "WORK/old.war WORK/new.war --plan get --users 0 | --users is 0, but must be",
        "WORK/old.war WORK/new.war --plan get --max-slowdown 3 | --max-slowdown is 3, but must be from 0 to 0.99, as in 0.03 or 3%",
        "WORK/old.war WORK/new.war --plan get --max-slowdown -3% | --max-slowdown is -3%, but must be from 0",
        "WORK/old.war WORK/new.war --plan get --max-slowdown 300% | --max-slowdown is 300%, but must be from 0",
        "WORK/old.war WORK/new.war --plan get --a name=x --b name=x | has two of the name \"x\"",
        "WORK/old.war WORK/new.war --plan get --max-slowdown much | --max-slowdown is much, but",
        "WORK/old.war WORK/new.war --plan get --max-p99 250 | --max-p99 is 250, but must be a time",
        "WORK/old.war WORK/new.war --plan get --max-errors some | --max-errors is some, but must be 0",
        "WORK/old.war WORK/new.war --plan get --max-errors 5 | --max-errors is 5, but must be 0",
      })
  void whatCannotBeComparedIsRefusedInALine(String words, String message) {
    String here = folder.toString();
    String given = words.replace("WORK", here).replace("HERE", Path.of("").toAbsolutePath() + "");

    assertThat(said(ExitStatus.USAGE, given))
        .contains(message.replace("WORK", here))
        .doesNotContain("\tat ");
  }

  @Test
  void aPasswordMayStandApartAndAWarMayNotBeTakenForOne() throws IOException {
    String wars = "WORK/old.war WORK/new.war --plan get --print-experiment --jdbc-url jdbc:x ";
    Path words = folder.resolve("words");
    Files.writeString(words, wars.replace("WORK", folder.toString()) + "--jdbc-password secret");
    assertThat(said(ExitStatus.DONE, "@" + words)).contains("arms:").doesNotContain("secret");
    Files.writeString(
        words, "--plan get --jdbc-url jdbc:x --jdbc-password " + folder.resolve("old.war"));
    assertThat(said(ExitStatus.USAGE, "@" + words)).contains("before a WAR");
    assertThat(said(ExitStatus.USAGE, "--plan get --redis-password none.war"))
        .contains("--redis-password stands before a WAR");
    assertThat(said(ExitStatus.USAGE, "--plan get --redis-password " + words))
        .contains("before a WAR");
  }

  @Test
  void aLimitOnAp99ThatNothingMeasuresIsRefused() {
    assertThat(run(ExitStatus.USAGE, "run", "--quick", "--max-p99", "250ms"))
        .contains("--max-p99 needs response times at a fixed rate");
  }

  private Definition printed(String words) throws IOException {
    String yaml =
        said(ExitStatus.DONE, words.replace("WORK", folder.toString()) + " --print-experiment");
    return Definition.read(
        Files.writeString(folder.resolve("printed.yaml"), yaml), Path.of("../jmeter-plans"));
  }

  private static String said(int status, String words) {
    return run(status, ("compare " + words).split(" "));
  }

  private static String run(int status, String... words) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = System.out;
    PrintStream err = System.err;
    PrintStream both = new PrintStream(bytes, true, UTF_8);
    System.setOut(both);
    System.setErr(both);
    try {
      assertThat(Main.run(words)).as(bytes.toString(UTF_8)).isEqualTo(status);
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    return bytes.toString(UTF_8);
  }
}
