package crossover.bench.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The shell steps of docs/ci, as their systems run them: in a shell, with the variables set, and
 * with what was unpacked from the zip.
 */
@Tag("long")
class CiRecipesIT {
  private static final Path RECIPES = Path.of("../docs/ci");

  @TempDir private Path temp;
  private Path home;

  @Test
  void theStepsOfEveryRecipeRun() throws Exception {
    Map<String, List<String>> recipes =
        Map.of("github", githubSteps(), "gitlab", gitlabSteps(), "jenkins", jenkinsSteps());
    assertThat(recipes.values()).allSatisfy(steps -> assertThat(steps).hasSize(2));
    assertThat(recipes.values())
        .extracting(steps -> steps.get(0).strip())
        .containsOnly(recipes.get("github").get(0).strip());
    prepare();
    assertThat(shell(recipes.get("jenkins").get(1))).as("before anything was measured").isZero();

    // Four rounds in place of ten minutes; a crowded machine may make it invalid, and no more.
    String compare =
        recipes.get("github").get(0).replace("10m", "1m --both settings.db.password=S3cr3t");
    assertThat(compare).contains("--at-most 1m --both ");
    leaveABuildBefore();
    assertThat(shell(compare)).as(output()).isIn(ExitStatus.DONE, ExitStatus.NOT_VALID);
    assertThat(output()).contains("Expected: some 4 rounds in ");
    assertThat(temp.resolve("speed.xml"))
        .content()
        .contains("new compared with old", "name=\"--max-slowdown\"", "name=\"--max-errors\"");
    assertThat(temp.resolve("results/speed/report.html")).exists();
    for (List<String> steps : new TreeMap<>(recipes).values()) {
      assertThat(shell(steps.get(1))).as(output()).isZero();
    }
    assertThat(temp.resolve("page"))
        .content()
        .containsPattern("[01] runs? of this experiment on this machine in speed-history");
    assertThat(temp.resolve("page")).content().contains("Is new slower than old?");
    assertThat(output()).contains("--max-slowdown");
    assertThat(filesWith("S3cr3t"))
        .as("the recipes leave it out of the artifact")
        .containsExactly(temp.resolve("results/speed/experiment.yaml"));
  }

  private List<Path> filesWith(String text) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(temp)) {
      for (Path file : files.filter(f -> Files.isRegularFile(f) && !f.startsWith(home)).toList()) {
        if (Files.readString(file, ISO_8859_1).contains(text)) {
          found.add(file);
        }
      }
    }
    return found;
  }

  /** What the recipes carry from build to build is what the step writes. */
  @Test
  void theHistoryIsKeptFromBuildToBuild() throws Exception {
    assertThat(githubSteps().get(0)).contains(" --baseline-store speed-history");
    List<String> kept = new ArrayList<>();
    for (JsonNode step : yaml("github-actions.yml").path("jobs").path("compare").path("steps")) {
      if (step.path("uses").asString("").startsWith("actions/cache/")) {
        kept.add(step.path("uses").asString() + " " + step.path("with").path("path").asString());
      }
    }
    assertThat(kept)
        .containsExactly(
            "actions/cache/restore@v4 speed-history", "actions/cache/save@v4 speed-history");
    JsonNode cache = yaml("gitlab-ci.yml").path("speed").path("cache");
    assertThat(cache.path("paths").get(0).asString()).isEqualTo("speed-history");
    assertThat(cache.path("when").asString()).as("a slower release too").isEqualTo("always");
    assertThat(jenkinsSteps().get(0)).doesNotContain("rm -rf speed-history");
  }

  @Test
  void theSettingsAsTheyWereGivenAreInNoArtifact() throws IOException {
    String settings = "results/speed/experiment.yaml";
    assertThat(RECIPES.resolve("github-actions.yml"))
        .content()
        .contains("            results/speed\n            !" + settings);
    assertThat(
            yaml("gitlab-ci.yml").path("speed").path("artifacts").path("exclude").get(0).asString())
        .isEqualTo(settings);
    assertThat(RECIPES.resolve("Jenkinsfile"))
        .content()
        .contains("artifacts: 'results/speed/**', excludes: '" + settings + "'");
  }

  /** The workspace of a build may be that of the one before, which ended before its summary. */
  private void leaveABuildBefore() throws IOException {
    Path results = Files.createDirectories(temp.resolve("results/speed"));
    Files.writeString(results.resolve("experiment.yaml"), "experiment: before");
    Files.writeString(temp.resolve("speed.xml"), "before");
  }

  private void prepare() throws IOException {
    TinyWar.write(temp.resolve("old.war"), "");
    TinyWar.write(temp.resolve("new.war"), "");
    TinyWar.plan(temp.resolve("checkout.jmx"));
    home = DistributionIT.unpacked(Files.createDirectory(temp.resolve("tool")));
  }

  private int shell(String step) throws Exception {
    ProcessBuilder shell =
        new ProcessBuilder("sh", "-e", "-c", step)
            .directory(temp.toFile())
            .redirectErrorStream(true)
            .redirectOutput(temp.resolve("output").toFile());
    shell
        .environment()
        .putAll(
            Map.of(
                "CROSSOVER",
                home.toString(),
                "PLAN",
                "checkout.jmx",
                "GITHUB_STEP_SUMMARY",
                temp.resolve("page").toString(),
                "JAVA_HOME",
                System.getProperty("java.home"),
                "JDK_JAVA_OPTIONS",
                DistributionIT.JRE + " -Dcrossover.lock=" + temp.resolve("lock")));
    Process process = shell.start();
    assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }

  private String output() throws IOException {
    Path output = temp.resolve("output");
    return Files.exists(output) ? Files.readString(output) : "";
  }

  private static List<String> githubSteps() throws IOException {
    List<String> steps = new ArrayList<>();
    for (JsonNode step : yaml("github-actions.yml").path("jobs").path("compare").path("steps")) {
      if (step.has("run")) {
        steps.add(step.path("run").asString());
      }
    }
    return steps;
  }

  private static List<String> gitlabSteps() throws IOException {
    List<String> steps = new ArrayList<>();
    JsonNode job = yaml("gitlab-ci.yml").path("speed");
    job.path("script").forEach(step -> steps.add(step.asString()));
    job.path("after_script").forEach(step -> steps.add(step.asString()));
    return steps;
  }

  private static List<String> jenkinsSteps() throws IOException {
    return Pattern.compile("(?m)^ *sh '(.*)'$")
        .matcher(Files.readString(RECIPES.resolve("Jenkinsfile")))
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  private static JsonNode yaml(String recipe) throws IOException {
    return new YAMLMapper().readTree(Files.readString(RECIPES.resolve(recipe)));
  }
}
