package crossover.bench.report;

import crossover.bench.results.Verdict;

/** A verdict as a style, and as a sign for those who do not see colours. */
final class Signs {
  private Signs() {}

  /** The class in the style sheet. */
  static String kind(Verdict verdict) {
    return switch (verdict) {
      case FASTER -> "faster";
      case SLOWER -> "slower";
      case EQUIVALENT -> "equivalent";
      case INCONCLUSIVE -> "inconclusive";
      case TOO_FEW_ROUNDS -> "unknown";
      case NOT_VALID -> "invalid";
    };
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
