package crossover.bench.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * One thing being compared: a WAR, and how it is run and asked. Two arms that differ in one field
 * tell what that field is worth.
 *
 * @param name unique in its experiment
 * @param war the WAR; empty is Crossover's own
 * @param tomcat the line of Tomcat that runs it: {@code 11} or {@code 10.1}
 * @param overlay a folder laid over the Tomcat's configuration: {@code conf/}, {@code lib/}, …
 * @param minimumJava the lowest version of the JDK on which the arm means anything
 * @param jvm options of the server's JVM
 * @param settings system properties of the server's JVM: Tomcat's and the WAR's
 * @param path what stands in a URL before the view, such as {@code /sync}
 * @param ready the URL path that answers once the WAR is ready
 * @param jmeter properties for the plans
 * @param probed whether the JVM is asked for its counters at the ends of a slice; an arm without
 *     shows what that costs. What the kernel counts is read in any case
 */
public record Arm(
    String name,
    Optional<Path> war,
    String tomcat,
    Optional<Path> overlay,
    int minimumJava,
    List<String> jvm,
    Map<String, String> settings,
    String path,
    String ready,
    Map<String, String> jmeter,
    boolean probed) {

  static Arm read(YamlMap yaml) {
    Optional<Path> war = yaml.optionalText("war").map(w -> yaml.file().resolveSibling(w));
    Arm arm =
        new Arm(
            name(yaml),
            war,
            yaml.text("tomcat", "11"),
            yaml.optionalText("overlay").map(o -> yaml.file().resolveSibling(o)),
            yaml.integer("java", Defaults.MINIMUM_JAVA, Defaults.MINIMUM_JAVA, 99),
            yaml.has("jvm") ? yaml.texts("jvm") : List.of(),
            yaml.properties("settings"),
            yaml.text("path", ""),
            yaml.text("ready", war.isPresent() ? "/" : "/health"),
            yaml.properties("jmeter"),
            yaml.bool("probe", true));
    yaml.end();
    if (!List.of("11", "10.1").contains(arm.tomcat)) {
      throw yaml.refuse("tomcat", "is " + arm.tomcat + ", but must be 11 or 10.1");
    }
    for (String key : List.of("path", "ready")) {
      String value = key.equals("path") ? arm.path : arm.ready;
      if (!value.isEmpty() && !value.startsWith("/")) {
        throw yaml.refuse(key, "is " + value + ", but must start with \"/\"");
      }
    }
    war.filter(w -> !Files.isReadable(w))
        .ifPresent(
            w -> {
              throw yaml.refuse("war", "names " + w + ", which does not exist or is not readable");
            });
    arm.overlay
        .filter(o -> !Files.isDirectory(o))
        .ifPresent(
            o -> {
              throw yaml.refuse("overlay", "names " + o + ", which is no folder");
            });
    return arm;
  }

  private static String name(YamlMap yaml) {
    String name = yaml.text("name");
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw yaml.refuse("name", "is " + name + ", but may hold letters, digits and . _ - only");
    }
    return name;
  }

  /**
   * Whether a server that answers so is ready: of a foreign WAR all that is asked is that it
   * answers; of Crossover's, that its backends do too.
   */
  public boolean isReady(int status) {
    return war.isPresent() ? status < 500 : status == 200;
  }

  /** Whether the other arm differs in nothing but its name. */
  public boolean isLike(Arm other) {
    Map<String, Object> own = toMap();
    own.put("name", other.name);
    return own.equals(other.toMap());
  }

  /** What sets this arm apart, in a few words for a reader. */
  public String description() {
    StringJoiner words = new StringJoiner(", ");
    war.ifPresent(w -> words.add(w.getFileName().toString()));
    words.add("Tomcat " + tomcat);
    overlay.ifPresent(o -> words.add("with " + o.getFileName() + "/"));
    words.add(path.isEmpty() ? "URLs at the root" : "URLs under " + path);
    settings.forEach((key, value) -> words.add(key + "=" + value));
    jvm.forEach(words::add);
    if (!probed) {
      words.add("its JVM not asked for counters");
    }
    if (minimumJava > Defaults.MINIMUM_JAVA) {
      words.add("JDK " + minimumJava + " or later");
    }
    return words.toString();
  }

  Map<String, Object> toMap() {
    Map<String, Object> yaml = new LinkedHashMap<>();
    yaml.put("name", name);
    war.ifPresent(w -> yaml.put("war", w.toAbsolutePath().toString()));
    yaml.put("tomcat", tomcat);
    overlay.ifPresent(o -> yaml.put("overlay", o.toAbsolutePath().normalize().toString()));
    yaml.put("java", minimumJava);
    if (!jvm.isEmpty()) {
      yaml.put("jvm", jvm);
    }
    if (!settings.isEmpty()) {
      yaml.put("settings", settings);
    }
    if (!path.isEmpty()) {
      yaml.put("path", path);
    }
    yaml.put("ready", ready);
    if (!jmeter.isEmpty()) {
      yaml.put("jmeter", jmeter);
    }
    if (!probed) {
      yaml.put("probe", false);
    }
    return yaml;
  }
}
