package crossover.bench.stats;

import java.util.Random;

/**
 * The sign-flip permutation test: were there no difference, every round's value could as well have
 * had the other sign.
 *
 * <p>Needs no normal distribution, so it cross-checks the t interval. A large period effect makes
 * it cautious, because the flips carry the effect with them. Source: Fisher, The Design of
 * Experiments (1935), §21.
 */
final class SignFlip {
  static final int FEWEST_ROUNDS = 6;

  private static final int EXACT_UP_TO = 16;
  private static final int RANDOM_FLIPS = 100_000;

  private SignFlip() {}

  /**
   * Two-sided p-value of the weighted sum of the values: exact (all 2ⁿ flips) up to 16 values,
   * otherwise from 100,000 random flips with a fixed seed. NaN below 6 values, where no p-value
   * could be under 5 %.
   */
  static double pValue(double[] values, double[] weights) {
    int n = values.length;
    if (n < FEWEST_ROUNDS) {
      return Double.NaN;
    }
    double[] terms = new double[n];
    double observed = 0;
    for (int i = 0; i < n; i++) {
      terms[i] = values[i] * weights[i];
      observed += terms[i];
    }
    // Sums that are equal on paper differ in their last digits with the sequence of adding.
    double atLeast = Math.abs(observed) * (1 - 1e-9);
    if (n <= EXACT_UP_TO) {
      int all = 1 << n;
      int extreme = 0;
      for (int signs = 0; signs < all; signs++) {
        extreme += Math.abs(flipped(terms, signs)) >= atLeast ? 1 : 0;
      }
      return (double) extreme / all;
    }
    Random random = new Random(n);
    int extreme = 1;
    for (int flip = 0; flip < RANDOM_FLIPS; flip++) {
      double sum = 0;
      for (double term : terms) {
        sum += random.nextBoolean() ? term : -term;
      }
      extreme += Math.abs(sum) >= atLeast ? 1 : 0;
    }
    return (double) extreme / (RANDOM_FLIPS + 1);
  }

  private static double flipped(double[] terms, int signs) {
    double sum = 0;
    for (int i = 0; i < terms.length; i++) {
      sum += (signs >> i & 1) == 0 ? terms[i] : -terms[i];
    }
    return sum;
  }
}
