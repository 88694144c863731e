package crossover.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleTest {
  @Test
  void halfAndDoubleAreEquallyFarFromOne() {
    Scale scale = new Scale(0.25, 4);

    assertThat(scale.percent(1)).isEqualTo(50);
    assertThat(scale.percent(0.5)).isCloseTo(25, within(1e-9));
    assertThat(scale.percent(2)).isCloseTo(75, within(1e-9));
  }

  @Test
  void whatLiesBeyondTheAxisStandsAtItsEnd() {
    Scale scale = new Scale(0.5, 2);

    assertThat(scale.at(0.01)).isEqualTo("0.00%");
    assertThat(scale.at(100)).isEqualTo("100.00%");
  }

  @Test
  void unknownValuesDoNotStretchTheAxis() {
    Scale scale = Scale.around(DoubleStream.of(0.9, Double.NaN, Double.POSITIVE_INFINITY, 1.1, 0));

    assertThat(scale.low()).isBetween(0.8, 0.9);
    assertThat(scale.high()).isBetween(1.1, 1.2);
  }

  @Test
  void withoutAnyValueThereIsStillAnAxis() {
    assertThat(Scale.around(DoubleStream.empty()).percent(1)).isBetween(40.0, 60.0);
  }

  @ParameterizedTest
  @CsvSource({"0.95,1.05", "0.7,1.3", "0.3,1.2", "0.2,30", "0.01,900", "0.4,12"})
  void ticksStandApartAndWithinTheAxis(double low, double high) {
    Scale scale = new Scale(low, high);

    double[] ticks =
        scale.ticks(10).stream().mapToDouble(tick -> Double.parseDouble(tick.value())).toArray();

    assertThat(ticks).hasSizeBetween(2, 11);
    for (int i = 0; i < ticks.length; i++) {
      assertThat(ticks[i]).isBetween(low, high);
      if (i > 0) {
        assertThat(scale.percent(ticks[i]) - scale.percent(ticks[i - 1]))
            .isGreaterThanOrEqualTo(10);
      }
    }
  }
}
