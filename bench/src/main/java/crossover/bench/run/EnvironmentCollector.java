package crossover.bench.run;

import crossover.bench.experiment.Arm;
import crossover.bench.experiment.Definition;
import crossover.bench.experiment.Host;
import crossover.bench.experiment.Site;
import crossover.bench.probe.Machine;
import crossover.bench.results.ContentDigest;
import crossover.bench.results.Environment;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdk;
import crossover.bench.stack.Stack;
import crossover.bench.text.Secrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Describes what a run is measured with. */
final class EnvironmentCollector {
  private EnvironmentCollector() {}

  static Environment describe(
      Definition definition, String command, Testbed testbed, List<String> notices) {
    Installation installation = testbed.spec().installation();
    Jdk jdk = testbed.spec().jdk();
    Stack stack = testbed.stack();
    List<String> all = new ArrayList<>(notices);
    if (!stack.cpus().pinned()) {
      all.add("Server and generator were not pinned to cores of their own.");
    }
    Map<String, Map<String, String>> settings = new LinkedHashMap<>();
    Map<String, List<String>> jvmOptions = new LinkedHashMap<>();
    for (Site site : definition.sites()) {
      if (!site.host().equals(Host.HERE)) {
        settings.put(site.name(), new TreeMap<>(Secrets.masked(site.host().settings())));
        jvmOptions.put(site.name(), masked(site.host().jvm()));
      }
    }
    for (Arm arm : definition.arms()) {
      settings.put(arm.name(), new TreeMap<>(Secrets.masked(arm.settings())));
      if (arm.program().isEmpty() && arm.url().isEmpty()) {
        List<String> options = new ArrayList<>(installation.jvmOptions());
        options.addAll(Host.HERE.jvm(arm));
        jvmOptions.put(arm.name(), masked(options));
      }
      if (arm.url().isPresent()) {
        all.add("The server of " + arm.name() + " ran already: all rounds met one process.");
        if (arm.url().get().getScheme().equals("https")) {
          all.add("The certificate of " + arm.name() + " was not checked.");
        }
      }
    }
    Map<String, String> versions = versions(installation, jdk, stack);
    versions.putAll(testbed.sites().facts());
    versions.putAll(ContentDigest.of(definition));
    versions.put("generator JDK", testbed.generatorJdk(definition).fullVersion());
    return new Environment(
        Instant.now(),
        command,
        gitRevision(installation.root()),
        Machine.here(),
        versions,
        jdk.home() + " (" + jdk.fullVersion() + ")",
        stack.cpus().server(),
        stack.cpus().others(),
        settings,
        jvmOptions,
        definition.rounds(),
        definition.timeLimit().isPresent(),
        all,
        testbed.sites().machines(),
        testbed.load().machines());
  }

  private static List<String> masked(List<String> words) {
    return words.stream().map(Secrets::maskedWord).toList();
  }

  private static Map<String, String> versions(Installation installation, Jdk jdk, Stack stack) {
    Map<String, String> versions = new TreeMap<>();
    versions.put("server JDK", jdk.fullVersion());
    versions.put("runner JDK", Runtime.version().toString());
    versions.put("PostgreSQL", postgresVersion(stack));
    versions.put("Redis", stack.redisVersion());
    for (int line : List.of(10, 11)) {
      versions.put("Tomcat " + line, version(installation.tomcat(line), "apache-tomcat-"));
    }
    versions.put("JMeter", installation.jmeterVersion());
    return versions;
  }

  private static String version(Path folder, String prefix) {
    return folder.getFileName().toString().substring(prefix.length());
  }

  private static String postgresVersion(Stack stack) {
    try (Connection connection = stack.database().connect()) {
      return connection.getMetaData().getDatabaseProductVersion();
    } catch (SQLException e) {
      return "unknown";
    }
  }

  private static String gitRevision(Path root) {
    try {
      Process git =
          new ProcessBuilder("git", "-C", root.toString(), "describe", "--always", "--dirty")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String revision = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return git.onExit().join().exitValue() == 0 ? revision.strip() : "unknown";
    } catch (IOException e) {
      return "unknown";
    }
  }
}
