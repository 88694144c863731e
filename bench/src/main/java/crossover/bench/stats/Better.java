package crossover.bench.stats;

/** Which way a metric points: what a ratio above 1 means for the candidate. */
public enum Better {
  /** Throughput, capacity: more is faster. */
  HIGHER,
  /** Response times, CPU time per request: less is faster. */
  LOWER
}
