package crossover.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrationTest {
  private static final Comparison SILENT = comparison(0.01, -0.01, 0.02, -0.02);
  private static final Comparison ALARM = comparison(0.11, 0.09, 0.10, 0.10);

  @Test
  void theShareOfFalseAlarmsIsCounted() {
    List<Comparison> all = new ArrayList<>(Collections.nCopies(39, SILENT));
    all.add(ALARM);
    Calibration calibration = Calibration.of(all);
    assertThat(calibration.comparisons()).isEqualTo(40);
    assertThat(calibration.excludingOne()).isEqualTo(1);
    assertThat(calibration.share()).isEqualTo(0.025);
    assertThat(calibration.sound()).isTrue();
  }

  /** SciPy: the largest x with binom.sf(x - 1, n, 0.05) ≥ 0.05. */
  @ParameterizedTest
  @CsvSource({"1, 1", "10, 2", "20, 3", "40, 4", "100, 9"})
  void asManyFalseAlarmsAsChanceExplainsAreAllowed(int comparisons, int allowed) {
    assertThat(withAlarms(comparisons, allowed).sound()).isTrue();
    assertThat(withAlarms(comparisons, allowed).allowedShare())
        .isCloseTo((double) allowed / comparisons, within(1e-12));
    if (allowed < comparisons) {
      assertThat(withAlarms(comparisons, allowed + 1).sound()).isFalse();
    }
  }

  /**
   * Both comparisons have 2 degrees of freedom: √((2·s₁² + 2·s₂²)/4), with s₁ = 0.02·√1.25·√…, see
   * SciPy.
   */
  @Test
  void theSpreadIsPooledAndSaysWhatCanBeDetected() {
    Calibration calibration = Calibration.of(List.of(SILENT, ALARM));
    assertThat(calibration.sdLogRatio()).isCloseTo(0.0070710678, within(1e-9));
    assertThat(calibration.detectable()).containsOnlyKeys(4, 8, 16, 32);
    assertThat(calibration.detectable().get(32)).isLessThan(calibration.detectable().get(4));
  }

  @Test
  void withoutAnIntervalNothingIsClaimed() {
    Calibration calibration = Calibration.of(List.of(comparison(0.1)));
    assertThat(calibration.comparisons()).isZero();
    assertThat(calibration.share()).isNaN();
    assertThat(calibration.sdLogRatio()).isNaN();
    assertThat(calibration.detectable().get(8)).isNaN();
    assertThat(calibration.sound()).isFalse();
  }

  @Test
  void roundsAreCutIntoGroupsAndTheRestJoinsTheLast() {
    List<LogRatio> rounds =
        IntStream.range(0, 11).mapToObj(i -> new LogRatio(i, 0, i % 2 == 0, 0)).toList();
    List<List<LogRatio>> groups = Calibration.groups(rounds, 4);
    assertThat(groups).hasSize(2);
    assertThat(groups.get(0)).isEqualTo(rounds.subList(0, 4));
    assertThat(groups.get(1)).isEqualTo(rounds.subList(4, 11));
    assertThat(Calibration.groups(rounds.subList(0, 3), 4)).isEmpty();
  }

  private static Calibration withAlarms(int comparisons, int alarms) {
    List<Comparison> all = new ArrayList<>(Collections.nCopies(comparisons - alarms, SILENT));
    all.addAll(Collections.nCopies(alarms, ALARM));
    return Calibration.of(all);
  }

  private static Comparison comparison(double... differences) {
    return Comparison.of(
        IntStream.range(0, differences.length)
            .mapToObj(i -> new LogRatio(differences[i], 0, i % 2 == 0, 0))
            .toList(),
        Better.HIGHER);
  }
}
