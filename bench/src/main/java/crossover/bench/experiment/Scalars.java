package crossover.bench.experiment;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values of an experiment file: text to value, in the range that is allowed, and back. */
final class Scalars {
  private static final Pattern DURATION =
      Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*(ns|us|µs|ms|s|min|m|h)");
  private static final Map<String, Long> NANOS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "µs", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "min", 60_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([\\w.-]+)}");
  private static final Pattern HIDDEN = Pattern.compile("\\$\uE000([\\w.-]+)\uE001");

  private Scalars() {}

  /**
   * A file's text with other signs for the braces of <code>${port}</code>: YAML would end a plain
   * word in a list there.
   */
  static String hidden(String text) {
    return PLACEHOLDER.matcher(text).replaceAll("\\$\uE000$1\uE001");
  }

  /** A value of such a file as it is written there. */
  static String shown(String text) {
    return HIDDEN.matcher(text).replaceAll("\\${$1}");
  }

  static Integer integer(String text, Allowed allowed) {
    return integer(
        text, new Range(Integer.parseInt(allowed.min()), Integer.parseInt(allowed.max())));
  }

  static Integer integer(String text, Range range) {
    try {
      int value = Integer.parseInt(text);
      if (range.holds(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Refused below, as a number out of range is.
    }
    throw new Refusal("is " + text + ", but must be " + range);
  }

  static Boolean bool(String text, Allowed none) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new Refusal("is " + text + ", but must be true or false");
    };
  }

  /** A number or a percentage: {@code 0.05} and {@code 5%} are the same. */
  static Double fraction(String text, Allowed allowed) {
    return fraction(text, allowed.min(), allowed.max());
  }

  static Double fraction(String text, String min, String max) {
    try {
      boolean percent = text.endsWith("%");
      BigDecimal number =
          new BigDecimal(percent ? text.substring(0, text.length() - 1).strip() : text);
      BigDecimal value = percent ? number.movePointLeft(2) : number;
      if (value.compareTo(new BigDecimal(min)) >= 0 && value.compareTo(new BigDecimal(max)) <= 0) {
        return value.doubleValue();
      }
    } catch (NumberFormatException e) {
      // Refused below.
    }
    throw new Refusal(
        "is " + text + ", but must be from " + min + " to " + max + ", as in 0.03 or 3%");
  }

  static Duration duration(String text, Allowed allowed) {
    return duration(text, allowed.min(), allowed.max());
  }

  static Duration duration(String text, String least, String most) {
    Duration min = duration(least);
    Duration max = duration(most);
    Duration value = duration(text);
    if (value == null || value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      String range = text(min) + " to " + text(max);
      throw new Refusal(
          "is " + text + ", but must be a time from " + range + ", with its unit: ms, s, min or h");
    }
    return value;
  }

  private static Duration duration(String text) {
    Matcher m = DURATION.matcher(text);
    if (!m.matches()) {
      return null;
    }
    BigDecimal nanos =
        new BigDecimal(m.group(1)).multiply(BigDecimal.valueOf(NANOS.get(m.group(2))));
    return nanos.precision() - nanos.scale() > 18 ? null : Duration.ofNanos(nanos.longValue());
  }

  /** A duration as it is read back, to the nanosecond. */
  static String text(Duration duration) {
    String seconds = BigDecimal.valueOf(duration.toNanos(), 9).stripTrailingZeros().toPlainString();
    return seconds + " s";
  }

  static LinkSpec link(String text, Allowed none) {
    try {
      return LinkSpec.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Refusal("is " + e.getMessage());
    }
  }
}
