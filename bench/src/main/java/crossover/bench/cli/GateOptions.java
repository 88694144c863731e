package crossover.bench.cli;

import crossover.bench.experiment.Limits;
import picocli.CommandLine.Option;

/** What an arm may be at the most before the command ends with status 1. */
final class GateOptions {
  @Option(
      names = "--max-slowdown",
      paramLabel = "PERCENT",
      description =
          "End with status 1 when an arm is slower than the baseline by more than this, such as 3%%:"
              + " when the whole interval lies beyond it.")
  private String slowdown;

  @Option(
      names = "--max-p99",
      paramLabel = "TIME",
      description =
          "Likewise when an arm's p99 at a fixed rate is longer than this, such as 250ms. The"
              + " baseline may be as slow as it is.")
  private String p99;

  @Option(
      names = "--max-errors",
      paramLabel = "0",
      description = "With 0, likewise when a request to an arm fails. No other number is allowed.")
  private String errors;

  @Option(
      names = "--strict",
      description =
          "A limit inside its interval is undecided, and only warned about. With this option it"
              + " ends with status 1 too.")
  private boolean strict;

  boolean strict() {
    return strict;
  }

  boolean needsLatency() {
    return p99 != null;
  }

  /** Refuses what is no limit. */
  Limits limits() {
    return Limits.of(slowdown, p99, errors);
  }
}
