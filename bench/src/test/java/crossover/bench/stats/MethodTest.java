package crossover.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.experiment.Schedule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What goes wrong without each rule of the method, and that with it nothing does: 10,000 simulated
 * runs each, with a fixed seed. Prints the figures of docs/method.md and holds the document to
 * them.
 */
class MethodTest {
  private static final int RUNS = 10_000;
  private static final double LEVEL = 0.05;

  /** What 10,000 runs may show of a true 5 %: three binomial standard errors more or less. */
  private static final double ERROR = 3 * Math.sqrt(LEVEL * (1 - LEVEL) / RUNS);

  private final Random random = new Random(20261122);

  @Test
  void onlyABalancedOrderKeepsFalseAlarmsAtFivePercent() {
    double oneAfterTheOther =
        share(
            run -> {
              double[] slices = slices(40, 0);
              for (int i = 20; i < 40; i++) {
                slices[i] = -slices[i];
              }
              return fit(slices, i -> i < 20).pValue() < LEVEL;
            });
    double alwaysTheSameFirst =
        share(
            run -> {
              double[] slices = slices(40, 1);
              double[] differences =
                  IntStream.range(0, 20)
                      .mapToDouble(i -> slices[2 * i] - slices[2 * i + 1])
                      .toArray();
              return fit(differences, i -> true).pValue() < LEVEL;
            });
    List<Comparison> balancedRuns =
        IntStream.range(0, RUNS)
            .mapToObj(run -> new SimulatedMachine(random, 0, 0).run(new Schedule(2, run), 20, 1))
            .map(rounds -> Comparison.of(rounds, Better.HIGHER))
            .toList();
    double balanced = share(run -> balancedRuns.get(run).excludesOne());
    double signFlips = share(run -> balancedRuns.get(run).permutationP() < LEVEL);
    documented("20 slices of A, then 20 of B", oneAfterTheOther);
    documented("20 pairs, always A first", alwaysTheSameFirst);
    documented("20 pairs, AB and BA in randomised blocks of two", balanced);
    documented("the same, by the sign-flip test", signFlips);
    assertThat(oneAfterTheOther).isGreaterThan(0.3);
    assertThat(alwaysTheSameFirst).isGreaterThan(0.3);
    assertThat(balanced).isLessThan(LEVEL + ERROR);
    assertThat(signFlips).isLessThan(LEVEL + ERROR);
  }

  @Test
  void fiveArmsInAWilliamsSquareAreCoveredNinetyFiveTimesInAHundred() {
    double falseAlarms = share(run -> fiveArms(run, 8, 0).excludesOne());
    double covered =
        share(
            run -> {
              Comparison comparison = fiveArms(run, 8, Math.log(1.1));
              return comparison.low() <= 1.1 && 1.1 <= comparison.high();
            });
    double coveredByThree =
        share(
            run -> {
              Comparison comparison = fiveArms(run, 3, Math.log(1.1));
              return comparison.low() <= 1.1 && 1.1 <= comparison.high();
            });
    documented(
        "five arms, 8 rounds of 3 passes: interval excludes 1 where the ratio is 1", falseAlarms);
    documented("the same: interval holds the ratio where it is 1.10", covered);
    documented("the same with 3 rounds: interval holds the ratio", coveredByThree);
    assertThat(falseAlarms).isLessThan(LEVEL + ERROR);
    assertThat(covered).isGreaterThan(1 - LEVEL - ERROR);
    assertThat(coveredByThree).isGreaterThan(1 - LEVEL - ERROR);
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
      wrong[1] += fit(bySlice, i -> i / passes % 2 == 0).pValue() < LEVEL ? 1.0 / RUNS : 0;
      wrong[2] += fit(byRound, i -> i % 2 == 0).pValue() < LEVEL ? 1.0 / RUNS : 0;
    }
    documented("each request counts as one (n = 40,000 an arm)", wrong[0]);
    documented("each slice counts as one (n = 20)", wrong[1]);
    documented("each round counts as one (n = 4)", wrong[2]);
    assertThat(wrong[0]).isGreaterThan(0.5);
    assertThat(wrong[1]).isGreaterThan(0.1);
    assertThat(wrong[2]).isBetween(LEVEL - ERROR, LEVEL + ERROR);
  }

  @Test
  void choosingTheAnalysisByATestOfCarryOverRaisesFalseAlarms() {
    double twoStages =
        share(
            run -> {
              double[] differences = new double[16];
              double[] sums = new double[16];
              double[] firstPlaces = new double[16];
              for (int round = 0; round < 16; round++) {
                double level = 0.05 * random.nextGaussian();
                double first = level + 0.05 * random.nextGaussian();
                double second = level + 0.05 * random.nextGaussian();
                boolean candidateFirst = round % 2 == 0;
                differences[round] = candidateFirst ? first - second : second - first;
                // Negated in one order, so that the mean of the orders tests their difference.
                sums[round] = candidateFirst ? first + second : -first - second;
                firstPlaces[round] = candidateFirst ? first : -first;
              }
              double[] chosen =
                  fit(sums, i -> i % 2 == 0).pValue() < 0.10 ? firstPlaces : differences;
              return fit(chosen, i -> i % 2 == 0).pValue() < LEVEL;
            });
    documented("carry-over tested first, and where found only first places compared", twoStages);
    assertThat(twoStages).isGreaterThan(LEVEL + ERROR);
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
   * Five rounds on each day; standing first is worth 5 % on the one and costs as much on the other.
   */
  @Test
  void daysAsBlocksFindWhatTheirDifferenceWouldHide() {
    double wrong = share(run -> twoDays(0, true).pValue() < LEVEL);
    double found = share(run -> twoDays(Math.log(0.96), true).pValue() < LEVEL);
    double foundWithoutBlocks = share(run -> twoDays(Math.log(0.96), false).pValue() < LEVEL);
    documented("days as blocks: wrong", wrong);
    documented("days as blocks: a ratio of 0.96 is found", found);
    documented("days thrown together: a ratio of 0.96 is found", foundWithoutBlocks);
    assertThat(wrong).isBetween(LEVEL - ERROR, LEVEL + ERROR);
    assertThat(found).isGreaterThan(foundWithoutBlocks + 0.2);
  }

  private OrderFit twoDays(double effect, boolean blocks) {
    double[] values = new double[10];
    boolean[] first = new boolean[10];
    int[] day = new int[10];
    for (int round = 0; round < 10; round++) {
      boolean firstDay = round < 5;
      first[round] = round % 2 == 0;
      day[round] = blocks && firstDay ? 1 : 2;
      double place = first[round] == firstDay ? 0.05 : -0.05;
      values[round] = effect + place + 0.03 * random.nextGaussian();
    }
    return new OrderFit(values, first, day);
  }

  @Test
  void looksKeepAnEarlyStopAtFivePercent() {
    Looks looks = Looks.standard();
    double afterEveryPair = peeking(IntStream.rangeClosed(2, 20).map(i -> 2 * i).toArray(), LEVEL);
    double plainLooks = peeking(new int[] {8, 16, 24, 32, 40}, LEVEL);
    double corrected = peeking(new int[] {8, 16, 24, 32, 40}, looks.level());
    double appended = peeking(new int[] {8, 16}, LEVEL);
    double appendedLooks = peeking(new int[] {8, 16}, Looks.at(8, 16).level());
    documented("a plain 95 % interval after every pair of rounds, 4 to 40", afterEveryPair);
    documented("a plain 95 % interval at 8, 16, 24, 32 and 40 rounds", plainLooks);
    documented("the same looks at their common level", corrected);
    documented("8 rounds, and 8 more when they show nothing, plain intervals", appended);
    documented("the same with two looks at their common level", appendedLooks);
    line(String.format(Locale.ROOT, "| level of the five standard looks | %.4f |", looks.level()));
    line(
        String.format(
            Locale.ROOT, "| level of looks at 8 and 16 rounds | %.4f |", Looks.at(8, 16).level()));
    assertThat(afterEveryPair).isGreaterThan(0.2);
    assertThat(corrected).isBetween(LEVEL - ERROR, LEVEL + ERROR);
    assertThat(appendedLooks).isBetween(LEVEL - ERROR, LEVEL + ERROR);
  }

  @Test
  void holmKeepsTheWholeFamilyAtFivePercent() {
    int family = 20;
    double[] wrong = new double[2];
    for (int run = 0; run < RUNS; run++) {
      double[] p = new double[family];
      for (int i = 0; i < family; i++) {
        p[i] = fit(noise(8), round -> round % 2 == 0).pValue();
      }
      wrong[0] += Arrays.stream(p).anyMatch(one -> one < LEVEL) ? 1.0 / RUNS : 0;
      wrong[1] += Arrays.stream(Holm.adjusted(p)).anyMatch(one -> one < LEVEL) ? 1.0 / RUNS : 0;
    }
    documented("20 comparisons without any difference: at least one p-value below 0.05", wrong[0]);
    documented("the same after Holm", wrong[1]);
    assertThat(wrong[0]).isGreaterThan(0.5);
    assertThat(wrong[1]).isLessThan(LEVEL + ERROR);
  }

  @Test
  void theDetectableDifferenceIsFoundFourTimesInFive() {
    double effect = Power.detectable(0.05, 8, LEVEL);
    double found = share(run -> verdict(Math.log1p(effect), 0.05, 8) == Verdict.FASTER);
    documented("the difference called detectable with 8 rounds is found", found);
    assertThat(found).isBetween(0.78, 0.82);
  }

  @Test
  void moreRoundsAndASteadierMachineDetectSmallerDifferences() {
    for (double sd : new double[] {0.02, 0.04, 0.08}) {
      String row =
          IntStream.of(4, 8, 16, 32)
              .mapToObj(n -> percent(Power.detectable(sd, n, LEVEL)))
              .collect(Collectors.joining(" | "));
      line("| " + percent(sd) + " | " + row + " |");
    }
    assertThat(Power.detectable(0.02, 32, LEVEL)).isLessThan(Power.detectable(0.08, 4, LEVEL));
  }

  @Test
  void aClosedLoopHidesAStall() {
    // One server, 1 ms a request, which stalls for 500 ms every 5 s; 100 s of load.
    long closed = percentile99(closedLoop());
    long open = percentile99(openLoop());
    line(String.format(Locale.ROOT, "| p99, one user who waits for each answer | %d ms |", closed));
    line(
        String.format(
            Locale.ROOT,
            "| p99, 100 requests a second, timed from the intended start | %d ms |",
            open));
    assertThat(closed).isEqualTo(1);
    assertThat(open).isGreaterThan(400);
  }

  @Test
  void warmingUpByTheDataEndsSoonWhereNothingWarmsAndLaterWhereSomethingDoes() {
    WarmUpCriterion steady = warmUps(0);
    WarmUpCriterion slow = warmUps(4);
    line(
        String.format(
            Locale.ROOT, "| slices until \"warm\", nothing to warm | %.1f |", steady.slices));
    line(
        String.format(
            Locale.ROOT,
            "| slices until \"warm\", deficit of 60 %% that shrinks to 37 %% of itself every 4 slices | %.1f |",
            slow.slices));
    documented("the deficit then left", slow.deficit);
    documented("the deficit left after a fixed warm-up of 6 slices", 0.6 * Math.exp(-6 / 4.0));
    assertThat(steady.slices).isLessThan(8);
    assertThat(slow.slices).isGreaterThan(12);
    assertThat(slow.deficit).isLessThan(0.03);
  }

  private record WarmUpCriterion(double slices, double deficit) {}

  private WarmUpCriterion warmUps(double decay) {
    double slices = 0;
    double deficit = 0;
    for (int run = 0; run < RUNS; run++) {
      double[] figures = new double[30];
      int done = 0;
      while (WarmUp.after(Arrays.copyOf(figures, done), Better.HIGHER, 30)
          == WarmUp.State.WARMING) {
        figures[done] = (1 - deficit(done, decay)) * Math.exp(0.05 * random.nextGaussian());
        done++;
      }
      slices += (double) done / RUNS;
      deficit += deficit(done, decay) / RUNS;
    }
    return new WarmUpCriterion(slices, deficit);
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

  private Comparison fiveArms(long seed, int rounds, double effect) {
    SimulatedMachine machine = new SimulatedMachine(random, 0, effect, 0.2, -0.1, 0);
    return Comparison.of(machine.run(new Schedule(5, seed), rounds, 3), Better.HIGHER);
  }

  private Verdict verdict(double effect, double sd, int rounds) {
    List<LogRatio> run =
        IntStream.range(0, rounds)
            .mapToObj(i -> new LogRatio(effect + sd * random.nextGaussian(), 0, i % 2 == 0, 0))
            .toList();
    return Comparison.of(run, Better.HIGHER).verdict();
  }

  private double peeking(int[] looks, double level) {
    return share(
        run -> {
          double[] values = noise(looks[looks.length - 1]);
          return Arrays.stream(looks)
              .anyMatch(n -> fit(Arrays.copyOf(values, n), i -> i % 2 == 0).pValue() < level);
        });
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

  private interface Index {
    boolean at(int i);
  }

  private static OrderFit fit(double[] values, Index first) {
    boolean[] order = new boolean[values.length];
    for (int i = 0; i < values.length; i++) {
      order[i] = first.at(i);
    }
    return new OrderFit(values, order, new int[values.length]);
  }

  private static double share(Index trueOfRun) {
    return (double) IntStream.range(0, RUNS).filter(trueOfRun::at).count() / RUNS;
  }

  private static void documented(String what, double share) {
    line("| " + what + " | " + percent(share) + " |");
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static void line(String line) {
    System.out.println(line);
    try {
      assertThat(Files.readAllLines(Path.of("../docs/method.md"))).contains(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
