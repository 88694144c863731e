package crossover.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.stack.ChildProcess;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Launch;
import crossover.bench.stack.Ports;
import crossover.bench.stack.Watchdog;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A stock {@code jmeter-server} on the loopback interface, as JMeter's own script starts it. */
final class JMeterServer implements AutoCloseable {
  private static final Installation HERE = Installation.find();

  private final ChildProcess process;
  private final String name;

  private JMeterServer(ChildProcess process, String name) {
    this.process = process;
    this.name = name;
  }

  /** A JMeter like the one of the build, with one more jar in lib/ext if there is one. */
  static Path home(Path home, Optional<Path> plugin) throws IOException {
    Path stock = HERE.jmeter();
    try (Stream<Path> files = Files.walk(stock)) {
      for (Path file : files.toList()) {
        Path copy = home.resolve(stock.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else if (stock.relativize(file).startsWith("bin")) {
          Files.copy(file, copy);
        } else {
          link(copy, file);
        }
      }
    }
    if (plugin.isPresent()) {
      Files.copy(plugin.get(), home.resolve("lib/ext").resolve(plugin.get().getFileName()));
    }
    return home;
  }

  /**
   * A hard link, or a copy on another file system: JUnit warns of each symbolic link it deletes.
   */
  private static void link(Path link, Path file) throws IOException {
    try {
      Files.createLink(link, file);
    } catch (FileSystemException otherFileSystem) {
      Files.copy(file, link);
    }
  }

  /** The jar that the build has made. */
  static Path plugin() throws IOException {
    try (Stream<Path> files = Files.list(HERE.root().resolve("target"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("crossover-jmeter-plugin-"))
          .findFirst()
          .orElseThrow();
    }
  }

  /** Makes a JMeter say that it is another version: it is a text in one of its classes. */
  static void sayVersion(Path home, String version) throws IOException {
    Path link = home.resolve("lib/ext/ApacheJMeter_core-5.6.3.jar");
    Files.delete(link);
    Path stock = HERE.jmeter().resolve(home.relativize(link));
    try (FileSystem jar = FileSystems.newFileSystem(Files.copy(stock, link))) {
      Path type = jar.getPath("org/apache/jmeter/util/JMeterVersion.class");
      String bytes = Files.readString(type, ISO_8859_1);
      assertThat(bytes).containsOnlyOnce("5.6.3");
      Files.writeString(type, bytes.replace("5.6.3", version), ISO_8859_1);
    }
  }

  /** A key store as JMeter's create-rmi-keystore script makes it. */
  static Path keyStore(Path folder) throws Exception {
    Path file = folder.resolve("rmi_keystore.jks");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-keyalg",
            "RSA",
            "-alias",
            "rmi",
            "-keystore",
            file.toString(),
            "-storepass",
            "changeit",
            "-validity",
            "7",
            "-dname",
            "CN=rmi");
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    return file;
  }

  /** Starts one whose key store is in JMeter's bin folder, and waits until it listens. */
  static JMeterServer start(Path home, Watchdog watchdog, String... options) throws Exception {
    return start(home, watchdog, Ports.free(), options);
  }

  /** The same at a port, where another may have been. */
  static JMeterServer start(Path home, Watchdog watchdog, int port, String... options)
      throws Exception {
    Path log = home.resolve("server-" + port + ".log");
    Files.deleteIfExists(log);
    List<String> command = new ArrayList<>();
    command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1")); // starts sooner
    Stream.of(options).filter(JMeterServer::isOfTheJvm).forEach(command::add);
    command.addAll(List.of("-jar", home.resolve("bin/ApacheJMeter.jar").toString()));
    command.addAll(List.of("-Dserver_port=" + port, "-s", "-j", log.toString()));
    command.add("-Djava.rmi.server.hostname=127.0.0.1");
    Stream.of(options).filter(option -> !isOfTheJvm(option)).forEach(command::add);
    ChildProcess process =
        new Launch("jmeter-server", command)
            .directory(home.resolve("bin"))
            .log(home.resolve("server-" + port + ".out"))
            .start(watchdog);
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (!Files.exists(log) || !Files.readString(log, UTF_8).contains("Bound to RMI registry")) {
      assertThat(process.isAlive() && System.nanoTime() < end).as(process.lastLines()).isTrue();
      Thread.sleep(100);
    }
    return new JMeterServer(process, "127.0.0.1:" + port);
  }

  /** JMeter's own come after its jar. */
  private static boolean isOfTheJvm(String option) {
    return option.startsWith("-X") || option.startsWith("-Djava.io");
  }

  /** Host and port. */
  String name() {
    return name;
  }

  void kill() {
    process.process().destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    process.close();
  }
}
