package crossover.bench.experiment;

import java.time.Duration;

/** Every default of an experiment, with its unit and its reason. */
final class Defaults {
  private Defaults() {}

  /** The WAR's bytecode. */
  static final int MINIMUM_JAVA = 17;

  /** Users of a closed slice: enough to keep two cores busy, too few to build a queue. */
  static final int USERS = 32;

  /** Rounds; even, so that every pair of arms stands equally often in both orders. */
  static final int ROUNDS = 4;

  /** Rounds that no time limit prevents: with fewer an interval says next to nothing. */
  static final int FEWEST_ROUNDS = 4;

  /** Passes in a round: two, so that a trend from the one to the other shows. */
  static final int PASSES = 2;

  /** The measured part of a closed slice. */
  static final Duration SLICE = Duration.ofMillis(800);

  /** The longest time spent on warming up one arm on one view in a round. */
  static final Duration WARM_UP = Duration.ofSeconds(5);

  /** Traffic before a window opens, so that queues have their length. */
  static final Duration LEAD_IN = Duration.ofMillis(100);

  /** Rest between slices, in which connections drain and the server comes to rest. */
  static final Duration REST = Duration.ofMillis(50);

  /** Practical equivalence: a difference below this changes nobody's choice. */
  static final double MARGIN = 0.05;

  /** Requests at a fixed rate, over all rounds: fewer than this say nothing of a p99. */
  static final int LATENCY_REQUESTS = 10_000;
}
