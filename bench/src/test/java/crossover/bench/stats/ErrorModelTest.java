package crossover.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import crossover.bench.stats.BlockDesign.Spot;
import crossover.bench.stats.BlockDesign.Value;
import crossover.bench.stats.ErrorModel.Contrast;
import crossover.bench.stats.ErrorModel.Fit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * Worked examples. The expected figures come from numpy: least squares by the pseudo-inverse of the
 * model's matrix X, the residuals' projection M = 1 − X·X⁺, and for incomplete rounds the shares q
 * from K·q = S/MSE, where K holds the sums of M's squared elements by pairs of arms.
 */
class ErrorModelTest {
  private static final Offset<Double> DIGITS = within(1e-6);

  /** Two cells of four rounds and three arms. */
  private static final double[][][] TWO_CELLS = {
    {{6.91, 6.85, 7.02}, {6.95, 6.93, 7.05}, {6.80, 6.77, 6.99}, {6.99, 6.90, 7.08}},
    {{5.10, 5.17, 5.09}, {5.02, 5.01, 5.03}, {5.21, 5.30, 5.17}, {5.07, 5.12, 5.13}}
  };

  private static List<Value> cell(double[][] rounds) {
    List<Value> values = new ArrayList<>();
    for (int round = 0; round < rounds.length; round++) {
      for (int arm = 0; arm < rounds[round].length; arm++) {
        values.add(new Value(new Spot(round, 1, arm, 0), rounds[round][arm]));
      }
    }
    return values;
  }

  @Test
  void anArmsShareOfTheNoiseComesFromAllCellsAndIsDrawnTowardsOne() {
    ErrorModel model = new ErrorModel(List.of(cell(TWO_CELLS[0]), cell(TWO_CELLS[1])), 3);

    // Shukla's shares are 0.1683, 1.0904 and 1.7412, with a weight of 2 · 3 · 1 / 3 = 2 against 1.
    assertThat(model.shares).containsExactly(new double[] {0.445565, 1.060273, 1.494162}, DIGITS);
    is(model.fit(Contrast.of(0, 3, 1, 0)), -0.05, 0.017324, 6);
    is(model.fit(Contrast.of(0, 3, 2, 0)), 0.1225, 0.019662, 6);
    is(model.fit(Contrast.of(1, 3, 1, 0)), 0.05, 0.023587, 6);
    is(model.fit(Contrast.of(1, 3, 2, 0)), 0.005, 0.026770, 6);
  }

  @Test
  void aMissingValueIsNotGuessed() {
    double[][] rounds = {
      TWO_CELLS[0][0], TWO_CELLS[0][1], {6.80, Double.NaN, 6.99}, TWO_CELLS[0][3]
    };
    ErrorModel model = new ErrorModel(List.of(cell(rounds)), 3);

    assertThat(model.shares).containsExactly(new double[] {1.126734, 0.846530, 1.026736}, DIGITS);
    is(model.fit(Contrast.of(0, 3, 1, 0)), -0.045417, 0.023524, 5);
    is(model.fit(Contrast.of(0, 3, 2, 0)), 0.1225, 0.022123, 5);
  }

  @Test
  void whereSlicesStandOneAfterTheOtherThePlaceIsTakenOutDayByDay() {
    List<Value> values =
        List.of(
            new Value(new Spot(1, 1, 0, 0), 1.02),
            new Value(new Spot(1, 1, 1, 1), 1.10),
            new Value(new Spot(2, 1, 0, 1), 0.91),
            new Value(new Spot(2, 1, 1, 0), 1.05),
            new Value(new Spot(3, 2, 0, 0), 1.21),
            new Value(new Spot(3, 2, 1, 1), 1.22),
            new Value(new Spot(4, 2, 0, 1), 1.10),
            new Value(new Spot(4, 2, 1, 0), 1.18),
            new Value(new Spot(5, 2, 0, 0), 0.99));
    ErrorModel model = new ErrorModel(List.of(values), 2);

    is(model.fit(Contrast.of(0, 2, 1, 0)), 0.0775, 0.0325, 1);
    is(model.placeEffect(0), -0.0325, 0.0325, 1);
  }

  @Test
  void twoArmsHaveTheirPairedDifferencesAndOtherCellsAQuarterOfTheirSay() {
    double[][] quiet = {{0, 0.10}, {0, 0.14}, {0, 0.08}, {0, 0.12}};
    double[][] noisy = {{0, 0.02}, {0, 0.30}, {0, -0.15}, {0, 0.05}};
    ErrorModel alone = new ErrorModel(List.of(cell(quiet)), 2);
    ErrorModel both = new ErrorModel(List.of(cell(quiet), cell(noisy)), 2);

    // √(0.000667 ÷ 4): the ordinary standard error of the four differences.
    is(alone.fit(Contrast.of(0, 2, 1, 0)), 0.11, 0.012910, 3);
    is(both.fit(Contrast.of(0, 2, 1, 0)), 0.11, 0.034955, 3);
    is(both.fit(Contrast.of(1, 2, 1, 0)), 0.055, 0.086909, 3);
  }

  @Test
  void whatTheRoundsCannotTellIsRefused() {
    double none = Double.NaN;
    double[][] neverTogether = {{1, none}, {1.1, none}, {none, 2}, {none, 2.1}};
    Fit apart = new ErrorModel(List.of(cell(neverTogether)), 2).fit(Contrast.of(0, 2, 1, 0));
    Fit one =
        new ErrorModel(List.of(cell(new double[][] {{1, 2}})), 2).fit(Contrast.of(0, 2, 1, 0));
    Fit nothing = new ErrorModel(List.of(List.of()), 2).fit(Contrast.of(0, 2, 1, 0));

    assertThat(apart).isEqualTo(Fit.NONE);
    assertThat(nothing).isEqualTo(Fit.NONE);
    assertThat(one.value()).isEqualTo(1, DIGITS);
    assertThat(one.halfWidth()).isNaN();
  }

  @Test
  void roundsThatAllSayTheSameLeaveNoDoubt() {
    ErrorModel model =
        new ErrorModel(List.of(cell(new double[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}})), 3);
    Fit fit = model.fit(Contrast.of(0, 3, 2, 0));
    assertThat(fit.value()).isEqualTo(2, DIGITS);
    assertThat(fit.standardError()).isLessThan(1e-9);
  }

  @Test
  void whateverTheOrderAndWhateverIsMissingEffectsAreFoundOrRefused() {
    Random random = new Random(1);
    int told = 0;
    for (int i = 0; i < 3_000; i++) {
      int arms = 2 + random.nextInt(11);
      double missing = random.nextInt(3) / 4.0;
      List<Value> values = new ArrayList<>();
      for (int round = 1; round <= 1 + i % 4; round++) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, arms).boxed().toList());
        Collections.shuffle(order, random);
        for (int place = 0; place < arms; place++) {
          double value = 10.0 * round + order.get(place) + 0.1 * place;
          boolean isThere = random.nextDouble() >= missing;
          Spot spot = new Spot(round, 1, order.get(place), place);
          values.add(new Value(spot, isThere ? value : Double.NaN));
        }
      }
      Fit fit = new ErrorModel(List.of(values), arms).fit(Contrast.of(0, arms, 1, 0));
      if (Double.isFinite(fit.value())) {
        told++;
        assertThat(fit.value()).as("%s", values).isEqualTo(1, DIGITS);
      }
    }
    assertThat(told).isGreaterThan(1_000);
  }

  private static void is(Fit fit, double value, double standardError, int df) {
    assertThat(fit.value()).isEqualTo(value, DIGITS);
    assertThat(fit.standardError()).isEqualTo(standardError, DIGITS);
    assertThat(fit.df()).isEqualTo(df);
  }
}
