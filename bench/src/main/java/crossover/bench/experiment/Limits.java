package crossover.bench.experiment;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * What a user allows an arm, other than the baseline, before a run counts as failed.
 *
 * @param slowdown how much slower than the baseline it may be: 0.03 is 3 %
 * @param p99Millis its 99th percentile of response times at a fixed rate, in milliseconds
 * @param errors its failed requests in one cell
 */
public record Limits(OptionalDouble slowdown, OptionalDouble p99Millis, OptionalLong errors) {
  /**
   * Of what the user wrote; null where nothing.
   *
   * @throws UsageException naming the option
   */
  public static Limits of(String slowdown, String p99, String errors) {
    return new Limits(
        read("--max-slowdown", slowdown, text -> Scalars.fraction(text, "0", "0.99"))
            .map(OptionalDouble::of)
            .orElse(OptionalDouble.empty()),
        read("--max-p99", p99, text -> Scalars.duration(text, "1 us", "1 min"))
            .map(Duration::toNanos)
            .map(nanos -> OptionalDouble.of(nanos / 1e6))
            .orElse(OptionalDouble.empty()),
        read("--max-errors", errors, text -> Scalars.integer(text, Range.SEED))
            .map(OptionalLong::of)
            .orElse(OptionalLong.empty()));
  }

  private static <T> Optional<T> read(String option, String text, Function<String, T> reader) {
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
