package crossover.bench.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.results.Json;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdk;
import crossover.bench.stack.Jdks;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The zip that {@code mvn package} makes, unpacked somewhere else and run from there. */
@Tag("long")
class DistributionIT {
  /** Without what a JDK has more than a JRE. */
  static final String JRE =
      "-XX:TieredStopAtLevel=1 --limit-modules java.se,jdk.crypto.ec,jdk.httpserver,jdk.jfr,jdk.localedata,jdk.management,"
          + "jdk.management.agent,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs";

  @TempDir private static Path temp;
  private static Path home;

  @BeforeAll
  static void unpack() throws IOException {
    home = unpacked(Files.createDirectories(temp.resolve("Größe und Länge")));
    assertThat(home.resolve("pom.xml")).doesNotExist();
  }

  /** Each under another locale, without what a JDK has more than a JRE, and some with IPv6. */
  @ParameterizedTest
  @CsvSource({
    "servlets,   -Duser.language=th -Duser.country=TH",
    "shop,       -Duser.language=hi -Duser.country=IN",
    "collectors, -Duser.language=tr -Duser.country=TR",
    "pools,      -Duser.language=ar -Duser.country=EG -Djava.net.preferIPv6Addresses=true",
    "jar,        -Duser.language=fa -Duser.country=IR -Djava.net.preferIPv6Addresses=true",
    "jdks,       -Duser.language=de",
  })
  void everyExampleRuns(String example, String java) throws Exception {
    Path file = home.resolve("docs/examples").resolve(example + ".yaml");
    if (example.equals("shop")) {
      printExperiment(file);
    } else if (example.equals("jdks") && !everyJdkIsInstalled()) { // that of this test will do
      String own = "java: " + Runtime.version().feature();
      Files.writeString(file, Files.readString(file).replaceAll("java: \\d+", own));
    }
    Path results = home.resolveSibling("results " + example);

    int status =
        crossover(
            JRE + " " + java,
            "run",
            "--experiment",
            file.toString(),
            "--rounds",
            "1",
            "--out",
            results.toString(),
            "--allow-invalid");

    String said = output();
    assertThat(status).as(said).isZero();
    assertThat(said).doesNotContain("limit is not known");
    JsonNode summary = Json.MAPPER.readTree(results.resolve("summary.json").toFile());
    assertThat(summary.path("cells")).hasSize(2).as(said).allMatch(DistributionIT::hasNoErrors);
    assertThat(temp.resolve("built")).as("mvn was called").doesNotExist();
    List<String> files = reports(results);
    assertThat(crossover("-Duser.language=en", "report", results.toString()))
        .as(output())
        .isEqualTo(CommandLineIT.statusOf(summary));
    assertThat(said).endsWith(output());
    assertThat(reports(results)).isEqualTo(files);
  }

  /** That of the comparison of docs/examples.md. */
  private static void printExperiment(Path file) throws Exception {
    Matcher command =
        Pattern.compile("(?m)^    \\./crossover (compare .*)$")
            .matcher(Files.readString(home.resolve("docs/examples.md")));
    assertThat(command.find()).isTrue();
    assertThat(crossover(JRE, (command.group(1) + " --print-experiment").split(" "))).isZero();
    Files.writeString(file, output());
  }

  private static boolean everyJdkIsInstalled() {
    return Jdks.installed().stream().map(Jdk::version).toList().containsAll(List.of(17, 25));
  }

  private static boolean hasNoErrors(JsonNode cell) {
    return cell.path("throughput").asDouble() > 0 && cell.path("errors").asInt() == 0;
  }

  private static List<String> reports(Path results) throws IOException {
    return List.of(
        Files.readString(results.resolve("report.html")),
        Files.readString(results.resolve("summary.json")));
  }

  /** As bash splits the words, which it does at = too. */
  @ParameterizedTest
  @CsvSource({
    "com, compare",
    "compare --max-s, --max-slowdown",
    "compare old, old.war",
    "compare old.war --plan check, checkout.jmx",
    "compare old.war --plan = check, checkout.jmx",
    "run --experiment mi, mine.yaml",
    "gui check, checkout.jmx",
  })
  void bashCompletesCommandsOptionsAndFiles(String typed, String completed) throws Exception {
    Path folder = Files.createDirectories(temp.resolve("completed"));
    for (String file : List.of("old.war", "checkout.jmx", "mine.yaml")) {
      Files.writeString(folder.resolve(file), "");
    }
    assertThat(crossover("", "generate-completion")).isZero();
    Path script = Files.writeString(temp.resolve("completion"), output());
    String ask =
        ". '%s'; COMP_WORDS=(crossover %s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1));"
            + " _complete_crossover 2>&-; echo \"${COMPREPLY[@]}\"";
    Process bash =
        new ProcessBuilder("bash", "-c", ask.formatted(script, typed))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    assertThat(new String(bash.getInputStream().readAllBytes(), UTF_8)).isEqualTo(completed + "\n");
  }

  @Test
  void itKnowsItsVersionAndBringsAManualPage() throws Exception {
    assertThat(crossover(JRE, "--version")).as(output()).isZero();
    assertThat(output()).startsWith("crossover ").doesNotContain("unpackaged");
    assertThat(home.resolve("docs/crossover.1")).content().contains(".SS crossover compare\n");
  }

  @Test
  void everyWarThatABuiltInExperimentNamesIsThere() throws IOException {
    Path folder = home.resolve("bench/experiments");
    List<String> wars = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Pattern.compile("war: *([^,} \\n]+)")
            .matcher(Files.readString(file))
            .results()
            .forEach(found -> wars.add(found.group(1)));
      }
    }
    assertThat(wars)
        .contains("../target/bounds.war")
        .allSatisfy(war -> assertThat(folder.resolve(war)).exists());
  }

  @Test
  void allThatTheContainerFileCopiesIsThere() throws IOException {
    List<String> lines = Files.readAllLines(home.resolve("Containerfile"));
    assertThat(lines)
        .filteredOn(line -> !line.startsWith("#"))
        .isNotEmpty()
        .allMatch(line -> line.matches("(FROM|COPY|RUN|WORKDIR) \\S.*|ENTRYPOINT \\[\"\\S+\"]"));
    for (String line : lines) {
      if (line.startsWith("COPY ")) {
        List<String> words = List.of(line.split(" "));
        assertThat(words.subList(1, words.size() - 1))
            .allSatisfy(f -> assertThat(home.resolve(f)).exists());
        assertThat(words.get(words.size() - 1)).startsWith("/opt/crossover/");
      }
    }
    assertThat(lines).contains("ENTRYPOINT [\"/opt/crossover/crossover\"]");
  }

  /** Of the image all belongs to root, but what PostgreSQL is unpacked into. */
  @Test
  void everyUserOfTheContainerMayUnpackPostgres() throws IOException {
    String unpacked = "/opt/crossover/" + home.relativize(new Installation(home).unpacked());
    assertThat(Files.readAllLines(home.resolve("Containerfile")))
        .filteredOn(line -> line.startsWith("RUN "))
        .containsExactly("RUN mkdir -p " + unpacked + " && chmod 1777 " + unpacked);
  }

  @Test
  void everyLibraryHasItsLicence() throws IOException {
    String licences = Files.readString(Path.of("../LICENSES.md"));
    try (Stream<Path> jars = Files.list(Path.of("target/lib"));
        ZipFile war = ZipFile.builder().setPath(Path.of("../webapp/target/crossover.war")).get()) {
      Stream<String> inWar =
          Collections.list(war.getEntries()).stream()
              .map(ZipArchiveEntry::getName)
              .filter(name -> name.startsWith("WEB-INF/lib/") && name.endsWith(".jar"))
              .map(name -> name.substring(name.lastIndexOf('/') + 1));
      List<String> names =
          Stream.concat(jars.map(jar -> jar.getFileName().toString()), inWar)
              .map(name -> name.replaceFirst("-\\d.*", ""))
              .distinct()
              .toList();
      assertThat(names)
          .hasSizeGreaterThan(40)
          .filteredOn(name -> licences.lines().noneMatch(line -> lists(line, name)))
          .isEmpty();
    }
  }

  /** Such as "| netty-* | Apache-2.0 |". */
  private static boolean lists(String line, String name) {
    return line.startsWith("| ")
        && Stream.of(line.substring(2, line.indexOf(" |", 2)).split(", "))
            .anyMatch(
                listed ->
                    listed.endsWith("*")
                        ? name.startsWith(listed.substring(0, listed.length() - 1))
                        : name.equals(listed));
  }

  static Path unpacked(Path folder) throws IOException {
    String version = System.getProperty("crossover.version");
    Path zip = Path.of("../target", "crossover-" + version + ".zip");
    try (Stream<Path> files = Files.list(Path.of("../target"))) {
      assertThat(files.filter(f -> f.toString().endsWith(".zip"))).containsExactly(zip);
    }
    try (ZipFile entries = ZipFile.builder().setPath(zip).get()) {
      for (ZipArchiveEntry entry : Collections.list(entries.getEntries())) {
        Path file = folder.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(file);
          continue;
        }
        Files.createDirectories(file.getParent());
        try (InputStream in = entries.getInputStream(entry)) {
          Files.copy(in, file);
        }
        if ((entry.getUnixMode() & 0100) != 0) {
          assertThat(file.toFile().setExecutable(true)).isTrue();
        }
      }
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.filter(Files::isDirectory).findFirst().orElseThrow();
    }
  }

  private static int crossover(String java, String... words) throws Exception {
    Path bin = Files.createDirectories(temp.resolve("bin"));
    Path maven = Files.writeString(bin.resolve("mvn"), "#!/bin/sh\ntouch '" + temp + "/built'\n");
    assertThat(maven.toFile().setExecutable(true)).isTrue();
    List<String> command =
        Stream.concat(Stream.of(home.resolve("crossover").toString()), Stream.of(words)).toList();
    ProcessBuilder launcher =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(temp.resolve("output").toFile());
    launcher.environment().put("PATH", bin + ":" + System.getenv("PATH"));
    launcher.environment().put("LANG", "C");
    launcher.environment().put("CROSSOVER_TIMEOUT", "60000"); // of a slow machine
    launcher.environment().remove("LC_ALL");
    launcher.environment().put("JAVA_HOME", System.getProperty("java.home"));
    launcher
        .environment()
        .put("JDK_JAVA_OPTIONS", java + " -Dcrossover.lock=" + temp.resolve("lock"));
    Process process = launcher.start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }

  private static String output() throws IOException {
    Path output = temp.resolve("output");
    return Files.exists(output)
        ? Files.readString(output).replaceFirst("NOTE: Picked up JDK_JAVA_OPTIONS.*\\R", "")
        : "";
  }
}
