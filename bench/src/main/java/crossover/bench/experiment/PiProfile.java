package crossover.bench.experiment;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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

  /**
   * Of a JVM on a larger machine that is to behave as on the board: what it sizes by memory and
   * processors (compiler threads, clients' event loops) is sized by a Pi's.
   */
  public static final List<String> LIKE_JVM_OPTIONS =
      Stream.concat(JVM_OPTIONS.stream(), Stream.of("-XX:MaxRAM=1g", "-XX:ActiveProcessorCount=4"))
          .toList();

  /** The way to a Pi 3 by cable: half a millisecond to and fro, and its 100 Mbit port. */
  public static final LinkSpec CABLE = LinkSpec.parse("0.25ms 95Mbit");

  /** Of Tomcat, the same in every arm. */
  public static final Map<String, String> SETTINGS =
      Map.of(
          "crossover.http.maxThreads", "100",
          "crossover.http.maxConnections", "2048",
          "crossover.http.acceptCount", "200");

  private PiProfile() {}
}
