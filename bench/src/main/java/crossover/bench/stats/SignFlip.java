package crossover.bench.stats;

import java.util.Arrays;
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
  private static final int RANDOM_FLIPS = 10_000;

  private SignFlip() {}

  /**
   * Two-sided p-value of the weighted sum of the values: exact (all 2ⁿ flips) up to 16 values,
   * otherwise from 10,000 random flips with a fixed seed. NaN below 6 values, where no p-value
   * could be under 5 %.
   */
  static double pValue(double[] values, double[] weights) {
    int n = values.length;
    if (n < FEWEST_ROUNDS) {
      return Double.NaN;
    }
    double[] terms = new double[n];
    double observed = 0;
    double largest = 0;
    for (int i = 0; i < n; i++) {
      terms[i] = values[i] * weights[i];
      observed += terms[i];
      largest += Math.abs(terms[i]);
    }
    // Sums that are equal on paper differ in their last digits with the sequence of adding.
    double atLeast = Math.abs(observed) - 1e-9 * largest;
    return n <= EXACT_UP_TO ? exact(terms, atLeast) : sampled(terms, atLeast);
  }

  private static double exact(double[] terms, double atLeast) {
    int all = 1 << terms.length;
    int extreme = 0;
    double sum = Arrays.stream(terms).sum();
    for (int pattern = 1; pattern <= all; pattern++) {
      extreme += Math.abs(sum) >= atLeast ? 1 : 0;
      // Gray code: each pattern differs from the one before it in one sign.
      int turned = Integer.numberOfTrailingZeros(pattern);
      if (pattern < all) {
        terms[turned] = -terms[turned];
        sum += 2 * terms[turned];
      }
    }
    return (double) extreme / all;
  }

  private static double sampled(double[] terms, double atLeast) {
    Random random = new Random(terms.length);
    int extreme = 1;
    for (int flip = 0; flip < RANDOM_FLIPS; flip++) {
      double sum = 0;
      int signs = 0;
      for (int i = 0; i < terms.length; i++) {
        signs = i % Integer.SIZE == 0 ? random.nextInt() : signs >>> 1;
        // A factor, for a branch would be mispredicted half the time.
        sum += (1 - 2 * (signs & 1)) * terms[i];
      }
      extreme += Math.abs(sum) >= atLeast ? 1 : 0;
    }
    return (double) extreme / (RANDOM_FLIPS + 1);
  }
}
