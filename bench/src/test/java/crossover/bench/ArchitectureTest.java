package crossover.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which package may use which, and how long files may be. docs/architecture.md says why. */
class ArchitectureTest {
  private static final String BASE = Main.class.getPackageName();
  private static final Path SOURCES = Path.of("src/main/java");

  /** What each package may use beside {@code text}; {@code cli} may use all. "" is the root. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          entry("", Set.of("cli")),
          entry(
              "run",
              Set.of(
                  "experiment",
                  "server",
                  "remote",
                  "stack",
                  "load",
                  "probe",
                  "results",
                  "analysis")),
          entry("server", Set.of("experiment", "stack", "link", "remote", "probe")),
          entry("remote", Set.of("stack", "probe")),
          entry("load", Set.of("experiment", "stack", "probe")),
          entry("results", Set.of("experiment", "load", "probe")),
          entry("analysis", Set.of("experiment", "results", "stats", "load", "probe")),
          entry("report", Set.of("experiment", "results")),
          entry("experiment", Set.of()),
          entry("stats", Set.of()),
          entry("probe", Set.of()),
          entry("link", Set.of("experiment", "stack")),
          entry("stack", Set.of()),
          entry("text", Set.of()),
          entry("delay", Set.of()));

  private static final int LONGEST_FILE = 300;
  private static final int ALL_FILES = 29_783;

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .importUrl(Main.class.getProtectionDomain().getCodeSource().getLocation());

  @Test
  void packagesUseOnlyWhatTheyMay() {
    Map<String, Set<String>> wrong = new TreeMap<>();
    for (JavaClass from : CLASSES) {
      String user = name(from);
      used(from)
          .filter(to -> !mayUse(user, name(to)))
          .forEach(
              to ->
                  wrong
                      .computeIfAbsent(user + " -> " + name(to), edge -> new TreeSet<>())
                      .add(from.getSimpleName() + " -> " + to.getSimpleName()));
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void packagesFormNoCycle() {
    SlicesRuleDefinition.slices()
        .matching(BASE + ".(*)..")
        .should()
        .beFreeOfCycles()
        .check(CLASSES);
  }

  /** To draw it anew: mvn test -pl bench -am -Dtest=ArchitectureTest -Ddraw=true. */
  @Test
  void thePictureInTheDocumentationIsThatOfTheCode() throws IOException {
    Map<String, Set<String>> uses = new TreeMap<>();
    for (JavaClass from : CLASSES) {
      Set<String> names = uses.computeIfAbsent(name(from), any -> new TreeSet<>());
      used(from)
          .map(ArchitectureTest::name)
          .filter(to -> !to.equals(name(from)))
          .forEach(names::add);
    }
    uses.remove("delay"); // Tomcat alone loads it
    ArchitecturePicture picture = new ArchitecturePicture(uses);
    assertThat(picture.height()).as("packages on top of each other").isLessThanOrEqualTo(10);
    Path file = Path.of("../docs/architecture.svg");
    if (Boolean.getBoolean("draw")) {
      Files.writeString(file, picture.svg());
    }
    assertThat(file).as("stale: draw it anew with -Ddraw=true").hasContent(picture.svg());
  }

  private static Stream<JavaClass> used(JavaClass from) {
    return from.getDirectDependenciesFromSelf().stream()
        .map(dependency -> dependency.getTargetClass().getBaseComponentType())
        .filter(to -> to.getPackageName().startsWith(BASE));
  }

  @Test
  void everyPackageSaysWhatItIsFor() throws IOException {
    try (Stream<Path> folders = Files.list(SOURCES.resolve(BASE.replace('.', '/')))) {
      assertThat(folders.filter(Files::isDirectory))
          .isNotEmpty()
          .allSatisfy(folder -> assertThat(folder.resolve("package-info.java")).exists());
    }
  }

  @Test
  void noFileIsLong() throws IOException {
    Map<String, Long> lines = lines();
    assertThat(lines.entrySet())
        .allSatisfy(file -> assertThat(file.getValue()).isLessThanOrEqualTo(LONGEST_FILE));
    assertThat(lines.values().stream().mapToLong(Long::longValue).sum())
        .isLessThanOrEqualTo(ALL_FILES);
  }

  /** The classes of the generator that run in a jmeter-server are all in its plug-in's jar. */
  @Test
  void theJarForJMeterHasWhatItsSamplerNeedsAndNothingElse() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    String packed = pom.replaceAll("(?s).*<filename regex=\"(crossover[^\"]*)\".*", "$1");
    Set<String> needed = new TreeSet<>();
    need(CLASSES.get(BASE + ".load.SliceSampler"), needed);
    Set<String> inJar =
        CLASSES.stream()
            .map(type -> type.getName().replace('.', '/'))
            .filter(name -> (name + ".class").matches(packed.replace("$$", "$")))
            .collect(Collectors.toCollection(TreeSet::new));
    inJar.add("crossover/bench/probe/Machine");
    assertThat(inJar).isEqualTo(needed);
  }

  private static void need(JavaClass type, Set<String> needed) {
    if (needed.add(type.getName().replace('.', '/'))) {
      used(type).forEach(other -> need(other, needed));
    }
  }

  private static boolean mayUse(String user, String used) {
    return user.equals(used)
        || user.equals("cli")
        || used.equals("text")
        || MAY_USE.get(user).contains(used);
  }

  /** The package of a class, below the base package. */
  private static String name(JavaClass type) {
    String name = type.getPackageName();
    return name.equals(BASE) ? "" : name.substring(BASE.length() + 1);
  }

  private static Map<String, Long> lines() throws IOException {
    Path base = SOURCES.resolve(BASE.replace('.', '/'));
    try (Stream<Path> files = Files.walk(base)) {
      List<Path> java = files.filter(file -> file.toString().endsWith(".java")).toList();
      return java.stream()
          .collect(
              Collectors.toMap(
                  file -> base.relativize(file).toString(), ArchitectureTest::countLines));
    }
  }

  private static long countLines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
