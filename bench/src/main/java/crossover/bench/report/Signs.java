package crossover.bench.report;

import crossover.bench.results.Verdict;
import java.util.Locale;

/** A verdict as a style, and as a sign for those who do not see colours. */
final class Signs {
  private Signs() {}

  /** The class in the style sheets, such as "too_few_rounds". */
  static String kind(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }

  static String sign(Verdict verdict) {
    return switch (verdict) {
      case FASTER -> "▲";
      case SLOWER -> "▼";
      case EQUIVALENT -> "≈";
      case INCONCLUSIVE -> "?";
      case TOO_FEW_ROUNDS -> "";
      case NOT_VALID -> "✕";
    };
  }
}
