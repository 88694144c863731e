package crossover.bench.stack;

import java.util.List;
import java.util.Map;

/**
 * Settings for a board with 1 GB of memory that PostgreSQL and Redis may share: some 200 MB
 * resident under load. The reasons are in docs/pi.md.
 */
public final class PiProfile {
  /** Of the JVM. */
  public static final List<String> JVM_OPTIONS =
      List.of(
          "-Xmx192m",
          "-XX:+UseSerialGC",
          "-Xss512k",
          "-XX:MaxMetaspaceSize=128m",
          "-XX:MaxDirectMemorySize=32m",
          "-XX:ReservedCodeCacheSize=32m");

  /** Of Tomcat, the same in every arm. */
  public static final Map<String, String> SETTINGS =
      Map.of(
          "crossover.http.maxThreads", "100",
          "crossover.http.maxConnections", "2048",
          "crossover.http.acceptCount", "200");

  private PiProfile() {}
}
