package crossover.bench.text;

import com.google.errorprone.annotations.FormatMethod;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Texts that do not depend on the default locale. */
public final class Text {
  private Text() {}

  /** The same as {@link String#format} in every locale. */
  @FormatMethod
  public static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }

  /** So many significant digits, without zeros at the end; "–" where there is no figure. */
  public static String rounded(double figure, int digits) {
    return Double.isFinite(figure)
        ? new BigDecimal(figure, new MathContext(digits)).stripTrailingZeros().toPlainString()
        : "–";
  }
}
