package crossover.bench.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.experiment.Cell;
import crossover.bench.experiment.Definition;
import crossover.bench.experiment.Host;
import crossover.bench.experiment.LinkSpec;
import crossover.bench.experiment.Site;
import crossover.bench.load.Slice;
import crossover.bench.results.Json;
import crossover.bench.results.Metric;
import crossover.bench.results.SliceLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** On a machine with a core for the server and one for the generator. */
class MetricChoiceTest {
  @TempDir Path folder;

  private final SimulatedRun run = new SimulatedRun(1, 2, 3);

  /** Two sweeps of 2 s an arm, in which the processes used so many seconds. */
  private List<SliceLine> warmUp(int round, double generator, double server) {
    List<SliceLine> lines = new ArrayList<>();
    for (SliceLine line : run.lines(1)) {
      if (line.round() == 1) {
        for (int sweep = 1; sweep <= 3; sweep++) {
          ObjectNode tree = (ObjectNode) Json.MAPPER.valueToTree(line);
          tree.put("round", round).put("phase", "WARMUP").put("pass", sweep);
          tree.put("start", line.start().minusSeconds(100 - sweep).toString());
          // The first sweep is cold: it does not count.
          ((ObjectNode) tree.get("load")).put("generatorCpuSeconds", sweep == 1 ? 2 : generator);
          ObjectNode usage = tree.putObject("usage");
          usage.putObject("server").put("cpu", server).put("compilers", 0);
          usage.putObject("backends");
          usage.putObject("pools");
          lines.add(Json.MAPPER.treeToValue(tree, SliceLine.class));
        }
      }
    }
    return lines;
  }

  /** What was measured, with the server's CPU time of the first so many arms. */
  private List<SliceLine> measured(int knownArms) {
    List<SliceLine> lines = new ArrayList<>();
    for (SliceLine line : run.lines(1)) {
      ObjectNode tree = (ObjectNode) Json.MAPPER.valueToTree(line);
      boolean known = Integer.parseInt(line.arm().substring("arm".length())) < knownArms;
      tree.putArray("perTurn").addPOJO(new SliceLine.Turn(100, 0.1, known ? 50 : Double.NaN));
      lines.add(Json.MAPPER.treeToValue(tree, SliceLine.class));
    }
    return lines;
  }

  private MetricChoice choice(List<SliceLine> lines) {
    return MetricChoice.of(
        run.definition(), run.environment(), Cell.of(run.definition()).get(0), lines);
  }

  @ParameterizedTest
  @CsvSource({
    // the generator has room
    "1.3, 0.2, THROUGHPUT",
    // it has none, and the server has
    "1.5, 1.0, CAPACITY",
    "1.9, 1.9, CAPACITY",
    // the server has less
    "1.45, 2.1, THROUGHPUT",
  })
  void theGeneratorsLimitDecides(double generator, double server, Metric metric) {
    assertThat(choice(warmUp(1, generator, server)).metric()).isEqualTo(metric);
  }

  /** Without turns the sites of this machine are warmed up without their links. */
  @ParameterizedTest
  @CsvSource({"0ms, here, CAPACITY", "5ms, here, THROUGHPUT", "0ms, pi@board.local, THROUGHPUT"})
  void ofSitesThatHadNoWarmUpThoseOfThisMachineWithoutDelayAreJudgedByIts(
      String delay, String machine, Metric metric) {
    Cell here = Cell.of(run.definition()).get(0);
    assertThat(here.site()).isEqualTo(Site.LOCALHOST);
    Optional<LinkSpec> database = Optional.of(LinkSpec.parse(delay));
    Host host = machine.equals("here") ? Host.HERE : Host.board(machine);
    Site site = new Site("link", Optional.empty(), database, Optional.empty(), host);
    Cell cell = new Cell(site, here.view(), here.users());
    MetricChoice choice =
        MetricChoice.of(run.definition(), run.environment(), cell, warmUp(1, 1.9, 1.9));
    assertThat(choice.metric()).isEqualTo(metric);
  }

  /** The limit was measured with the one that is gone. */
  @Test
  void aLoadMachineThatWasLostMakesItCapacity() {
    List<SliceLine> lines = new ArrayList<>(warmUp(1, 1.3, 0.2));
    ObjectNode tree = (ObjectNode) Json.MAPPER.valueToTree(warmUp(2, 1.3, 0.2).get(0));
    tree.withObject("load").putArray("errorSample").add(Slice.LOST + "b:1099 does not answer");
    lines.add(Json.MAPPER.treeToValue(tree, SliceLine.class));

    assertThat(choice(lines).metric()).isEqualTo(Metric.CAPACITY);
    assertThat(choice(lines).reason()).contains("a load machine was lost");
  }

  @Test
  void whatIsMeasuredLaterChangesNothing() {
    List<SliceLine> lines = new ArrayList<>(warmUp(1, 1.9, 1));
    MetricChoice before = choice(lines);
    lines.addAll(run.lines(1));
    lines.addAll(warmUp(2, 0.1, 2));
    assertThat(choice(lines)).isEqualTo(before);
    assertThat(before.reason()).contains("95 %").contains("50 %");
  }

  /** Its arm may come after others that are measured by themselves, and then tells nothing yet. */
  @Test
  void whereAServerRunsAlreadyItIsThroughputHoweverMuchWasMeasured() throws IOException {
    String arms = "arms: [{name: arm0}, {name: arm1}, {name: arm2, url: 'http://localhost:1'}]\n";
    String yaml = "experiment: mixed\nplans: [get]\n" + arms;
    Definition mixed =
        Definition.read(
            Files.writeString(folder.resolve("mixed.yaml"), yaml), Path.of("../jmeter-plans"));
    Cell cell = Cell.of(mixed).get(0);
    for (List<SliceLine> lines : List.of(List.<SliceLine>of(), warmUp(1, 1.9, 1), measured(2))) {
      MetricChoice choice = MetricChoice.of(mixed, run.environment(), cell, lines);
      assertThat(choice.metric()).isEqualTo(Metric.THROUGHPUT);
      assertThat(choice.reason()).contains("CPU time is not known");
    }
  }

  @Test
  void withoutTheServersCpuTimeItIsThroughput() {
    assertThat(choice(run.lines(1)).metric()).isEqualTo(Metric.THROUGHPUT);
  }

  @ParameterizedTest
  @CsvSource({"2, CAPACITY", "1, THROUGHPUT", "0, THROUGHPUT"})
  void capacityThatTheExperimentNamesNeedsTheCpuTimeOfEveryArm(int knownArms, Metric metric)
      throws IOException {
    String yaml =
        run.definition().toYaml().replaceAll("(?m)^metric: .*\\R", "") + "\nmetric: capacity\n";
    Definition named =
        Definition.read(
            Files.writeString(folder.resolve("named.yaml"), yaml), Path.of("../jmeter-plans"));
    Cell cell = Cell.of(named).get(0);

    assertThat(MetricChoice.of(named, run.environment(), cell, measured(knownArms)).metric())
        .isEqualTo(metric);
    MetricChoice unmeasured = MetricChoice.of(named, run.environment(), cell, List.of());
    assertThat(unmeasured.metric()).isEqualTo(Metric.CAPACITY);
    assertThat(unmeasured.reason()).startsWith("Capacity,").contains("(metric: capacity)");
  }
}
