package crossover.bench.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/**
 * One thing being compared: a WAR, and how it is run and asked. Two arms that differ in one field
 * tell what that field is worth.
 *
 * @param name unique in its experiment
 * @param war the WAR; empty is Crossover's own
 * @param tomcat the line of Tomcat that runs it: {@code 11} or {@code 10.1}
 * @param overlay a folder laid over the Tomcat's configuration: {@code conf/}, {@code lib/}, …
 * @param java the JDK that it runs on
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
    Java java,
    List<String> jvm,
    Map<String, String> settings,
    String path,
    String ready,
    Map<String, String> jmeter,
    boolean probed) {
  private static final Pattern PASSWORD =
      Pattern.compile("(?i)((?:password|passwd|secret|token)=)[^,\\s]+");

  /**
   * A choice of JDK: {@code 17} is the newest installed one of this version, {@code 21+} the run's
   * own, on which the arm runs only if it is this version or later.
   */
  public record Java(int version, boolean orLater) {
    private static final Java ANY = new Java(Defaults.MINIMUM_JAVA, true);
    private static final Pattern TEXT = Pattern.compile("(\\d{2})(\\+?)");

    static Java of(String text) {
      Matcher matcher = TEXT.matcher(text);
      if (!matcher.matches() || Integer.parseInt(matcher.group(1)) < ANY.version) {
        throw Keys.refuse(
            "java", "is " + text + ", but must be a version such as 17, or 21+ for 21 or later");
      }
      return new Java(Integer.parseInt(matcher.group(1)), !matcher.group(2).isEmpty());
    }

    /** Whether an arm can run where this is the version of the run's own JDK. */
    public boolean allows(int own) {
      return !orLater || own >= version;
    }

    @Override
    public String toString() {
      return version + (orLater ? "+" : "");
    }
  }

  static Arm of(ExperimentFile.ArmKeys keys, Path file) {
    Optional<Path> war = Optional.ofNullable(keys.war()).map(file::resolveSibling);
    Optional<Path> overlay = Optional.ofNullable(keys.overlay()).map(file::resolveSibling);
    war.ifPresent(Arm::requireWar);
    if (overlay.isPresent() && !Files.isDirectory(overlay.get())) {
      throw Keys.refuse("overlay", "names " + overlay.get() + ", which is no folder");
    }
    String tomcat = Keys.orElse(keys.tomcat(), "11");
    if (!List.of("11", "10.1").contains(tomcat)) {
      throw Keys.refuse("tomcat", "is " + tomcat + ", but must be 11 or 10.1");
    }
    return new Arm(
        Keys.name("name", keys.name()),
        war,
        tomcat,
        overlay,
        keys.java() == null ? Java.ANY : Java.of(keys.java()),
        Keys.list("jvm", keys.jvm(), List.of()),
        Keys.orElse(keys.settings(), Map.of()),
        path("path", Keys.orElse(keys.path(), "")),
        path("ready", Keys.orElse(keys.ready(), war.isPresent() ? "/" : "/health")),
        Keys.orElse(keys.jmeter(), Map.of()),
        Keys.orElse(keys.probe(), true));
  }

  private static String path(String key, String text) {
    if (!text.isEmpty() && !text.startsWith("/")) {
      throw Keys.refuse(key, "is " + text + ", but must start with \"/\"");
    }
    return text;
  }

  private static void requireWar(Path war) {
    if (!Files.isReadable(war)) {
      throw Keys.refuse("war", "names " + war + ", which does not exist or is not readable");
    }
    if (Files.isDirectory(war) && !Files.isDirectory(war.resolve("WEB-INF"))) {
      throw Keys.refuse("war", "names " + war + ", a folder without WEB-INF: name a WAR file");
    }
    if (!Files.isDirectory(war)) {
      try (ZipFile zip = new ZipFile(war.toFile())) {
        zip.size();
      } catch (IOException e) {
        throw Keys.refuse("war", "names " + war + ", which is no WAR file: " + e.getMessage());
      }
    }
  }

  /**
   * The highest status, from 200 on, of an answer that means ready: of a foreign WAR a redirect
   * will do; Crossover's own says by 200 that its backends answer too.
   */
  public int highestReady() {
    return war.isPresent() ? 399 : 200;
  }

  /** Whether the other arm differs in nothing but its name. */
  public boolean isLike(Arm other) {
    return new Arm(
            other.name, war, tomcat, overlay, java, jvm, settings, path, ready, jmeter, probed)
        .equals(other);
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
    if (!java.equals(Java.ANY)) {
      words.add("JDK " + java.version + (java.orLater ? " or later" : ""));
    }
    return PASSWORD.matcher(words.toString()).replaceAll("$1***");
  }

  ExperimentFile.ArmKeys keys() {
    return new ExperimentFile.ArmKeys(
        name,
        war.map(w -> w.toAbsolutePath().toString()).orElse(null),
        tomcat,
        overlay.map(o -> o.toAbsolutePath().normalize().toString()).orElse(null),
        java.equals(Java.ANY) ? null : java.toString(),
        ExperimentFile.orNull(jvm),
        ExperimentFile.orNull(settings),
        path.isEmpty() ? null : path,
        ready,
        ExperimentFile.orNull(jmeter),
        probed ? null : false);
  }
}
