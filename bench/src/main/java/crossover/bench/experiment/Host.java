package crossover.bench.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the servers of a site run on. Sites of equal hosts share their servers.
 *
 * @param ssh another machine, as {@code user@host} or {@code user@host:port}; empty: this one
 * @param cores at most so many cores for the server; 0: all that the run gives it
 * @param jvm options of every server's JVM; those of an arm come after them
 * @param settings system properties of every server; those of an arm win over them
 */
public record Host(
    Optional<String> ssh, int cores, List<String> jvm, Map<String, String> settings) {
  /** What begins the name of a site that is another machine. */
  static final String SSH = "ssh:";

  /**
   * Compilers take a method when it is due, however many others wait for them: HotSpot's default
   * asks for more calls the longer the queue is. And it is due after two fifths of the usual number
   * of calls. So a fresh JVM is warm after a few bursts of load (docs/decisions/0009).
   */
  private static final List<String> COMPILE_WHEN_DUE =
      List.of(
          "-XX:Tier3DelayOn=10000",
          "-XX:Tier3LoadFeedback=10000",
          "-XX:Tier4LoadFeedback=10000",
          "-XX:Tier4InvocationThreshold=2000",
          "-XX:Tier4MinInvocationThreshold=240",
          "-XX:Tier4CompileThreshold=6000",
          "-XX:Tier4BackEdgeThreshold=16000");

  /** This machine, as the run finds it. */
  public static final Host HERE = new Host(Optional.empty(), 0, List.of(), Map.of());

  /**
   * A board that SSH reaches, with the settings for one.
   *
   * @throws UsageException if it is no address
   */
  public static Host board(String ssh) {
    SshAddress.require("the site " + SSH + ssh, ssh);
    return new Host(Optional.of(ssh), 0, PiProfile.JVM_OPTIONS, PiProfile.SETTINGS);
  }

  public boolean isElsewhere() {
    return ssh.isPresent();
  }

  public static boolean isLoopback(String name) {
    return name.equals("localhost") || name.startsWith("127.") || name.equals("[::1]");
  }

  /** Where SSH finds it; of another machine only. */
  public SshAddress address() {
    return SshAddress.parse(ssh.orElseThrow());
  }

  /**
   * An arm's system properties here.
   *
   * @param backends those that lead to its backends
   */
  public Map<String, String> settings(Map<String, String> backends, Arm arm) {
    Map<String, String> all = new TreeMap<>(backends);
    // One Redis serves all arms: without a prefix of its own an arm would find another's pages.
    all.put("crossover.cache.prefix", arm.name() + ":");
    // A page that expires during a round would be found in one arm's slice and not in another's.
    all.put("crossover.cache.ttl", "86400");
    all.putAll(settings);
    all.putAll(arm.settings());
    return all;
  }

  /** An arm's JVM options here; the arm's own come last, and win. */
  public List<String> jvm(Arm arm) {
    List<String> all = new ArrayList<>(COMPILE_WHEN_DUE);
    all.addAll(jvm);
    all.addAll(arm.jvm());
    return all;
  }
}
