package crossover.bench.experiment;

import java.util.Optional;
import java.util.function.Function;

/**
 * What a user allows an arm, other than the baseline, before a run counts as failed.
 *
 * @param slowdown how much slower than the baseline it may be: 0.03 is 3 %
 * @param p99Millis its 99th percentile of response times at a fixed rate, in milliseconds
 * @param noErrors whether a failed request counts; more than none may not be allowed
 */
public record Limits(Optional<Double> slowdown, Optional<Double> p99Millis, boolean noErrors) {
  /**
   * Of what the user wrote; null where nothing.
   *
   * @throws UsageException naming the option
   */
  public static Limits of(String slowdown, String p99, String errors) {
    if (errors != null && !errors.strip().equals("0")) {
      throw new UsageException(
          "--max-errors is " + errors + ", but must be 0: slices with failures do not count");
    }
    return new Limits(
        read("--max-slowdown", slowdown, text -> Scalars.fraction(text, "0", "0.99")),
        read("--max-p99", p99, text -> Scalars.duration(text, "1 us", "1 min").toNanos() / 1e6),
        errors != null);
  }

  static <T> Optional<T> read(String option, String text, Function<String, T> reader) {
    try {
      return Optional.ofNullable(text).map(String::strip).map(reader);
    } catch (Refusal e) {
      throw new UsageException(option + " " + e.getMessage());
    }
  }

  /**
   * Refuses a limit that nothing in the experiment could be held against.
   *
   * @throws UsageException naming option and key
   */
  public void requireMetrics(Definition definition) {
    if (p99Millis.isPresent() && definition.measurement().latency().isEmpty()) {
      throw new UsageException(
          "--max-p99 needs response times at a fixed rate, and the experiment measures none: give"
              + " it the key latency, such as latency: {rate: auto}");
    }
  }
}
