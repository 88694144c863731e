package crossover.bench.stats;

import java.util.Arrays;

/**
 * What each arm's figure is in a round, from its slices in one or more passes: the arms' means,
 * freed of what made a whole pass slow. With all slices these are plain means. Where a slice is
 * missing the arm's other passes are compared with the same passes of the other arms (least squares
 * for arms and passes).
 */
public final class PassMeans {
  private static final int MOST_STEPS = 200;

  private PassMeans() {}

  /**
   * The arms' values.
   *
   * @param slices by arm and pass; NaN where a slice may not be used
   * @return by arm; NaN where it cannot be compared with most others
   */
  public static double[] of(double[][] slices) {
    int passes = slices.length == 0 ? 0 : slices[0].length;
    boolean[] used = comparable(slices, passes);
    double[] arms = new double[slices.length];
    double[] pass = new double[passes];
    boolean complete = true;
    for (int arm = 0; arm < slices.length; arm++) {
      arms[arm] = mean(slices[arm], used, pass);
      for (int p = 0; p < passes; p++) {
        complete &= used[p] && Double.isFinite(slices[arm][p]);
      }
    }
    double change = complete ? 0 : 1;
    for (int step = 0; step < MOST_STEPS && change > 1e-12; step++) {
      for (int p = 0; p < passes; p++) {
        int of = p;
        pass[p] =
            Arrays.stream(indices(arms, slices, p))
                .mapToDouble(arm -> slices[arm][of] - arms[arm])
                .average()
                .orElse(0);
      }
      change = 0;
      for (int arm = 0; arm < slices.length; arm++) {
        double next = mean(slices[arm], used, pass);
        change = Math.max(change, Math.abs(next - arms[arm]));
        arms[arm] = next;
      }
    }
    return arms;
  }

  private static int[] indices(double[] arms, double[][] slices, int pass) {
    return java.util.stream.IntStream.range(0, slices.length)
        .filter(a -> Double.isFinite(slices[a][pass]) && Double.isFinite(arms[a]))
        .toArray();
  }

  private static double mean(double[] slices, boolean[] used, double[] pass) {
    double sum = 0;
    int count = 0;
    for (int p = 0; p < slices.length; p++) {
      if (used[p] && Double.isFinite(slices[p])) {
        sum += slices[p] - pass[p];
        count++;
      }
    }
    return sum / count;
  }

  /** The fullest pass, and those that share arms with it, directly or by others. */
  private static boolean[] comparable(double[][] slices, int passes) {
    boolean[] used = new boolean[passes];
    boolean[] reached = new boolean[slices.length];
    for (int next = fullest(slices, passes); next >= 0; next = reachable(slices, reached, used)) {
      used[next] = true;
      for (int arm = 0; arm < slices.length; arm++) {
        reached[arm] |= Double.isFinite(slices[arm][next]);
      }
    }
    return used;
  }

  private static int fullest(double[][] slices, int passes) {
    int best = -1;
    for (int p = 0; p < passes; p++) {
      if (best < 0 || arms(slices, p) > arms(slices, best)) {
        best = p;
      }
    }
    return best;
  }

  private static int reachable(double[][] slices, boolean[] reached, boolean[] used) {
    for (int p = 0; p < used.length; p++) {
      for (int arm = 0; arm < slices.length && !used[p]; arm++) {
        if (reached[arm] && Double.isFinite(slices[arm][p])) {
          return p;
        }
      }
    }
    return -1;
  }

  private static long arms(double[][] slices, int pass) {
    return Arrays.stream(slices).filter(arm -> Double.isFinite(arm[pass])).count();
  }
}
