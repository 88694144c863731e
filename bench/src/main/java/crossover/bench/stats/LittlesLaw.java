package crossover.bench.stats;

/**
 * Little's law as a check of the measurement: users in a closed loop = throughput × mean cycle
 * time. Where it does not hold, requests were lost, double-counted or timed wrongly.
 *
 * <p>Source: J. D. C. Little (1961), A proof for the queuing formula L = λW.
 */
public final class LittlesLaw {
  /**
   * How far the law may be missed; slices are cut at both ends, so it never holds to the last
   * digit.
   */
  public static final double TOLERANCE = 0.05;

  private LittlesLaw() {}

  /**
   * Throughput × cycle ÷ users; 1 where the law holds exactly.
   *
   * @param users concurrent users
   * @param throughput requests per second
   * @param meanCycleMillis mean milliseconds from one request of a user to the next
   */
  public static double ratio(int users, double throughput, double meanCycleMillis) {
    return throughput * meanCycleMillis / 1000 / users;
  }

  /** Whether the law holds within 5 %; a ratio that is not known (NaN) does not. */
  public static boolean holds(double ratio) {
    return Math.abs(ratio - 1) <= TOLERANCE;
  }
}
