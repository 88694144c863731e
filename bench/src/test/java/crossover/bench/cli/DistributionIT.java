package crossover.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The zip that {@code mvn package} makes, unpacked somewhere else and run from there. */
@Tag("long")
class DistributionIT {
  @TempDir private Path temp;

  @Test
  void itRunsWithoutMavenFromAFolderOfSpacesAndUmlauts() throws Exception {
    Path folder = Files.createDirectories(temp.resolve("Größe und Länge"));
    Path home = unpacked(folder);
    assertThat(home.resolve("pom.xml")).doesNotExist();
    TinyWar.write(folder.resolve("old.war"), "");
    TinyWar.write(folder.resolve("new.war"), "");
    TinyWar.plan(folder.resolve("check out.jmx"));
    Path experiment =
        Files.writeString(
            folder.resolve("tiny.yaml"),
            """
            experiment: tiny
            arms: [{name: old, war: old.war}, {name: new, war: new.war}]
            plans: [check out.jmx]
            rounds: 1
            users: 2
            slice: 200 ms
            warm-up: 400 ms
            """);

    assertThat(crossover(home, "--version")).as(output()).isZero();
    assertThat(output()).startsWith("crossover ").doesNotContain("unpackaged");
    Path results = folder.resolve("results");
    int status =
        crossover(
            home,
            "run",
            "--experiment",
            experiment.toString(),
            "--out",
            results.toString(),
            "--allow-invalid");
    assertThat(status).as(output()).isZero();
    assertThat(results.resolve("report.html")).exists();
    assertThat(temp.resolve("built")).as("mvn was called").doesNotExist();
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

  private static Path unpacked(Path folder) throws IOException {
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

  private int crossover(Path home, String... words) throws Exception {
    Path bin = Files.createDirectories(temp.resolve("bin"));
    Path maven = Files.writeString(bin.resolve("mvn"), "#!/bin/sh\ntouch '" + temp + "/built'\n");
    assertThat(maven.toFile().setExecutable(true)).isTrue();
    List<String> command =
        Stream.concat(Stream.of(home.resolve("crossover").toString()), Stream.of(words)).toList();
    ProcessBuilder launcher =
        new ProcessBuilder(command)
            .directory(temp.toFile())
            .redirectErrorStream(true)
            .redirectOutput(temp.resolve("output").toFile());
    launcher.environment().put("PATH", bin + ":" + System.getenv("PATH"));
    launcher.environment().put("LANG", "C");
    launcher.environment().remove("LC_ALL");
    launcher.environment().put("JAVA_HOME", System.getProperty("java.home"));
    launcher.environment().put("JDK_JAVA_OPTIONS", "-Dcrossover.lock=" + temp.resolve("lock"));
    Process process = launcher.start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }

  private String output() throws IOException {
    Path output = temp.resolve("output");
    return Files.exists(output)
        ? Files.readString(output).replaceFirst("NOTE: Picked up JDK_JAVA_OPTIONS.*\\R", "")
        : "";
  }
}
