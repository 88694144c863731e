package crossover.bench.experiment;

import crossover.bench.text.Secrets;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One thing being compared: a WAR, a program or a server that runs already, and how it is run and
 * asked. Two arms that differ in one field tell what that field is worth.
 *
 * @param name unique in its experiment
 * @param war the WAR; empty is Crossover's own, where there is no program or URL
 * @param context what begins the path of every URL of the server, such as {@code /shop}; may be
 *     empty
 * @param tomcat the line of Tomcat that runs it: {@code 11} or {@code 10.1}
 * @param overlay a folder laid over the Tomcat's configuration: {@code conf/}, {@code lib/}, …
 * @param java the JDK that it runs on
 * @param jvm options of the server's JVM
 * @param settings system properties of the server's JVM: Tomcat's and the WAR's
 * @param program what serves in place of a Tomcat
 * @param url a server that runs already; only what its clients see is known of it
 * @param exclusive whether no other arm's server may be alive, or under load, beside this one
 * @param sql a script that the run's database executes before fresh servers are measured
 * @param before a program that is run once a fresh server is ready
 * @param path what stands in a URL between the context and the view, such as {@code /sync}
 * @param ready the path below the context that answers once the server is ready
 * @param highestReady the highest status, from 200 on, of an answer that means ready
 * @param startLimit how long it may take until it is ready, and {@code before} with it
 * @param jmeter properties for the plans
 * @param probed whether the JVM is asked for its counters at the ends of a slice; an arm without
 *     shows what that costs. What the kernel counts is read in any case
 */
public record Arm(
    String name,
    Optional<Path> war,
    String context,
    String tomcat,
    Optional<Path> overlay,
    Java java,
    List<String> jvm,
    Map<String, String> settings,
    Optional<Program> program,
    Optional<URI> url,
    boolean exclusive,
    Optional<Path> sql,
    Optional<Program> before,
    String path,
    String ready,
    int highestReady,
    Optional<Duration> startLimit,
    Map<String, String> jmeter,
    boolean probed) {
  /**
   * A program of the user's.
   *
   * @param command its words
   * @param directory the folder that it is run in
   * @param environment variables for it
   */
  public record Program(List<String> command, Path directory, Map<String, String> environment) {}

  /**
   * A choice of JDK: {@code 17} is the newest installed one of this version, {@code 21+} the run's
   * own, on which the arm runs only if it is this version or later.
   */
  public record Java(int version, boolean orLater) {
    static final Java ANY = new Java(Defaults.MINIMUM_JAVA, true);
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

  /**
   * Of the options of a command, which have the names of its keys; those are null that are not
   * given.
   *
   * @throws UsageException naming the option
   */
  public static Arm ofOptions(
      Path war, String tomcat, Map<String, String> settings, String ready, String startLimit) {
    String own = war == null ? null : war.toString();
    Duration limit =
        Limits.read("--start-limit", startLimit, t -> Scalars.duration(t, "1 s", "24 h"))
            .orElse(null);
    try {
      return new ArmKeys(
              "served", own, null, tomcat, null, null, null, settings, null, null, null, null, null,
              null, null, ready, limit, null, null)
          .toArm(Path.of("."), true);
    } catch (Refusal e) {
      String option = e.path().get(0).equals("settings") ? "set" : e.path().get(0).toString();
      throw new UsageException("--" + option + " " + e.getMessage());
    }
  }

  /** Whether it is Crossover's own WAR. */
  public boolean isOwn() {
    return war.isEmpty() && program.isEmpty() && url.isEmpty();
  }

  /** Whether its server is a Tomcat that tells how many requests it has answered. */
  public boolean isCounted() {
    return program.isEmpty() && url.isEmpty() && probed;
  }

  /** Whether it and the other one run the same WAR, and so should give the same answers. */
  public boolean servesTheSame(Arm other) {
    return isOwn() ? other.isOwn() : war.isPresent() && war.equals(other.war);
  }

  /** The line of Tomcat as a number. */
  public int tomcatMajor() {
    return tomcat.equals("11") ? 11 : 10;
  }

  /** What stands in a URL before the view: the context and the path. */
  public String wholePath() {
    return context + path;
  }

  public String readyPath() {
    String whole = context + ready;
    return whole.isEmpty() ? "/" : whole;
  }

  /** Whether the other arm differs in nothing but its name. */
  public boolean isLike(Arm other) {
    return ArmKeys.of(name, other).equals(ArmKeys.of(name, this));
  }

  /** What sets this arm apart, in a few words for a reader, without passwords. */
  public String description() {
    StringJoiner words = new StringJoiner(", ");
    program.ifPresent(p -> words.add(Secrets.maskedCommand(p.command())));
    url.ifPresent(u -> words.add(u + ", which runs already"));
    war.ifPresent(w -> words.add(w.getFileName().toString()));
    if (program.isEmpty() && url.isEmpty()) {
      words.add("Tomcat " + tomcat);
    }
    overlay.ifPresent(o -> words.add("with " + o.getFileName() + "/"));
    words.add(wholePath().isEmpty() ? "URLs at the root" : "URLs under " + wholePath());
    Secrets.masked(settings).forEach((key, value) -> words.add(key + "=" + value));
    jvm.forEach(option -> words.add(Secrets.maskedWord(option)));
    if (!probed) {
      words.add("its JVM not asked for counters");
    }
    if (!java.equals(Java.ANY)) {
      words.add("JDK " + java.version + (java.orLater ? " or later" : ""));
    }
    return words.toString();
  }
}
