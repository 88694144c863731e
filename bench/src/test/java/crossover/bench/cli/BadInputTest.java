package crossover.bench.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.Main;
import crossover.bench.experiment.Definition;
import crossover.bench.results.Environment;
import crossover.bench.results.Results;
import crossover.bench.stack.Jdks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What the command line says to input that it cannot use: one line, status 2, and no folder. */
class BadInputTest {
  private static final String GOOD =
      """
      experiment: mine
      arms:
        - {name: a, path: /sync}
        - {name: b, path: /wrapped}
      plans: [get]
      rounds: 4
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rounds: 4   | passess: 2  | :6: \"passess\" is not a key that may stand here; did you mean \"passes\"?",
        "rounds: 4   | rounds: -4  | :6: \"rounds\" is -4, but must be a whole number from 1 to 1000",
        "name: b     | name: a     | :2: \"arms\" has two of the name \"a\"",
        "plans: [get] | plans: [gett] | :5: \"plans\" names gett, but there is no plan",
        "path: /wrapped | pfad: /wrapped | :4: \"pfad\" is not a key that may stand here",
        "rounds: 4   | contrasts: {name: x, of: [a, c]} | :6: \"of\" names \"c\", but the arms are a, b",
      })
  void anExperimentFileIsRefusedInOneLineThatNamesFileLineAndKey(
      String good, String bad, String message) throws IOException {
    Path file = Files.writeString(folder.resolve("mine.yaml"), GOOD.replace(good, bad));
    Path out = folder.resolve("results");

    List<String> said = refused("run", "--experiment", file.toString(), "--out", out.toString());

    assertThat(said).singleElement().asString().contains(file + message);
    assertThat(out).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--junit", "--markdown", "--csv"})
  void aFileThatCannotBeWrittenIsRefusedBeforeAnythingStarts(String option) {
    String file = folder.resolve("missing").resolve("verdicts").toString();

    assertThat(refused("run", "--quick", option, file))
        .singleElement()
        .asString()
        .contains(option + " " + file + ": no file can be written there");
    assertThat(refused("report", folder.toString(), option, folder.toString()))
        .singleElement()
        .asString()
        .contains(option + " " + folder + ": no file can be written there");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run --seed -1        | --seed is -1, but must be a whole number from 0 to 2147483647",
        "run --append x --rounds 0 | --rounds is 0, but must be a whole number from 1 to 1000",
        "run --rounds 2000    | --rounds is 2000, but must be a whole number from 1 to 1000",
        "run --users 20000    | --users is 20000, but must be a whole number from 1 to 10000",
        "run --experiment nope | there is no experiment \"nope\"; name a file, or one of ",
        "run --site ssh:a:99999 | the site ssh:a:99999 names \"a:99999\", but a port is",
        "run --out /proc/x    | --out /proc/x: cannot be written (/proc/x); name another",
        "run --baseline-store /proc/x | --baseline-store /proc/x: cannot be written (/proc/x); name another",
        "run --baseline-store= | --baseline-store : cannot be written (no folder that you may write to)",
        "compare --plan get --baseline-store /dev/null | --baseline-store /dev/null: cannot be written (no folder",
        "serve --port 70000   | --port is 70000, but must be a whole number from 1 to 65535",
        "gui get --port 0     | --port is 0, but must be",
        "serve --tomcat 9     | --tomcat is 9, but must be 11 or 10.1",
        "serve --start-limit 5 | --start-limit is 5, but must be a time from 1 s to 86400 s",
        "serve --virtual-threads --set crossover.http.virtualThreads=false | --virtual-threads contradicts --set",
        "serve --ready login   | --ready is login, but must start with \"/\"",
        "deploy a --set crossover.workers=0 | --set has crossover.workers: 0, but it must be",
        "deploy a --port 70000 | --port is 70000",
        "run --redis-url redis://localhost:70000 | the port of --redis-url is 70000",
        "deploy a --tomcat 9  | --tomcat is 9",
        "run --remote load1:abc | --remote names \"load1:abc\", but a port is a whole number from 1",
        "run --remote load1:99999 | --remote names \"load1:99999\", but a port is",
        "run --remote load1,load1:1099 | --remote names a server twice: load1:1099,load1:1099",
        "run --remote ::1,[::1] | --remote names a server twice: [::1]:1099,[::1]:1099",
        "run --remote me@load1 | --remote names \"me@load1\", but a jmeter-server has no user",
        "compare --plan get --jdbc-url u --jdbc-password old.war new.war | --jdbc-password stands before a WAR: write = before its text, or put it last",
        "compare --plan get --redis-password old.war new.war | --redis-password stands before a WAR",
        "map --remote me@load1 | --remote names \"me@load1\", but a jmeter-server has no user",
        "calibrate --remote me@load1 | --remote names \"me@load1\", but a jmeter-server",
        "deploy a:0           | USER@HOST names \"a:0\", but a port is",
        "run --java /nowhere  | --java names /nowhere, and no JDK is there (a folder with bin/java and",
        "serve --java pom.xml | --java names pom.xml, and no JDK is there (a folder with bin/java and",
        "compare --plan get --a java=99 --no-lock --out target/none | no JDK 99 is here for \"java\" of a, but ",
      })
  void anOptionIsRefusedBeforeAnythingStarts(String words, String message) {
    assertThat(refused(words.split(" +"))).first().asString().contains(message);
  }

  @Test
  void aWarThatCannotBeServedIsRefusedBeforeAnythingStarts() throws IOException {
    Path climbing = folder.resolve("climbing.war");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(climbing))) {
      zip.putNextEntry(new ZipEntry("../../evil"));
    }
    Path text = Files.writeString(folder.resolve("text.war"), "text");
    Map<Path, String> faults =
        Map.of(
            climbing,
            ", with an entry outside of it: ../../evil",
            text,
            ", which is no WAR file: ",
            folder.resolve("none.war"),
            ", which does not exist");
    faults.forEach(
        (war, fault) -> {
          for (String words : List.of("serve --war ", "deploy nobody@127.0.0.1:1 --war ")) {
            assertThat(refused((words + war).split(" ")))
                .singleElement()
                .asString()
                .contains("--war names " + war + fault);
          }
        });
    Files.createDirectories(folder.resolve("exploded/WEB-INF"));
    assertThat(refused("deploy", "nobody@127.0.0.1:1", "--war", folder + "/exploded"))
        .singleElement()
        .asString()
        .contains("/exploded, a folder: deploy sends a WAR file");
  }

  @Test
  void aPasswordInAnOptionThatIsRefusedIsNotPrinted() {
    assertThat(refused("run", "--redis-url", "redis://:S3^c/r@3t@host:1"))
        .anyMatch(line -> line.contains("redis://:***@host:1"))
        .noneMatch(line -> line.contains("3t"));
  }

  @Test
  void aPasswordOfRedisMayStandInAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("redis"), "--redis-url\nredis://me@127.0.0.1:1");

    List<String> said = new ArrayList<>();
    new CommandLine(new CrossoverCommand())
        .setExecutionStrategy(
            parsed -> {
              CommandSpec spec = parsed.subcommand().commandSpec();
              RunCommand run = (RunCommand) spec.userObject();
              said.add(run.servers.redis().orElseThrow().toString());
              said.add(run.output.command(spec, withSeed()));
              return 0;
            })
        .execute("run", "@" + file, "--redis-password", "p@:/+ w");

    assertThat(said.get(0)).isEqualTo("redis://me:p%40%3A%2F%2B%20w@127.0.0.1:1");
    assertThat(said.get(1))
        .isEqualTo("./crossover run @" + file + " --redis-password '***' --seed 1");
  }

  private Definition withSeed() {
    try {
      Path file = Files.writeString(folder.resolve("mine.yaml"), GOOD);
      return Definition.read(file, Path.of("../jmeter-plans")).withSeed(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"run --resume", "run --append", "report"})
  void aResultsFolderOfAnotherVersionIsRefusedInOneLineThatNamesBoth(String command)
      throws IOException {
    Path results = folder.resolve("results");
    Results.create(results, GOOD, Map.of()).close();
    Path environment = results.resolve("environment.json");
    Files.writeString(
        environment,
        Files.readString(environment).replaceFirst("Version\" : \\d+", "Version\" : 7"));
    List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
    words.add(results.toString());

    List<String> said = refused(words.toArray(String[]::new));

    assertThat(said)
        .singleElement()
        .asString()
        .contains(results.toString(), "format version 7", "reads version ", "start a new run");
  }

  @Test
  void aRunDoesNotGoOnWithAPlanThatHasChanged() throws IOException {
    Path results = folder.resolve("results");
    Map<String, String> versions =
        Map.of("server JDK", Jdks.newest().fullVersion(), Environment.PLAN + "get", "before");
    Results.create(results, GOOD, Map.of("versions", versions)).close();

    assertThat(refused("run", "--resume", results.toString()))
        .singleElement()
        .asString()
        .contains("the plan get is another one than when " + results + " was measured");
  }

  @Test
  void propertiesOfJMeterWithAWrongEscapeAreRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("jmeter.properties"), "a=\\u12");

    assertThat(refused("run", "--remote", "load1", "--remote-properties", file.toString()))
        .singleElement()
        .asString()
        .contains("--remote-properties cannot be read", "Malformed");
  }

  @Test
  void aRunOverSshDoesNotGoOnFromJMeterServersOnTheSameMachines() throws IOException {
    Path results = folder.resolve("results");
    Map<String, String> versions = Map.of("server JDK", Jdks.newest().fullVersion());
    Map<String, Object> generators = new HashMap<>();
    generators.put("a", null);
    Results.create(results, GOOD, Map.of("versions", versions, "generators", generators)).close();

    assertThat(refused("run", "--resume", results.toString(), "--remote", "a"))
        .singleElement()
        .asString()
        .contains("its load from a, and this would be from a:1099");
  }

  @Test
  void aFolderThatHoldsSomethingElseIsNotWrittenTo() throws IOException {
    Path file = Files.writeString(folder.resolve("mine.yaml"), GOOD);

    assertThat(refused("run", "--experiment", file.toString(), "--out", folder.toString()))
        .singleElement()
        .asString()
        .contains("--out " + folder + ": the folder is not empty");
  }

  private static List<String> refused(String... words) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(bytes, true, UTF_8));
    try {
      int status = Main.run(words);
      assertThat(status).as(bytes.toString(UTF_8)).isEqualTo(ExitStatus.USAGE);
    } finally {
      System.setErr(before);
    }
    return bytes.toString(UTF_8).lines().toList();
  }
}
