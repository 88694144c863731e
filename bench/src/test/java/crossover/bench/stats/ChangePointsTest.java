package crossover.bench.stats;

import static crossover.bench.stats.ChangePoints.LEVEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import crossover.bench.stats.ChangePoints.ChangePoint;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangePointsTest {
  /** Flow of the Nile at Aswan, 1871 to 1970, in 10⁸ m³. */
  private static final double[] NILE = {
    1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180,
    799, 958, 1140, 1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694, 940, 833,
    701, 916, 692, 1020, 1050, 969, 831, 726, 456, 824, 702, 1120, 1100, 832, 764, 821, 768, 845,
    864, 862, 698, 845, 744, 796, 1040, 759, 781, 865, 845, 944, 984, 897, 822, 1010, 771, 676, 649,
    846, 812, 742, 801, 1040, 860, 874, 848, 890, 744, 749, 838, 1050, 918, 986, 797, 923, 975, 815,
    1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740
  };

  /**
   * G. W. Cobb, The problem of the Nile, Biometrika 65 (1978): the level fell after 1898. The means
   * are those of the documentation of R's strucchange, which has the same break.
   */
  @Test
  void theNileFellAfter1898() {
    assertThat(ChangePoints.of(NILE, LEVEL))
        .singleElement()
        .satisfies(point -> assertThat(1871 + point.index()).isEqualTo(1899))
        .satisfies(point -> assertThat(point.before()).isCloseTo(1097.75, within(0.005)))
        .satisfies(point -> assertThat(point.after()).isCloseTo(849.97, within(0.005)))
        .satisfies(point -> assertThat(point.p()).isLessThan(1e-10));
  }

  /** The example in the tests of Apache Otava, and what they expect. */
  @Test
  void twoStepsAreFound() {
    double[] series = {
      0.3, 2.4, 1.5, -0.9, -0.5, 99.7, 98.3, 99.1, 149.0, 149.7, 149.5, 149.1, 148.8, 150.0
    };

    assertThat(indexes(series)).containsExactly(5, 8);
  }

  /** t = 6 ÷ √(4 ÷ 4 · (1/3 + 1/3)) = 7.348 of 4 degrees of freedom: p = 0.00183. */
  @Test
  void aStepThatIsNotCertainIsNone() {
    assertThat(indexes(1, 2, 3, 7, 8, 9)).isEmpty();
    // With one value more on each side: t = 6 ÷ √(4 ÷ 6 · (1/4 + 1/4)) = 10.39 of 6.
    assertThat(ChangePoints.of(new double[] {1, 2, 3, 2, 7, 8, 9, 8}, LEVEL))
        .singleElement()
        .satisfies(point -> assertThat(point.index()).isEqualTo(4))
        .satisfies(point -> assertThat(point.p()).isCloseTo(4.64e-5, within(0.01e-5)));
  }

  @Test
  void neitherOneRunNorAnEqualSeriesChangesAnything() {
    assertThat(indexes()).isEmpty();
    assertThat(indexes(1)).isEmpty();
    assertThat(indexes(1, 5)).isEmpty();
    assertThat(indexes(0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1)).isEmpty();
    assertThat(indexes(1, 1.01, 0.99, 1, 1.01, 0.99, 1, 1.01, 2)).isEmpty();
    assertThat(indexes(1, 1.01, 0.99, 1, 2, 1.01, 0.99, 1, 1.01)).isEmpty();
    assertThat(indexes(1, 1, 1, 2, 2, 2)).containsExactly(3);
    assertThatIllegalArgumentException().isThrownBy(() -> indexes(1, Double.NaN));
  }

  /** Up and down again far from both ends, in several windows. */
  @Test
  void aChangeInTheMiddleOfALongSeriesIsFound() {
    SplittableRandom random = new SplittableRandom(3);
    double[] series = new double[400];
    Arrays.setAll(series, i -> (i >= 190 && i < 205 ? 0.05 : 0) + 0.01 * random.nextGaussian());

    assertThat(indexes(series)).containsExactly(190, 205);
  }

  /**
   * Of series without a change, those with a false alarm, in 2,000 of normal noise and of Student's
   * t of 3 degrees of freedom: 0.05 and 0 % of 6 runs, 0.1 and 0.05 % of 10, 0.05 and 0.15 % of 20,
   * 0.25 and 0.4 % of 50, 0.4 and 0.9 % of 100.
   */
  @ParameterizedTest
  @CsvSource({
    "6, 0.001, 0.001",
    "10, 0.002, 0.001",
    "20, 0.001, 0.002",
    "50, 0.003, 0.005",
    "100, 0.005, 0.010"
  })
  void seriesWithoutAChangeRarelyShowOne(int runs, double ofGauss, double ofHeavyTails) {
    double gauss = falseAlarms(1, runs, SplittableRandom::nextGaussian);
    double heavy = falseAlarms(1, runs, ChangePointsTest::heavyTailed);

    assertThat(gauss).isLessThan(ofGauss);
    assertThat(heavy).isLessThan(ofHeavyTails);
  }

  /** Of 2,000 times 20 series of 20 runs: 0.1 %, of heavy tails 0.25 %. */
  @Test
  void manySeriesThatShareTheLevelRarelyShowAChange() {
    assertThat(falseAlarms(20, 20, SplittableRandom::nextGaussian)).isLessThan(0.0015);
    assertThat(falseAlarms(20, 20, ChangePointsTest::heavyTailed)).isLessThan(0.003);
  }

  /** In 4.7 % of 2,000 a false alarm was seen by who looks after every run up to the 50th. */
  @Test
  void atMostOneOfTwentyHistoriesShowsAChangeWithFiftyLooks() {
    assertThat(alarmsOfFiftyLooks(SplittableRandom::nextGaussian)).isLessThan(0.05);
  }

  /** In 9.3 % of 2,000 a false alarm was seen, with as many looks. */
  @Test
  void whereNoiseHasHeavyTailsOneOfElevenHistoriesShowsAChange() {
    assertThat(alarmsOfFiftyLooks(ChangePointsTest::heavyTailed)).isBetween(0.08, 0.105);
  }

  /** Histories of a comparison: one primary series, and three others that share a level. */
  private static double alarmsOfFiftyLooks(ToDoubleFunction<SplittableRandom> noise) {
    return share(
        2_000,
        random ->
            DoubleStream.of(LEVEL, LEVEL / 3, LEVEL / 3, LEVEL / 3)
                .anyMatch(
                    level -> {
                      double[] series = new double[50];
                      Arrays.setAll(series, i -> noise.applyAsDouble(random));
                      return IntStream.rangeClosed(2 * ChangePoints.FEWEST, 50)
                          .mapToObj(runs -> ChangePoints.of(Arrays.copyOf(series, runs), level))
                          .anyMatch(changes -> !changes.isEmpty());
                    }));
  }

  /** A step of three standard deviations after ten runs. */
  @Test
  void aStepIsFoundAfterAFewRuns() {
    assertThat(found(4)).isBetween(0.36, 0.46); // 0.41 of 1,000; 0.23 after 3 runs, 0.67 after 6
    assertThat(found(8)).isGreaterThan(0.8); // 0.83; 0.90 after 10 runs
  }

  private static double found(int runsAfter) {
    return share(
        1_000,
        random -> {
          double[] series = new double[10 + runsAfter];
          Arrays.setAll(series, i -> random.nextGaussian() + (i < 10 ? 3 : 0));
          return Arrays.stream(indexes(series)).anyMatch(index -> Math.abs(index - 10) <= 1);
        });
  }

  /** The share of simulations in which any series shows a change. */
  private static double falseAlarms(
      int ofSeries, int runs, ToDoubleFunction<SplittableRandom> noise) {
    return share(
        2_000,
        random ->
            IntStream.range(0, ofSeries)
                .mapToObj(s -> DoubleStream.generate(() -> noise.applyAsDouble(random)))
                .map(values -> ChangePoints.of(values.limit(runs).toArray(), LEVEL / ofSeries))
                .anyMatch(changes -> !changes.isEmpty()));
  }

  private static double share(int runs, Predicate<SplittableRandom> trueOfRun) {
    return (double)
            LongStream.range(0, runs)
                .parallel()
                .filter(seed -> trueOfRun.test(new SplittableRandom(seed)))
                .count()
        / runs;
  }

  /** Student's t of 3 degrees of freedom. */
  private static double heavyTailed(SplittableRandom random) {
    double squares = 0;
    for (int i = 0; i < 3; i++) {
      squares += Math.pow(random.nextGaussian(), 2);
    }
    return random.nextGaussian() / Math.sqrt(squares / 3);
  }

  private static int[] indexes(double... series) {
    return ChangePoints.of(series, LEVEL).stream().mapToInt(ChangePoint::index).toArray();
  }
}
