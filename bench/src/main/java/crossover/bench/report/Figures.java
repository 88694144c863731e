package crossover.bench.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Figures as a reader sees them, everywhere the same: an unknown one is "–". */
public final class Figures {
  static final String UNKNOWN = "–";

  private Figures() {}

  /** Such as "1 round", "8 rounds". */
  public static String count(long n, String noun) {
    return n + " " + noun + (n == 1 ? "" : "s");
  }

  /** Three significant digits, or all of the integer part: 0.0412, 1.25, 17,512. */
  static String figure(double value) {
    if (!Double.isFinite(value)) {
      return UNKNOWN;
    }
    double size = Math.abs(value);
    int decimals = size == 0 ? 0 : Math.max(0, Math.min(6, 2 - (int) Math.floor(Math.log10(size))));
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  static String whole(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%,.0f", value) : UNKNOWN;
  }

  static String perSecond(double value) {
    return Double.isFinite(value) ? figure(value) + "/s" : UNKNOWN;
  }

  /** Milliseconds to the microsecond, so that a column of them aligns. */
  static String millis(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%,.3f", value) : UNKNOWN;
  }

  /** A ratio, always with three decimals so that a column of them aligns. */
  static String ratio(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.3f", value) : UNKNOWN;
  }

  static String interval(double low, double high) {
    return Double.isFinite(low) && Double.isFinite(high)
        ? ratio(low) + " – " + ratio(high)
        : UNKNOWN;
  }

  /** Two significant digits and no idle zeros: 0.05 is "5 %". */
  static String percent(double share) {
    if (!Double.isFinite(share)) {
      return UNKNOWN;
    }
    BigDecimal percent = BigDecimal.valueOf(share * 100).round(new MathContext(2));
    return percent.stripTrailingZeros().toPlainString() + " %";
  }
}
