package crossover.bench.stack;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether the WAR's {@code /health} tells of a failure of a backend that waiting does not mend,
 * such as a wrong password.
 */
final class BackendRefusal {
  /**
   * The WAR tries again after five seconds, and may succeed then: servers that start side by side
   * make the schema of one database.
   */
  static final Duration LASTING = Duration.ofSeconds(6);

  private static final Pattern FAILED = Pattern.compile("\"(database|redis)\":\"failed\"");

  private Optional<Long> first = Optional.empty();

  /**
   * Notes an answer of {@code /health}.
   *
   * @param now in nanoseconds
   * @return the backend and the reason, if it tells of a failure {@link #LASTING} after the first
   */
  Optional<String> lasting(String health, long now) {
    Matcher failed = FAILED.matcher(health);
    if (!failed.find()) {
      return Optional.empty();
    }
    first = first.or(() -> Optional.of(now));
    return now - first.get() < LASTING.toNanos()
        ? Optional.empty()
        : Optional.of(
            (failed.group(1).equals("redis") ? "Redis: " : "the database: ")
                + reason(failed.group(1), health));
  }

  private static String reason(String backend, String health) {
    Matcher reason =
        Pattern.compile("\"" + backend + "Reason\":\"((?:[^\"\\\\]|\\\\.)*)").matcher(health);
    return reason.find() ? reason.group(1).replaceAll("\\\\(.)", "$1") : health;
  }
}
