package crossover.webapp;

import crossover.webapp.data.Redacted;
import crossover.webapp.data.TimeLimits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * Every setting of the WAR with its default. A value is looked for under its name in JNDI ({@code
 * java:comp/env/}), then among the system properties, then in the environment ({@code
 * crossover.jdbc.url} becomes {@code CROSSOVER_JDBC_URL}).
 */
final class Settings {
  private final Map<String, String> shown = new LinkedHashMap<>();

  final String jdbcUrl = text("crossover.jdbc.url", "jdbc:postgresql://localhost:5432/crossover");
  final String jdbcUser = text("crossover.jdbc.user", "crossover");
  final String jdbcPassword = text("crossover.jdbc.password", "crossover");

  /** Connections to the database, of each of the two clients. */
  final int jdbcPool = number("crossover.jdbc.pool", 8, 1, 1_000);

  /**
   * Statements under way on one connection of the non-blocking client; 1 does without pipelining.
   */
  final int pipelining = number("crossover.pipelining", 16, 1, 1_000);

  final String redisUrl = text("crossover.redis.url", "redis://localhost:6379");

  /** Threads of the model "wrapped". */
  final int workers = number("crossover.workers", 32, 1, 10_000);

  /**
   * Requests that may wait for a worker, and in the model "native" for a connection, before 503 is
   * the answer: more than a connector has connections by default (8,192), since in the model "sync"
   * all of these may wait for a thread. Each costs some 30 KB, most of it Tomcat's buffers. How
   * long one waits is bounded by {@link #timeout}.
   */
  final int workersQueue = number("crossover.workers.queue", 10_000, 1, 1_000_000);

  /**
   * Milliseconds that the backends may take for one request: its statement starts in the first half
   * of them or not at all, and may take the other half.
   */
  final int timeout = number("crossover.timeout", 1_500, TimeLimits.LEAST_MILLIS, 600_000);

  /** Seconds that a page is kept. */
  final int cacheTtl = number("crossover.cache.ttl", 60, 1, 86_400);

  /** What the names of the pages in Redis begin with. */
  final String cachePrefix = text("crossover.cache.prefix", "crossover:page:");

  /** What stands before every view: nothing, or a filter that looks the visitor up in Redis. */
  final String middleware = choice("crossover.middleware", "none", "blocking", "async");

  /** Name and value of each setting in force, passwords left out. */
  Map<String, String> shown() {
    return shown;
  }

  private String text(String name, String otherwise) {
    String given = find(name);
    String value = given == null ? otherwise : given;
    if (!name.endsWith("password")) {
      shown.put(name, name.endsWith("url") ? Redacted.url(value) : value);
    }
    return value;
  }

  /** The first is the default. */
  private String choice(String name, String... allowed) {
    String value = text(name, allowed[0]);
    if (!List.of(allowed).contains(value)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The setting %s (in the environment %s) is '%s': it must be one of %s",
              name,
              environment(name),
              value,
              String.join(", ", allowed)));
    }
    return value;
  }

  private int number(String name, int otherwise, int least, int most) {
    String value = text(name, Integer.toString(otherwise));
    try {
      int number = Integer.parseInt(value.strip());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "The setting %s (in the environment %s) is '%s': it must be a whole number from %d to %d",
            name,
            environment(name),
            value,
            least,
            most));
  }

  // The name is ours and the directory is the container's own: nothing of a user reaches it.
  @SuppressWarnings("BanJNDI")
  private static String find(String name) {
    try {
      return InitialContext.doLookup("java:comp/env/" + name).toString();
    } catch (NamingException e) {
      String property = System.getProperty(name);
      return property != null ? property : System.getenv(environment(name));
    }
  }

  private static String environment(String name) {
    return name.toUpperCase(Locale.ROOT).replace('.', '_');
  }
}
