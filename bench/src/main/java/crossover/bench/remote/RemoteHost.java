package crossover.bench.remote;

import static crossover.bench.text.Text.format;

import crossover.bench.stack.StartFailure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a host is and has, read over SSH.
 *
 * @param name what the user calls it
 * @param architecture as {@code uname -m} says
 * @param cores processors on line
 * @param memoryBytes all of its memory
 * @param freeBytes what the disk that the folder is on can still take
 * @param identity the same for every name of the host's user
 * @param folder the deployment's folder, absolute
 * @param services what can keep a server running there
 * @param javas every Java found
 */
public record RemoteHost(
    String name,
    String architecture,
    int cores,
    long memoryBytes,
    long freeBytes,
    String identity,
    String folder,
    Services services,
    List<Java> javas) {

  /** Who starts and stops a server. */
  public enum Services {
    /** systemd, as root. */
    SYSTEM,
    /** The user's own systemd. */
    USER,
    /** Nobody: the server is started directly, and not again after a reboot. */
    NONE
  }

  /** An installed Java: its program, and its feature version. */
  public record Java(String path, int version) {}

  // Facts, one a line. A Java tells its version in its "release" file; asking the program itself
  // takes a second on a small board.
  private static final String SCRIPT =
      """
      case $folder in /*) ;; *) folder=$HOME/$folder ;; esac
      echo "folder $folder"
      echo "os $(uname -s)"
      echo "architecture $(uname -m)"
      echo "identity $(cat /proc/sys/kernel/random/boot_id) $(ls -di "$HOME")"
      echo "cores $(getconf _NPROCESSORS_ONLN)"
      echo "memory $(awk '/^MemTotal:/ {print $2 * 1024}' /proc/meminfo)"
      disk=$folder
      while [ ! -d "$disk" ]; do disk=$(dirname "$disk"); done
      echo "free $(df -Pk "$disk" | awk 'NR == 2 {print $4 * 1024}')"
      [ -w "$disk" ] || echo "readonly $disk"
      if [ -d /run/systemd/system ] && [ "$(id -u)" = 0 ]; then echo services SYSTEM
      elif systemctl --user show-environment >/dev/null 2>&1; then echo services USER
      else echo services NONE
      fi
      for tool in tar sha256sum awk df; do
        command -v $tool >/dev/null || echo "missing $tool"
      done
      for java in "$JAVA_HOME/bin/java" "$(command -v java)" /usr/lib/jvm/*/bin/java \\
          /opt/*/bin/java "$HOME"/.sdkman/candidates/java/*/bin/java; do
        [ -x "$java" ] || continue
        real=$(readlink -f "$java")
        release=${real%/bin/java}/release
        if [ -f "$release" ]; then
          version=$(sed -n 's/^JAVA_VERSION="\\(.*\\)".*/\\1/p' "$release")
        else
          version=$("$real" -version 2>&1 | sed -n '1s/.*"\\(.*\\)".*/\\1/p')
        fi
        echo "java $version $real"
      done
      """;

  /**
   * Looks at a host.
   *
   * @param folder of the deployment, absolute or below the home folder; need not exist
   * @throws StartFailure if it is no Linux, or lacks a tool
   */
  public static RemoteHost inspect(Ssh ssh, String folder) {
    String said = ssh.require("be inspected", "folder=" + Ssh.quote(folder) + "\n" + SCRIPT);
    Map<String, List<String>> facts =
        said.lines()
            .filter(line -> line.indexOf(' ') > 0)
            .collect(
                Collectors.groupingBy(
                    line -> line.substring(0, line.indexOf(' ')),
                    Collectors.mapping(
                        line -> line.substring(line.indexOf(' ') + 1), Collectors.toList())));
    String name = ssh.destination();
    String os = one(facts, "os", name);
    if (!os.equals("Linux")) {
      throw new StartFailure(name + ": runs " + os + "; the server's host has to run Linux");
    }
    if (facts.containsKey("missing")) {
      throw new StartFailure(
          name + ": lacks " + String.join(", ", facts.get("missing")) + ": install it there");
    }
    if (facts.containsKey("readonly")) {
      throw new StartFailure(name + ": may not write to " + one(facts, "readonly", name));
    }
    return new RemoteHost(
        name,
        one(facts, "architecture", name),
        Integer.parseInt(one(facts, "cores", name)),
        (long) Double.parseDouble(one(facts, "memory", name)),
        (long) Double.parseDouble(one(facts, "free", name)),
        one(facts, "identity", name),
        one(facts, "folder", name),
        Services.valueOf(one(facts, "services", name)),
        javas(facts.getOrDefault("java", List.of())));
  }

  /**
   * The newest Java there.
   *
   * @throws StartFailure if none is new enough; it names what there is and how to get one
   */
  public Java java(int atLeast) {
    Optional<Java> newest = javas.stream().max(Comparator.comparingInt(Java::version));
    if (newest.isEmpty() || newest.get().version < atLeast) {
      throw new StartFailure(
          format(
              "%s: no Java %s or later there (%s); install one, for instance: sudo apt"
                  + " install openjdk-17-jre-headless",
              name,
              atLeast,
              newest
                  .map(java -> "the newest is " + java.version + ", " + java.path)
                  .orElse("none at all")));
    }
    return newest.get();
  }

  /**
   * A Java of this very version there.
   *
   * @throws StartFailure if there is none
   */
  public Java javaOf(int version) {
    return javas.stream()
        .filter(java -> java.version == version)
        .findFirst()
        .orElseThrow(
            () -> new StartFailure(name + ": no Java " + version + " there, but: " + javas));
  }

  private static List<Java> javas(List<String> lines) {
    List<Java> javas = new ArrayList<>();
    for (String line : lines) {
      int blank = line.indexOf(' ');
      String version = line.substring(0, blank);
      // Before 9 it was 1.8.0_402.
      String feature = version.startsWith("1.") ? version.substring(2) : version;
      String digits = feature.replaceFirst("\\D.*", "");
      if (!digits.isEmpty()) {
        javas.add(new Java(line.substring(blank + 1), Integer.parseInt(digits)));
      }
    }
    return List.copyOf(javas);
  }

  private static String one(Map<String, List<String>> facts, String key, String name) {
    List<String> values = facts.get(key);
    if (values == null || values.get(0).isBlank()) {
      throw new StartFailure(name + ": does not tell its " + key + "; is it a Linux with a shell?");
    }
    return values.get(0);
  }
}
