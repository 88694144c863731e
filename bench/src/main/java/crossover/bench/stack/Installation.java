package crossover.bench.stack;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the build put things; {@code crossover-<version>.zip} has the same layout. The root is the
 * system property {@code crossover.home}, or else found from where this class was loaded.
 *
 * <p>Every method that returns a path throws {@link StartFailure} if nothing is there, and names
 * the command that builds it.
 *
 * @param root of the repository, or of the unpacked zip
 */
public record Installation(Path root) {
  public static Installation find() {
    String home = System.getProperty("crossover.home");
    Path start = home == null ? codeOf(Installation.class) : Path.of(home).toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve("bench/experiments"))) {
        return new Installation(folder);
      }
    }
    throw new StartFailure(
        "no Crossover at or above " + start + ": set -Dcrossover.home to its root");
  }

  /** The WAR of the four models. */
  public Path war() {
    return built("webapp/target/crossover.war");
  }

  /** An unpacked Tomcat, 11 or 10. */
  public Path tomcat(int major) {
    Path folder = built("bench/target/tomcat");
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(
              child -> child.getFileName().toString().startsWith("apache-tomcat-" + major + "."))
          .findFirst()
          .orElseThrow(
              () ->
                  new StartFailure(
                      "no Tomcat " + major + " in " + folder + ": there are 11 and 10 only"));
    } catch (IOException e) {
      throw new StartFailure("cannot read " + folder, e);
    }
  }

  /** The settings every Tomcat starts from. */
  public Path tomcatConf() {
    return kept("tomcat-conf");
  }

  public List<String> jvmOptions() {
    try (Stream<String> lines = Files.lines(tomcatConf().resolve("bin/jvm.options"))) {
      return lines.filter(line -> line.startsWith("-")).toList();
    } catch (IOException e) {
      throw new StartFailure("cannot read the JVM options in " + tomcatConf(), e);
    }
  }

  public Path plans() {
    return kept("jmeter-plans");
  }

  public Path experiments() {
    return kept("bench/experiments");
  }

  public String jmeterVersion() {
    try (Stream<Path> jars = Files.list(jmeter().resolve("lib/ext"))) {
      return jars.map(jar -> jar.getFileName().toString())
          .filter(name -> name.startsWith("ApacheJMeter_core-"))
          .map(name -> name.replaceAll("ApacheJMeter_core-|\\.jar", ""))
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      throw new StartFailure("cannot read " + jmeter(), e);
    }
  }

  /** A complete JMeter. */
  public Path jmeter() {
    return built("bench/target/jmeter");
  }

  /** The archive of this module's classes. */
  public Path jar() {
    return built("bench/target/bench.jar");
  }

  /** The folder of the archives that it needs. */
  public Path libraries() {
    return built("bench/target/lib");
  }

  /** The folder for what is unpacked once and kept, such as PostgreSQL's programs. */
  public Path unpacked() {
    return built("bench/target").resolve("unpacked");
  }

  private Path built(String path) {
    return existing(path, "build it: (cd " + root + " && mvn -q -DskipTests package)");
  }

  private Path kept(String path) {
    return existing(path, "restore it from the repository");
  }

  private Path existing(String path, String remedy) {
    Path file = root.resolve(path);
    if (!Files.exists(file)) {
      throw new StartFailure(file + " is missing: " + remedy);
    }
    return file;
  }

  /** The archive or folder that a class was loaded from. */
  public static Path codeOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new StartFailure("cannot tell where " + type + " was loaded from", e);
    }
  }

  /** Each artefact that a run needs, so that a missing one is told before anything is started. */
  public List<Path> requireAll() {
    return List.of(war(), tomcat(11), tomcatConf(), plans(), jmeter());
  }
}
