package crossover.bench.report;

import crossover.bench.results.Estimate;
import crossover.bench.results.MachineCalibration;
import java.util.Locale;
import java.util.TreeMap;

/** A calibration on a terminal: a few lines of at most 100 columns. */
public final class CalibrationTable {
  private final StringBuilder text = new StringBuilder();

  private CalibrationTable() {}

  /** The false alarms, the smallest differences that can be found, and the known delay. */
  public static String of(MachineCalibration calibration) {
    CalibrationTable table = new CalibrationTable();
    table.fill(calibration);
    return table.text.toString();
  }

  private void fill(MachineCalibration c) {
    row("An arm compared with itself", Figures.count(c.comparisons(), "time"));
    row(
        "wrongly found different",
        c.excludingOne()
            + " ("
            + Figures.percent(c.share())
            + "; chance explains up to "
            + Figures.whole(c.allowedShare() * c.comparisons())
            + ")");
    row(
        "a doubled error rate would be noticed",
        "in " + Figures.percent(c.power()) + " of such calibrations");
    row("spread between rounds (95 % interval)", percent(c.sdLogRatio()));
    if (c.detectable().isEmpty()) {
      row("smallest difference found", "not known: too few rounds");
    }
    new TreeMap<>(c.detectable())
        .forEach(
            (rounds, effect) ->
                row(
                    "found in 4 of 5 runs of " + Figures.count(rounds, "round"),
                    Figures.percent(effect)));
    row("Delay put into one arm", Figures.millis(c.injectedMillis()) + " ms");
    row("measured (95 % interval)", delay(c.estimatedMillis()));
  }

  private void row(String name, String value) {
    text.append(String.format(Locale.ROOT, "  %-42s %s%n", name, value));
  }

  private static String percent(Estimate spread) {
    return Figures.percent(spread.value())
        + " ("
        + Figures.percent(spread.low())
        + " – "
        + Figures.percent(spread.high())
        + ")";
  }

  private static String delay(Estimate delay) {
    return Double.isNaN(delay.low())
        ? "not measured: the generator itself was late in too many slices"
        : Figures.millis(delay.value())
            + " ms ("
            + Figures.millis(delay.low())
            + " – "
            + Figures.millis(delay.high())
            + ")";
  }
}
