package crossover.bench.analysis;

import static crossover.bench.text.Text.format;
import static crossover.bench.text.Text.rounded;

import java.util.ArrayList;
import java.util.List;

/** What a candidate does for a request that its baseline does not, as a sentence. */
final class Why {
  /** Smaller differences are within the machine's noise. */
  private static final double WORTH_TELLING = 0.03;

  private Why() {}

  /** Null where nothing is known of one of them. */
  static String of(String candidate, ArmFigures figures, String baseline, ArmFigures base) {
    List<String> parts = new ArrayList<>();
    add(parts, "server CPU", "ms", figures.cpuMillis(), base.cpuMillis());
    add(parts, "context switches", "", figures.switches(), base.switches());
    add(
        parts,
        "allocated memory",
        "kB",
        figures.allocatedBytes() / 1000,
        base.allocatedBytes() / 1000);
    if (Double.isNaN(figures.cpuMillis()) || Double.isNaN(base.cpuMillis())) {
      return null;
    }
    if (parts.isEmpty()) {
      return candidate + " spends on a request what " + baseline + " spends, within 3 %.";
    }
    return format(
        "Per request %s takes %s against %s.", candidate, String.join(", ", parts), baseline);
  }

  private static void add(
      List<String> parts, String what, String unit, double figure, double base) {
    double change = figure / base - 1;
    if (Math.abs(change) >= WORTH_TELLING && Double.isFinite(change)) {
      parts.add(
          format(
              "%+.0f %% %s (%s for %s%s)",
              100 * change,
              what,
              rounded(figure, 3),
              rounded(base, 3),
              unit.isEmpty() ? "" : " " + unit));
    }
  }
}
