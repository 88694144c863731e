package crossover.bench.report;

import crossover.bench.results.Estimate;
import crossover.bench.results.MachineCalibration;
import java.util.Locale;
import java.util.TreeMap;

/** A calibration on a terminal: a few lines of at most 100 columns. */
public final class CalibrationTable {
  private static final String ROW = "  %-42s %s%n";

  private CalibrationTable() {}

  /** The false alarms, the smallest differences that can be found, and the known delay. */
  public static String of(MachineCalibration c) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            ROW,
            "An arm compared with itself",
            String.format(Locale.ROOT, "%d times", c.comparisons())));
    text.append(
        String.format(
            Locale.ROOT,
            ROW,
            "wrongly found different",
            String.format(
                Locale.ROOT,
                "%d (%s; chance explains up to %.0f)",
                c.excludingOne(),
                Figures.percent(c.share()),
                c.allowedShare() * c.comparisons())));
    text.append(
        String.format(
            Locale.ROOT,
            ROW,
            "spread between rounds",
            String.format(
                Locale.ROOT,
                "%s (%s – %s)",
                Figures.percent(c.sdLogRatio().value()),
                Figures.percent(c.sdLogRatio().low()),
                Figures.percent(c.sdLogRatio().high()))));
    new TreeMap<>(c.detectable())
        .forEach(
            (rounds, effect) ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        ROW,
                        String.format(Locale.ROOT, "found in 4 of 5 runs of %2d rounds", rounds),
                        Figures.percent(effect))));
    text.append(
        String.format(
            Locale.ROOT,
            ROW,
            "Delay put into one arm",
            Figures.millis(c.injectedMillis()) + " ms"));
    text.append(
        String.format(Locale.ROOT, ROW, "measured (95 % interval)", measured(c.estimatedMillis())));
    return text.toString();
  }

  private static String measured(Estimate delay) {
    if (Double.isNaN(delay.low())) {
      return "not measured: the generator itself was late in too many slices";
    }
    return String.format(
        Locale.ROOT,
        "%s ms (%s – %s)",
        Figures.millis(delay.value()),
        Figures.millis(delay.low()),
        Figures.millis(delay.high()));
  }
}
