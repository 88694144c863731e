package crossover.bench.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  private static final Pattern ADDRESS = Pattern.compile("([^-\\s:][^\\s:]*)(?::(\\d{1,5}))?");

  /** This machine, as the run finds it. */
  public static final Host HERE = new Host(Optional.empty(), 0, List.of(), Map.of());

  static Host read(YamlMap yaml) {
    Optional<String> ssh = yaml.optionalText("ssh");
    if (ssh.isPresent() && !ADDRESS.matcher(ssh.get()).matches()) {
      throw yaml.refuse("ssh", notAnAddress(ssh.get()));
    }
    Host otherwise = ssh.map(Host::board).orElse(HERE);
    return new Host(
        ssh,
        yaml.integer("cores", otherwise.cores, 1, 1024),
        yaml.has("jvm") ? yaml.texts("jvm") : otherwise.jvm,
        yaml.has("settings") ? yaml.properties("settings") : otherwise.settings);
  }

  /**
   * A board that SSH reaches, with the settings for one.
   *
   * @throws UsageException if it is no address
   */
  public static Host board(String ssh) {
    if (!ADDRESS.matcher(ssh).matches()) {
      throw new UsageException("the site " + SSH + ssh + " " + notAnAddress(ssh));
    }
    return new Host(Optional.of(ssh), 0, PiProfile.JVM_OPTIONS, PiProfile.SETTINGS);
  }

  private static String notAnAddress(String text) {
    return "names \"" + text + "\", but a host is user@host, or user@host:port";
  }

  /** Whether it is another machine. */
  public boolean isElsewhere() {
    return ssh.isPresent();
  }

  /** What one types after {@code ssh}. */
  public String destination() {
    return address().group(1);
  }

  /** The port of its SSH server; empty: the client's configuration knows. */
  public Optional<String> port() {
    return Optional.ofNullable(address().group(2));
  }

  private Matcher address() {
    Matcher matcher = ADDRESS.matcher(ssh.orElseThrow());
    matcher.matches();
    return matcher;
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

  Map<String, Object> toMap() {
    Map<String, Object> yaml = new LinkedHashMap<>();
    ssh.ifPresent(address -> yaml.put("ssh", address));
    if (cores > 0) {
      yaml.put("cores", cores);
    }
    if (!jvm.isEmpty()) {
      yaml.put("jvm", jvm);
    }
    if (!settings.isEmpty()) {
      yaml.put("settings", settings);
    }
    return yaml;
  }
}
