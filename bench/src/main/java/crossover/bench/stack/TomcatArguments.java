package crossover.bench.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The arguments of a JVM that is a Tomcat, whoever starts it. */
public final class TomcatArguments {
  private static final String COLLECTOR = "-XX:\\+Use\\w+GC";

  private TomcatArguments() {}

  /** The JVM's options in effect; of several garbage collectors the last one wins. */
  public static List<String> options(List<String> options, int javaVersion) {
    List<String> all = new ArrayList<>(options);
    List<String> collectors = all.stream().filter(option -> option.matches(COLLECTOR)).toList();
    if (!collectors.isEmpty()) {
      String last = collectors.get(collectors.size() - 1);
      all.removeIf(option -> option.matches(COLLECTOR) && !option.equals(last));
    }
    if (javaVersion >= 22) {
      all.add("--enable-native-access=ALL-UNNAMED");
    }
    return all;
  }

  /**
   * What follows the options: system properties, class path and main class. It holds passwords, so
   * it goes into a file that only its owner reads, and not onto a command line.
   *
   * @param home CATALINA_HOME
   * @param base CATALINA_BASE
   * @param settings system properties of Tomcat's configuration and of the application
   */
  public static List<String> program(Path home, Path base, Map<String, String> settings, int port) {
    Map<String, String> properties = new TreeMap<>(settings);
    properties.put("crossover.http.port", String.valueOf(port));
    // Without its port a Tomcat would live on, and whoever has the port would answer for it.
    properties.put("org.apache.catalina.startup.EXIT_ON_INIT_FAILURE", "true");
    properties.put("catalina.home", home.toString());
    properties.put("catalina.base", base.toString());
    properties.put("java.io.tmpdir", base.resolve("temp").toString());
    properties.put(
        "java.util.logging.config.file", base.resolve("conf/logging.properties").toString());
    properties.put("java.util.logging.manager", "org.apache.juli.ClassLoaderLogManager");
    List<String> arguments = new ArrayList<>();
    properties.forEach((key, value) -> arguments.add("-D" + key + "=" + value));
    arguments.add("-classpath");
    arguments.add(home.resolve("bin/bootstrap.jar") + ":" + home.resolve("bin/tomcat-juli.jar"));
    arguments.add("org.apache.catalina.startup.Bootstrap");
    arguments.add("start");
    return arguments;
  }

  /** The text of a file that {@code java @file} reads as these arguments. */
  public static String file(List<String> arguments) {
    StringBuilder text = new StringBuilder();
    for (String argument : arguments) {
      String escaped = argument.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
      text.append('"').append(escaped).append("\"\n");
    }
    return text.toString();
  }
}
