package crossover.bench.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.experiment.Schedule;
import crossover.bench.results.Verdict;
import crossover.bench.stats.BlockDesign.Spot;
import crossover.bench.stats.BlockDesign.Value;
import crossover.bench.stats.ErrorModel;
import crossover.bench.stats.ErrorModel.Contrast;
import crossover.bench.stats.ErrorModel.Fit;
import crossover.bench.stats.Looks;
import crossover.bench.stats.Power;
import crossover.bench.stats.TrendTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.TDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What goes wrong without each rule of the method, and that with it nothing does, in simulated runs
 * with a fixed seed. Prints the figures of docs/method.md and holds the document to them.
 */
class MethodTest {
  private static final int RUNS = 10_000;
  private static final double LEVEL = 0.05;

  /** What so many runs may show of a true 5 %: three binomial standard errors more or less. */
  private static final double ERROR = 3 * Math.sqrt(LEVEL * (1 - LEVEL) / RUNS);

  private final Random random = new Random(20261122);

  @Test
  void onlyABalancedOrderKeepsFalseAlarmsAtFivePercent() {
    double oneAfterTheOther =
        share(
            run -> {
              double[] slices = slices(40, 0);
              return twoMeans(Arrays.copyOf(slices, 20), Arrays.copyOfRange(slices, 20, 40));
            });
    double alwaysTheSameFirst =
        share(
            run -> {
              double[] slices = slices(40, 1);
              return differs(i -> slices[2 * i + 1] - slices[2 * i], 20);
            });
    double balanced =
        share(
            run -> {
              List<Value> values =
                  new SimulatedMachine(random, 0, 0).run(new Schedule(2, run % 50), 20, 1);
              Fit fit = new ErrorModel(List.of(values), 2).fit(Contrast.of(0, 2, 1, 0));
              return Math.abs(fit.value()) > fit.halfWidth();
            });
    documented("20 slices of A, then 20 of B", oneAfterTheOther);
    documented("20 pairs, always A first", alwaysTheSameFirst);
    documented("20 pairs, AB and BA in randomised blocks of two", balanced);
    assertThat(oneAfterTheOther).isGreaterThan(0.3);
    assertThat(alwaysTheSameFirst).isGreaterThan(0.3);
    assertThat(balanced).isLessThan(LEVEL + ERROR);
  }

  /** Speed wanders as it did where its spread was 17 % over 10 ms, 11 % over 500, 7 % over 2 s. */
  @Test
  void turnsMeetTheSameMachine() {
    double inOnePiece = spread(200);
    double halfSeconds = spread(50);
    double tenths = spread(10);
    documented("2 s of the one arm, then 2 s of the other", inOnePiece);
    documented("turns of 0.5 s", halfSeconds);
    documented("turns of 0.1 s", tenths);
    assertThat(tenths).isLessThan(inOnePiece / 2);
  }

  /** The standard deviation of the log-ratio of two equal arms, 2 s each, in steps of 10 ms. */
  private double spread(int stepsOfATurn) {
    double memory = Math.exp(-0.01 / 0.2);
    double squares = 0;
    for (int run = 0; run < RUNS; run++) {
      double speed = random.nextGaussian();
      double difference = 0;
      for (int step = 0; step < 400; step++) {
        difference += (step / stepsOfATurn % 2 == 0 ? 0.166 : -0.166) * speed / 200;
        speed = memory * speed + Math.sqrt(1 - memory * memory) * random.nextGaussian();
      }
      squares += difference * difference;
    }
    return Math.sqrt(squares / RUNS);
  }

  @Test
  void onlyTheRoundMayBeCounted() {
    int passes = 5;
    double[] wrong = new double[3];
    for (int run = 0; run < RUNS; run++) {
      double[] bySlice = new double[4 * passes];
      double[] byRound = new double[4];
      for (int round = 0; round < 4; round++) {
        double luck = 0.03 * Math.sqrt(2) * random.nextGaussian();
        for (int pass = 0; pass < passes; pass++) {
          double difference = luck + 0.05 * random.nextGaussian();
          bySlice[round * passes + pass] = difference;
          byRound[round] += difference / passes;
        }
      }
      // 2,000 requests a slice, whose times vary by as much as their mean: what a pooled t test
      // believes the error to be.
      double believed = Math.sqrt(2.0 / (4 * passes * 2_000));
      double mean = Arrays.stream(byRound).average().orElseThrow();
      wrong[0] += Math.abs(mean) > 1.96 * believed ? 1.0 / RUNS : 0;
      wrong[1] += differs(i -> bySlice[i], bySlice.length) ? 1.0 / RUNS : 0;
      wrong[2] += differs(i -> byRound[i], byRound.length) ? 1.0 / RUNS : 0;
    }
    documented("each request counts as one (n = 40,000 an arm)", wrong[0]);
    documented("each slice counts as one (n = 20)", wrong[1]);
    documented("each round counts as one (n = 4)", wrong[2]);
    assertThat(wrong[0]).isGreaterThan(0.5);
    assertThat(wrong[1]).isGreaterThan(0.1);
    assertThat(wrong[2]).isBetween(LEVEL - ERROR, LEVEL + ERROR);
  }

  @Test
  void equivalentIsRarelySaidOfADifferenceAsLargeAsTheMargin() {
    double edge = share(run -> verdict(Math.log(1.05), 0.04, 8) == Verdict.EQUIVALENT);
    double none = share(run -> verdict(0, 0.04, 16) == Verdict.EQUIVALENT);
    documented("\"equivalent\" where the ratio is 1.05 (8 rounds)", edge);
    documented("\"equivalent\" where the ratio is 1.00 (16 rounds)", none);
    assertThat(edge).isLessThan(LEVEL);
    assertThat(none).isGreaterThan(0.8);
  }

  /**
   * Five rounds on each day, slices one after the other; standing first is worth 5 % on the one day
   * and costs as much on the other.
   */
  @Test
  void daysAsBlocksFindWhatTheirDifferenceWouldHide() {
    double wrong = share(run -> twoDays(0, true));
    double found = share(run -> twoDays(Math.log(0.96), true));
    double foundWithoutBlocks = share(run -> twoDays(Math.log(0.96), false));
    documented("days as blocks: wrong", wrong);
    documented("days as blocks: a ratio of 0.96 is found", found);
    documented("days thrown together: a ratio of 0.96 is found", foundWithoutBlocks);
    assertThat(wrong).isBetween(LEVEL - ERROR, LEVEL + ERROR);
    assertThat(found).isGreaterThan(foundWithoutBlocks + 0.2);
  }

  private boolean twoDays(double effect, boolean blocks) {
    List<Value> values = new ArrayList<>();
    for (int round = 0; round < 10; round++) {
      boolean firstDay = round < 5;
      int day = blocks && firstDay ? 1 : 2;
      int place = round % 2;
      double first = (place == 0) == firstDay ? 0.05 : -0.05;
      values.add(new Value(new Spot(round, day, 0, 1 - place), 0));
      double value = effect + first + 0.03 * random.nextGaussian();
      values.add(new Value(new Spot(round, day, 1, place), value));
    }
    Fit fit = new ErrorModel(List.of(values), 2).fit(Contrast.of(0, 2, 1, 0));
    return Math.abs(fit.value()) > fit.halfWidth();
  }

  @Test
  void looksKeepAnEarlyStopAtFivePercent() {
    int[] five = {8, 16, 24, 32, 40};
    List<Integer> all = Arrays.stream(five).boxed().toList();
    double afterEveryPair = peeking(IntStream.rangeClosed(2, 20).map(i -> 2 * i).toArray(), LEVEL);
    double plainLooks = peeking(five, LEVEL);
    double corrected = peeking(five, Looks.level(all, 1, 2));
    double appended = peeking(new int[] {8, 16}, LEVEL);
    double appendedLooks = peeking(new int[] {8, 16}, Looks.level(List.of(8, 16), 1, 2));
    documented("a plain 95 % interval after every pair of rounds, 4 to 40", afterEveryPair);
    documented("a plain 95 % interval at 8, 16, 24, 32 and 40 rounds", plainLooks);
    documented("the same looks at their common level", corrected);
    documented("8 rounds, and 8 more when they show nothing, plain intervals", appended);
    documented("the same with two looks at their common level", appendedLooks);
    level("level of the five looks, one comparison", all, 1, 2);
    level("level of the five looks, 20 comparisons", all, 5, 5);
    level("level of looks at 8 and 16 rounds, 20 comparisons", List.of(8, 16), 5, 5);
    assertThat(afterEveryPair).isGreaterThan(0.2);
    assertThat(corrected).isBetween(LEVEL - ERROR, LEVEL + ERROR);
    assertThat(appendedLooks).isBetween(LEVEL - ERROR, LEVEL + ERROR);
  }

  private static void level(String what, List<Integer> looks, int cells, int arms) {
    Document.line(
        String.format(Locale.ROOT, "| %s | %.4f |", what, Looks.level(looks, cells, arms)));
  }

  @Test
  void theDetectableDifferenceIsFoundFourTimesInFive() {
    double effect = Power.detectable(0.05, 8);
    double found = share(run -> verdict(Math.log1p(effect), 0.05, 8) == Verdict.FASTER);
    documented("the difference called detectable with 8 rounds is found", found);
    assertThat(found).isBetween(0.78, 0.82);
  }

  /** docs/compare.md: half of the JVMs are 30 % slower, whatever the release. */
  @ParameterizedTest
  @CsvSource({"0.15, 16", "0.10, 32", "0.05, 116", "0.04, 178"})
  void whereJvmsAreCompiledInTwoWaysFourInFiveRunsFind(double effect, int rounds) {
    IntPredicate found =
        run -> {
          SplittableRandom jvms = new SplittableRandom(run);
          Fit fit = fit(i -> Math.log1p(effect) + slowness(jvms) - slowness(jvms), rounds);
          return Verdict.of(fit.value(), fit.halfWidth(), 0.05, true) == Verdict.FASTER;
        };
    assertThat(IntStream.range(0, 2_000).parallel().filter(found).count())
        .isBetween(1_540L, 1_660L);
  }

  private static double slowness(SplittableRandom jvm) {
    return jvm.nextBoolean() ? Math.log(1.3) : 0;
  }

  @Test
  void moreRoundsAndASteadierMachineDetectSmallerDifferences() {
    for (double sd : new double[] {0.02, 0.04, 0.08}) {
      String row =
          IntStream.of(4, 8, 16, 32)
              .mapToObj(n -> Document.percent(Power.detectable(sd, n)))
              .collect(Collectors.joining(" | "));
      Document.line("| " + Document.percent(sd) + " | " + row + " |");
    }
    assertThat(Power.detectable(0.02, 32)).isLessThan(Power.detectable(0.08, 4));
  }

  @Test
  void aClosedLoopHidesAStall() {
    // One server, 1 ms a request, which stalls for 500 ms every 5 s; 100 s of load.
    long closed = percentile99(closedLoop());
    long open = percentile99(openLoop());
    Document.line(
        String.format(Locale.ROOT, "| p99, one user who waits for each answer | %d ms |", closed));
    Document.line(
        String.format(
            Locale.ROOT,
            "| p99, 100 requests a second, timed from the intended start | %d ms |",
            open));
    assertThat(closed).isEqualTo(1);
    assertThat(open).isGreaterThan(400);
  }

  @Test
  void warmingUpByTheDataEndsSoonWhereNothingWarmsAndLaterWhereSomethingDoes() {
    double[] steady = warmUps(0);
    double[] slow = warmUps(4);
    Document.line(
        String.format(Locale.ROOT, "| slices until \"warm\", nothing to warm | %.1f |", steady[0]));
    Document.line(
        String.format(
            Locale.ROOT,
            "| slices until \"warm\", deficit of 60 %% that shrinks to 37 %% of itself every 4 slices | %.1f |",
            slow[0]));
    documented("the deficit then left", slow[1]);
    documented("the deficit left after a fixed warm-up of 6 slices", 0.6 * Math.exp(-6 / 4.0));
    assertThat(steady[0]).isLessThan(8);
    assertThat(slow[0]).isGreaterThan(12);
    assertThat(slow[1]).isLessThan(0.03);
  }

  /** Slices until warm, and the deficit then left. */
  private double[] warmUps(double decay) {
    double[] found = new double[2];
    for (int run = 0; run < RUNS; run++) {
      double[] figures = new double[30];
      int done = 0;
      while (done < 30 && TrendTest.improves(Arrays.copyOf(figures, done))) {
        figures[done] = Math.exp(0.05 * random.nextGaussian()) / (1 - deficit(done, decay));
        done++;
      }
      found[0] += (double) done / RUNS;
      found[1] += deficit(done, decay) / RUNS;
    }
    return found;
  }

  private static double deficit(int slice, double decay) {
    return decay == 0 ? 0 : 0.6 * Math.exp(-slice / decay);
  }

  /** When a request that arrives at a millisecond is answered, on a server without a queue. */
  private static long answered(long start) {
    long intoCycle = start % 5_000;
    return (intoCycle < 500 ? start - intoCycle + 500 : start) + 1;
  }

  private static long[] closedLoop() {
    long[] times = new long[100_000];
    int count = 0;
    for (long now = 1_000; now < 101_000; now = answered(now)) {
      times[count++] = answered(now) - now;
    }
    return Arrays.copyOf(times, count);
  }

  private static long[] openLoop() {
    long[] times = new long[10_000];
    long free = 0;
    for (int i = 0; i < times.length; i++) {
      long intended = 1_000 + 10L * i;
      free = answered(Math.max(intended, free));
      times[i] = free - intended;
    }
    return times;
  }

  private static long percentile99(long[] times) {
    Arrays.sort(times);
    return times[(int) Math.ceil(0.99 * times.length) - 1];
  }

  private Verdict verdict(double effect, double sd, int rounds) {
    Fit fit = fit(i -> effect + sd * random.nextGaussian(), rounds);
    return Verdict.of(fit.value(), fit.halfWidth(), 0.05, true);
  }

  private double peeking(int[] looks, double level) {
    return share(
        run -> {
          double[] values = noise(looks[looks.length - 1]);
          return Arrays.stream(looks)
              .anyMatch(
                  n -> {
                    Fit fit = fit(i -> values[i], n);
                    return Math.abs(fit.value()) > quantile(n - 1, level) * fit.standardError();
                  });
        });
  }

  private static double quantile(int df, double level) {
    return new TDistribution(df).inverseCumulativeProbability(1 - level / 2);
  }

  private double[] noise(int n) {
    return IntStream.range(0, n).mapToDouble(i -> random.nextGaussian()).toArray();
  }

  private double[] slices(int count, int placeOfEverySecond) {
    SimulatedMachine machine = new SimulatedMachine(random);
    return IntStream.range(0, count)
        .mapToDouble(i -> machine.slice(i % 2 * placeOfEverySecond))
        .toArray();
  }

  private interface Figure {
    double at(int i);
  }

  /** Two arms in turns, of which the one is always 0. */
  private static Fit fit(Figure difference, int rounds) {
    List<Value> values = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      values.add(new Value(new Spot(round, 1, 0, 0), 0));
      values.add(new Value(new Spot(round, 1, 1, 0), difference.at(round)));
    }
    return new ErrorModel(List.of(values), 2).fit(Contrast.of(0, 2, 1, 0));
  }

  private static boolean differs(Figure difference, int rounds) {
    Fit fit = fit(difference, rounds);
    return Math.abs(fit.value()) > fit.halfWidth();
  }

  /** The t test of two samples that are taken for independent. */
  private static boolean twoMeans(double[] one, double[] other) {
    double difference =
        Arrays.stream(one).average().orElseThrow() - Arrays.stream(other).average().orElseThrow();
    double squares = squares(one) + squares(other);
    int df = one.length + other.length - 2;
    double error = Math.sqrt(squares / df * (1.0 / one.length + 1.0 / other.length));
    return Math.abs(difference) > quantile(df, LEVEL) * error;
  }

  private static double squares(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
  }

  private static double share(IntPredicate trueOfRun) {
    return (double) IntStream.range(0, RUNS).filter(trueOfRun).count() / RUNS;
  }

  private static void documented(String what, double share) {
    Document.line("| " + what + " | " + Document.percent(share) + " |");
  }
}
