package crossover.bench.experiment;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The keys of an arm. Its server is a WAR in a Tomcat, a command, or one that runs already. */
record ArmKeys(
    String name,
    String war,
    String context,
    String tomcat,
    String overlay,
    String java,
    List<String> jvm,
    Map<String, String> settings,
    List<String> command,
    Map<String, String> environment,
    String url,
    Boolean exclusive,
    List<String> before,
    String directory,
    String path,
    String ready,
    @Allowed(min = "1 s", max = "24 h") Duration startLimit,
    Map<String, String> jmeter,
    Boolean probe) {
  private static final Set<String> COUNTS =
      Set.of(
          "crossover.http.maxThreads",
          "crossover.jdbc.pool",
          "crossover.pipelining",
          "crossover.workers");

  Arm toArm(Path file, boolean toRun) {
    requireOneKind();
    Path folder = Keys.orElse(file.toAbsolutePath().getParent(), Path.of("/"));
    folder = (directory == null ? folder : folder.resolve(directory)).normalize();
    Optional<Path> ownWar = Optional.ofNullable(war).map(file::resolveSibling);
    Optional<Path> laid = Optional.ofNullable(overlay).map(file::resolveSibling);
    Optional<Path> sql = script(file);
    if (toRun) {
      requireFolder("directory", folder);
      requireWords("command", command, folder);
      requireWords("before", isScript() ? null : before, folder);
      ownWar.ifPresent(own -> Keys.within(() -> WarFile.require(own), "war"));
      laid.ifPresent(ArmKeys::requireOverlay);
      sql.ifPresent(ArmKeys::requireScript);
    }
    Map<String, String> given = Keys.orElse(settings, Map.of());
    given.forEach(ArmKeys::requireCount);
    Optional<URI> running = Optional.ofNullable(url).map(ArmKeys::address);
    String under =
        running.map(URI::getRawPath).map(p -> p.replaceFirst("/+$", "")).orElse(context(context));
    boolean ownPages = war == null && command == null && url == null;
    String usualReady = ownPages ? "/health" : url == null ? "/" : "";
    String[] readiness = readiness(under, Keys.orElse(ready, usualReady));
    return new Arm(
        Keys.name("name", name),
        ownWar,
        under,
        line(Keys.orElse(tomcat, "11")),
        laid,
        java == null ? Arm.Java.ANY : Arm.Java.of(java),
        Keys.list("jvm", jvm, List.of()),
        given,
        program("command", command, folder),
        running,
        Keys.orElse(exclusive, false),
        sql,
        isScript() ? Optional.empty() : program("before", before, folder),
        below(under, "path", Keys.orElse(path, "")),
        readiness[0],
        readiness.length > 1 ? Integer.parseInt(readiness[1]) : usualStatus(ownPages),
        Optional.ofNullable(startLimit),
        Keys.orElse(jmeter, Map.of()),
        Keys.orElse(probe, true));
  }

  /** What the analysis computes with; a server would take its default in place of nonsense. */
  private static void requireCount(String name, String value) {
    if (COUNTS.contains(name) && !value.matches("[1-9]\\d{0,8}")) {
      throw Keys.refuse(
          "settings", "has " + name + ": " + value + ", but it must be a whole number from 1");
    }
  }

  private void requireOneKind() {
    List<String> ofTomcat = List.of("war", "context", "tomcat", "overlay", "jvm", "settings");
    Object[] theirs = {war, context, tomcat, overlay, jvm, settings};
    if (url != null) {
      String why = "is of a server that is started: it cannot stand beside \"url\"";
      refuseAny(why, ofTomcat, theirs);
      List<String> ofAll = List.of("java", "command", "environment", "probe", "start-limit");
      refuseAny(why, ofAll, java, command, environment, probe, before == null ? startLimit : null);
    } else if (command != null) {
      refuseAny("is of a WAR in a Tomcat: it cannot stand beside \"command\"", ofTomcat, theirs);
    } else if (environment != null) {
      throw Keys.refuse("environment", "is of a \"command\": a WAR has \"settings\"");
    }
  }

  private static void refuseAny(String why, List<String> keys, Object... values) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] != null) {
        throw Keys.refuse(keys.get(i), why);
      }
    }
  }

  private Optional<Arm.Program> program(String key, List<String> words, Path folder) {
    Map<String, String> variables = key.equals("command") ? environment : null;
    return Optional.ofNullable(Keys.list(key, words, null))
        .map(given -> new Arm.Program(given, folder, Keys.orElse(variables, Map.of())));
  }

  private static void requireWords(String key, List<String> words, Path folder) {
    String first = words == null || words.size() != 1 ? "" : words.get(0);
    if (first.contains(" ") && !Files.exists(folder.resolve(first))) {
      boolean quotes = first.contains("'") || first.contains("\"");
      String split = quotes ? "a list of its words" : "[" + first.replaceAll("\\s+", ", ") + "]";
      throw Keys.refuse(key, "is one word, \"" + first + "\": write " + split);
    }
  }

  private boolean isScript() {
    return before != null && !before.isEmpty() && before.get(0).endsWith(".sql");
  }

  private Optional<Path> script(Path file) {
    if (!isScript()) {
      return Optional.empty();
    }
    if (before.size() > 1) {
      throw Keys.refuse("before", "names several files: write their SQL into one");
    }
    if (url != null) {
      throw Keys.refuse(
          "before", "is SQL, but the database of a \"url\" is not known: use a command");
    }
    return Optional.of(file.toAbsolutePath().resolveSibling(before.get(0)).normalize());
  }

  private static void requireScript(Path script) {
    if (!Files.isReadable(script) || Files.isDirectory(script)) {
      throw Keys.refuse("before", "names " + script + ", which is no readable file");
    }
  }

  private static URI address(String text) {
    try {
      URI address = URI.create(text);
      if (List.of("http", "https").contains(String.valueOf(address.getScheme()))
          && address.getHost() != null
          && address.getPort() <= Range.PORT.max()
          && address.getPort() != 0
          && address.getRawUserInfo() == null
          && (address.getRawQuery() == null && address.getRawFragment() == null)) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      // Refused below.
    }
    throw Keys.refuse(
        "url", "is " + text + ", but must be http://host:port, with or without a path, or https");
  }

  private static String line(String tomcat) {
    if (!List.of("11", "10.1").contains(tomcat)) {
      throw Keys.refuse("tomcat", "is " + tomcat + ", but must be 11 or 10.1");
    }
    return tomcat;
  }

  private static String context(String text) {
    if (text == null || text.equals("/")) {
      return "";
    }
    // Tomcat has other uses for the names of some folders.
    if (!text.matches("(?!/(ROOT|META-INF|WEB-INF)(/|$))(/[\\w~-][\\w.~-]*)+")) {
      throw Keys.refuse("context", "is " + text + ", but must be a path such as /shop");
    }
    return text;
  }

  /**
   * Crossover's own WAR says by 200 that its backends answer, too; elsewhere a redirect will do.
   */
  private static int usualStatus(boolean own) {
    return own ? 200 : 399;
  }

  /** A path, and a status if there is one. */
  private static String[] readiness(String context, String ready) {
    if (!ready.matches("\\S*( [2-5]\\d\\d)?")) {
      String form = "a path, with or without the highest status that means ready: / 401";
      throw Keys.refuse("ready", "is " + ready + ", but must be " + form);
    }
    String[] parts = ready.split(" ");
    below(context, "ready", parts[0]);
    return parts;
  }

  /** A path below the context, which it does not repeat. */
  private static String below(String context, String key, String text) {
    if (!text.isEmpty() && !text.startsWith("/")) {
      throw Keys.refuse(key, "is " + text + ", but must start with \"/\"");
    }
    try {
      new URI(text);
    } catch (URISyntaxException e) {
      throw Keys.refuse(key, "is " + text + ", which no URL may hold: " + e.getReason());
    }
    if (!context.isEmpty() && (text + "/").startsWith(context + "/")) {
      String rest = text.equals(context) ? "/" : text.substring(context.length());
      throw Keys.refuse(
          key, "is " + text + ", but stands below " + context + " already: write " + rest);
    }
    return text;
  }

  private static void requireFolder(String key, Path folder) {
    if (!Files.isDirectory(folder)) {
      throw Keys.refuse(key, "names " + folder + ", which is no folder");
    }
  }

  /** A stock server.xml says 8080, which no two servers can have. */
  private static void requireOverlay(Path overlay) {
    requireFolder("overlay", overlay);
    Path webapps = overlay.resolve("webapps");
    String[] applications = webapps.toFile().list();
    if (applications != null && applications.length > 0) {
      throw Keys.refuse(
          "overlay", "holds " + webapps + ", but an arm has one application: \"war\"");
    }
    Path xml = overlay.resolve("conf/server.xml");
    String port = "${crossover.http.port}";
    try {
      if (Files.exists(xml) && !Files.readString(xml, ISO_8859_1).contains(port.replace("}", ""))) {
        throw Keys.refuse("overlay", "holds " + xml + ", which must take its port from " + port);
      }
    } catch (IOException e) {
      throw Keys.refuse("overlay", "holds " + xml + ", which cannot be read");
    }
  }

  /** Every path is absolute, for a results folder lies elsewhere. */
  static ArmKeys of(String name, Arm arm) {
    boolean ofTomcat = arm.program().isEmpty() && arm.url().isEmpty();
    boolean usual = arm.highestReady() == usualStatus(arm.isOwn());
    String ready = usual ? arm.ready() : arm.ready() + " " + arm.highestReady();
    return new ArmKeys(
        name,
        arm.war().map(war -> war.toAbsolutePath().toString()).orElse(null),
        ofTomcat && !arm.context().isEmpty() ? arm.context() : null,
        ofTomcat ? arm.tomcat() : null,
        arm.overlay().map(o -> o.toAbsolutePath().normalize().toString()).orElse(null),
        arm.java().equals(Arm.Java.ANY) ? null : arm.java().toString(),
        ExperimentFile.orNull(arm.jvm()),
        ExperimentFile.orNull(arm.settings()),
        arm.program().map(Arm.Program::command).orElse(null),
        arm.program().map(p -> ExperimentFile.orNull(p.environment())).orElse(null),
        arm.url().map(URI::toString).orElse(null),
        arm.exclusive() ? true : null,
        arm.sql()
            .map(script -> List.of(script.toString()))
            .or(() -> arm.before().map(Arm.Program::command))
            .orElse(null),
        arm.program().or(arm::before).map(p -> p.directory().toString()).orElse(null),
        arm.path().isEmpty() ? null : arm.path(),
        ready.isEmpty() ? null : ready,
        arm.startLimit().orElse(null),
        ExperimentFile.orNull(arm.jmeter()),
        arm.probed() ? null : false);
  }
}
