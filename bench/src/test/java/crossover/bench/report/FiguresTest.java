package crossover.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FiguresTest {
  @Test
  void aFigureHasThreeSignificantDigitsAndNeverLosesItsIntegerPart() {
    assertThat(Figures.figure(0.041237)).isEqualTo("0.0412");
    assertThat(Figures.figure(1.2534)).isEqualTo("1.25");
    assertThat(Figures.figure(17_512.4)).isEqualTo("17,512");
    assertThat(Figures.figure(0)).isEqualTo("0");
    assertThat(Figures.figure(-3.14159)).isEqualTo("-3.14");
  }

  @Test
  void aNounIsPluralButForOne() {
    assertThat(Figures.count(1, "round")).isEqualTo("1 round");
    assertThat(Figures.count(0, "round")).isEqualTo("0 rounds");
    assertThat(Figures.count(12, "arm")).isEqualTo("12 arms");
  }

  @Test
  void whatIsNotKnownIsSaidInWords() {
    assertThat(Figures.figure(Double.NaN)).isEqualTo("not known");
    assertThat(Figures.ratio(Double.POSITIVE_INFINITY)).isEqualTo("not known");
    assertThat(Figures.millis(Double.NaN)).isEqualTo("not known");
    assertThat(Figures.perSecond(Double.NaN)).isEqualTo("not known");
    assertThat(Figures.percent(Double.NaN)).isEqualTo("not known");
    assertThat(Figures.interval(0.9, Double.NaN)).isEqualTo("no interval");
  }

  @Test
  void aPercentageHasNoIdleZeros() {
    assertThat(Figures.percent(0.05)).isEqualTo("5 %");
    assertThat(Figures.percent(0.025)).isEqualTo("2.5 %");
    assertThat(Figures.percent(1)).isEqualTo("100 %");
  }
}
