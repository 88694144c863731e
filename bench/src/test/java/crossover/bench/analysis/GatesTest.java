package crossover.bench.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.results.Json;
import crossover.bench.results.SliceLine;
import crossover.bench.results.Summary.Gate;
import crossover.bench.results.Verdict;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Each gate with data that it must refuse, and with data next to its border that it must not. */
class GatesTest {
  private final SimulatedRun run = new SimulatedRun(1, 2, 4);

  /** Whether a gate is passed after a change to every slice of arm1. */
  private boolean passes(String gate, Consumer<ObjectNode> change) {
    List<SliceLine> lines =
        run.lines(1).stream().map(s -> s.arm().equals("arm1") ? edited(s, change) : s).toList();
    var summary = run.summary(lines);
    boolean passed =
        summary.gates().stream().filter(g -> g.name().equals(gate)).allMatch(Gate::passed);
    assertThat(summary.gates()).extracting(Gate::name).contains(gate);
    assertThat(summary.fit()).isEqualTo(passed);
    assertThat(summary.comparisons().get(0).verdict() == Verdict.NOT_VALID).isEqualTo(!passed);
    return passed;
  }

  private static SliceLine edited(SliceLine line, Consumer<ObjectNode> change) {
    ObjectNode tree = (ObjectNode) Json.MAPPER.valueToTree(line);
    change.accept(tree);
    return Json.MAPPER.treeToValue(tree, SliceLine.class);
  }

  private static ObjectNode load(ObjectNode slice) {
    return (ObjectNode) slice.get("load");
  }

  @ParameterizedTest
  @CsvSource({
    // lost requests, and a generator with room
    "0.94, 0.1, 1, false",
    "0.96, 0.1, 1, true",
    // users wait for a generator at its limit, or for each other at the ends of turns
    "0.80, 1.9, 1, true",
    "0.80, 0.1, 20, true",
    // more requests at once than there are users
    "1.07, 1.9, 20, false",
    "1.04, 1.9, 20, true",
  })
  void littlesLawComparesWhatWasMeasuredOnItsOwn(
      double share, double generatorCpu, int turns, boolean passed) {
    assertThat(
            passes(
                "Little's law",
                slice -> {
                  ObjectNode load = load(slice);
                  load.put("meanResponseMillis", share * load.get("meanResponseMillis").asDouble());
                  load.put("generatorCpuSeconds", generatorCpu);
                  load.put("turns", turns);
                }))
        .isEqualTo(passed);
  }

  /** A user had five answers, or six where the window began just before one. */
  @ParameterizedTest
  @CsvSource({"5, 1.15, true", "5, 1.30, false", "500, 1.15, false"})
  void fewAnswersInAWindowMayByChanceSeemMoreThanThereAreUsers(
      int answers, double share, boolean passed) {
    assertThat(
            passes(
                "Little's law",
                slice -> {
                  ObjectNode load = load(slice);
                  int users = load.get("users").asInt();
                  double seconds = load.get("seconds").asDouble();
                  load.put("turns", 1);
                  load.put("requests", users * answers);
                  load.put("responseBytes", 1_000 * users * answers);
                  load.put("meanResponseMillis", share * 1000 * seconds / answers);
                }))
        .isEqualTo(passed);
  }

  @Test
  void nothingIsSaidOfWhatIsNotKnown() {
    List<SliceLine> unprobed =
        run.lines(1).stream().map(line -> edited(line, slice -> slice.putNull("usage"))).toList();
    var summary = run.summary(unprobed);

    assertThat(summary.fit()).isTrue();
    assertThat(summary.gates()).extracting(Gate::name).contains("errors", "Little's law");
    assertThat(summary.gates())
        .extracting(Gate::name)
        .doesNotContain("garbage collection", "CPU steal");
    assertThat(summary.gates()).noneMatch(gate -> gate.sentence().contains("NaN"));
  }

  @Test
  void whereAnArmWasNotMeasuredNothingMayBeReliedOn() {
    List<SliceLine> alone =
        run.lines(1).stream().filter(line -> !line.arm().equals("arm1")).toList();

    assertThat(run.summary(alone).fit()).isFalse();
    assertThat(run.summary(List.of()).fit()).isFalse();
  }

  @Test
  void usersWaitForEachOtherAlsoAtTheEndOfASingleTurn() {
    assertThat(
            passes(
                "Little's law",
                slice -> {
                  ObjectNode load = load(slice);
                  load.put("meanResponseMillis", 0.8 * load.get("meanResponseMillis").asDouble());
                  load.put("turns", 1);
                  slice.putArray("perTurn").addPOJO(new SliceLine.Turn(100, 0.1, 50));
                }))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({"0.06, false", "0.04, true", "-0.06, false", "-0.04, true"})
  void anArmIsWarmWhenItsTurnsShowNoTrend(double change, boolean passed) {
    assertThat(passes("warm", slice -> changeWithin(slice, change))).isEqualTo(passed);
  }

  @Test
  void aMachineThatBecomesSlowerForAllArmsSpoilsNoComparison() {
    List<SliceLine> lines =
        run.lines(1).stream().map(s -> edited(s, slice -> changeWithin(slice, -0.3))).toList();

    assertThat(run.summary(lines).gates())
        .filteredOn(gate -> gate.name().equals("warm"))
        .isNotEmpty()
        .allMatch(Gate::passed);
  }

  private static void changeWithin(ObjectNode slice, double change) {
    slice.set(
        "perTurn",
        Json.MAPPER.valueToTree(
            IntStream.range(0, 20)
                .mapToObj(turn -> new SliceLine.Turn(100, 0.1, 50 / (1 + change * turn / 19)))
                .toList()));
  }

  @ParameterizedTest
  @CsvSource({"2.2, false", "1.8, true"})
  void answersOfOneWarAreEquallyLong(double percent, boolean passed) {
    assertThat(
            passes(
                "equal bytes",
                slice -> {
                  double bytes = load(slice).get("responseBytes").asDouble();
                  load(slice).put("responseBytes", Math.round(bytes * (1 + percent / 100)));
                }))
        .isEqualTo(passed);
  }

  /** Words have texts of their own, so a few of them tell nothing of two arms. */
  @Test
  void aFewAnswersOfOtherLengthsAreNoOthers() {
    List<SliceLine> few =
        run.lines(1).stream()
            .map(
                line ->
                    edited(
                        line,
                        slice -> {
                          double share = 100 / load(slice).get("requests").asDouble();
                          long bytes = load(slice).get("responseBytes").asLong();
                          double longer = line.arm().equals("arm1") ? 1.05 : 1;
                          load(slice).put("requests", 100);
                          load(slice).put("responseBytes", Math.round(share * longer * bytes));
                        }))
            .toList();

    assertThat(run.summary(few).gates())
        .extracting(Gate::name)
        .contains("errors")
        .doesNotContain("equal bytes");
  }

  @ParameterizedTest
  @CsvSource({
    // the plan asks one arm alone
    "a 900, a 450 b 450, false",
    "a 450 b 450, a 900, false",
    // a rare one may be missing by chance
    "a 900, a 899 b 1, true",
    // the same in other shares: by 5.6 and by 4.8 points
    "a 5000 b 5000, a 4440 b 5560, false",
    "a 5000 b 5000, a 4520 b 5480, true",
    "c 5000 b 5000, c 4440 b 5560, true", // of another thread group
    // 10 users begin in each of 4 slices: 72 requests of other names are two of each, 144 are not
    "a 245 b 5, a 227 b 23, true",
    "a 490 b 10, a 454 b 46, false",
    // 100 ms among requests of 1 ms: with 5.6 and 4.7 % more requests of it the mean is 5.3 and
    // 4.7 % longer
    "a 950000 heavy 50000, a 946800 heavy 53200, false",
    "a 950000 heavy 50000, a 947200 heavy 52800, true",
    // so many of them are under way when a window closes
    "a 950 heavy 50, a 901 heavy 99, true",
  })
  void everyArmGetsAllKindsOfRequestsAsOften(String base, String own, boolean passed) {
    assertThat(getsTheSame(slice -> base, slice -> own)).isEqualTo(passed);
  }

  /** Users draw by lot whether they go one way or the other, of ten requests each. */
  @Test
  void aPlanThatDrawsLongWaysByLotIsNotRefused() {
    SplittableRandom random = new SplittableRandom(7);
    Function<SliceLine, String> lot =
        slice -> {
          int ways = (int) IntStream.range(0, 90).filter(way -> random.nextBoolean()).count();
          return "a %d b %d".formatted(10 * ways, 900 - 10 * ways);
        };
    assertThat(IntStream.range(0, 100)).allMatch(run -> getsTheSame(lot, lot));
  }

  /** The other arm has come upon it once, by a way of 50 requests. */
  @Test
  void aRareLongWayMayBeMissingByChance() {
    assertThat(
            getsTheSame(slice -> "a 5000", slice -> slice.round() == 2 ? "a 4950 b 50" : "a 5000"))
        .isTrue();
  }

  @Test
  void whatOneArmGetsMoreOrLessOfInEachRoundMustNotBeMissing() {
    assertThat(
            getsTheSame(
                slice -> "a 5000", slice -> slice.round() % 2 == 0 ? "a 4900 b 100" : "a 4999 b 1"))
        .isFalse();
  }

  private boolean getsTheSame(Function<SliceLine, String> base, Function<SliceLine, String> own) {
    List<SliceLine> lines =
        run.lines(1).stream()
            .map(
                s ->
                    edited(
                        s, slice -> label(slice, (s.arm().equals("arm1") ? own : base).apply(s))))
            .toList();
    List<Gate> found =
        run.summary(lines).gates().stream()
            .filter(gate -> gate.name().equals("same requests"))
            .toList();
    assertThat(found).isNotEmpty();
    return found.stream().allMatch(Gate::passed);
  }

  /** The rows of a slice: name, number, name, number, … */
  private static void label(ObjectNode slice, String rows) {
    ArrayNode labels = load(slice).putArray("labels");
    String[] words = rows.split(" ", -1);
    for (int i = 0; i < words.length; i += 2) {
      labels
          .addObject()
          .put("label", words[i])
          .put("requests", Integer.parseInt(words[i + 1]))
          .put("meanMillis", words[i].equals("heavy") ? 100 : 1)
          .put("group", words[i].equals("c") ? "orders 2" : "users 1")
          .putObject("statuses")
          .put("200", 1);
    }
  }

  @Test
  void aSliceWithoutARequestHasNoFailedOne() {
    List<SliceLine> lines =
        run.lines(1).stream()
            .map(s -> edited(s, slice -> load(slice).put("requests", 0).put("errors", 0)))
            .toList();
    assertThat(run.summary(lines).gates())
        .filteredOn(gate -> gate.name().equals("errors"))
        .isNotEmpty()
        .noneMatch(Gate::passed)
        .extracting(Gate::sentence)
        .allMatch(sentence -> sentence.contains("no request was answered: a slice has to be"));
  }

  @ParameterizedTest
  @CsvSource({"1, false", "0, true"})
  void oneFailedRequestIsOneTooMany(int errors, boolean passed) {
    assertThat(passes("errors", slice -> load(slice).put("errors", errors))).isEqualTo(passed);
  }

  @ParameterizedTest
  @CsvSource({"0.42, false", "0.38, true"})
  void aServerThatCollectsGarbageAFifthOfTheTimeIsNotMeasured(double seconds, boolean passed) {
    assertThat(passes("garbage collection", slice -> usage(slice, "collectionSeconds", seconds)))
        .isEqualTo(passed);
  }

  @ParameterizedTest
  @CsvSource({"0.42, false", "0.38, true"})
  void aHypervisorMayTakeATenthOfTheCores(double seconds, boolean passed) {
    assertThat(passes("CPU steal", slice -> usage(slice, "steal", seconds))).isEqualTo(passed);
  }

  private static void usage(ObjectNode slice, String figure, double value) {
    ObjectNode usage = slice.putObject("usage");
    usage.putObject("server");
    usage.putObject("backends");
    usage.putObject("pools");
    usage.put(figure, value);
  }

  @ParameterizedTest
  @CsvSource({"3, false", "2, true"})
  void theGeneratorMayBeLateInHalfOfTheOpenSlices(int lateRounds, boolean passed) {
    List<SliceLine> lines =
        run.lines(1).stream()
            .map(
                s ->
                    edited(
                        s,
                        slice -> {
                          slice.put("phase", "OPEN");
                          boolean late = s.arm().equals("arm1") && s.round() <= lateRounds;
                          load(slice).put("latenessP99Millis", late ? 1.2 : 0.8);
                          slice.put("invalidReason", late ? "the generator was late" : null);
                        }))
            .toList();
    var summary = run.summary(lines);
    assertThat(summary.gates())
        .filteredOn(g -> g.name().equals("generator in time"))
        .allMatch(g -> g.passed() == passed);
    // Late or not, every slice counts: of both arms four rounds.
    assertThat(summary.comparisons())
        .filteredOn(c -> c.metric().label().equals("p50"))
        .singleElement()
        .matches(c -> c.rounds() == 4);
  }

  @Test
  void whatIsNotKnownMissesNoGate() {
    assertThat(run.summary(run.lines(1)).gates()).allMatch(Gate::passed);
  }
}
