package crossover.bench.report;

import crossover.bench.text.Text;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Figures as a reader sees them, the same everywhere and under every locale. */
public final class Figures {
  static final String UNKNOWN = "not known";

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private Figures() {}

  /** Such as "1 round", "8 rounds". */
  public static String count(long n, String noun) {
    return n + " " + noun + (n == 1 ? "" : "s");
  }

  /** Three significant digits, or all of the integer part: 0.0412, 1.25, 17,512. */
  static String figure(double value) {
    double size = Math.abs(value);
    int decimals = size == 0 ? 0 : Math.max(0, Math.min(6, 2 - (int) Math.floor(Math.log10(size))));
    return text("%,." + decimals + "f", value);
  }

  static String whole(double value) {
    return text("%,.0f", value);
  }

  /** A length in a drawing. */
  static String pixels(double value) {
    return text("%.1f", value);
  }

  static String perSecond(double value) {
    return Double.isFinite(value) ? figure(value) + "/s" : UNKNOWN;
  }

  /** Milliseconds to the microsecond, so that a column of them aligns. */
  static String millis(double value) {
    return text("%,.3f", value);
  }

  /** A ratio, always with three decimals so that a column of them aligns. */
  static String ratio(double value) {
    return text("%.3f", value);
  }

  /** Both ends of the interval of a ratio. */
  static String interval(double low, double high) {
    return bounded(low, high) ? ratio(low) + " – " + ratio(high) : "no interval";
  }

  /** Both ends of any other interval. */
  static String range(double low, double high) {
    return bounded(low, high) ? figure(low) + " – " + figure(high) : "no interval";
  }

  /** Two significant digits without trailing zeros: 0.05 is "5 %". */
  static String percent(double share) {
    return Double.isFinite(share) ? Text.rounded(share * 100, 2) + " %" : UNKNOWN;
  }

  /** Such as "42 seconds", "9 minutes". */
  static String minutes(double seconds) {
    return seconds < 120
        ? count(Math.round(seconds), "second")
        : count(Math.round(seconds / 60), "minute");
  }

  /** Such as "1 March 2026, 09:00 UTC". */
  static String day(Instant time) {
    return DAY.format(time);
  }

  private static boolean bounded(double low, double high) {
    return Double.isFinite(low) && Double.isFinite(high);
  }

  private static String text(String format, double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : UNKNOWN;
  }
}
