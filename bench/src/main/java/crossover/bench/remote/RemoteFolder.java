package crossover.bench.remote;

import static crossover.bench.text.Text.format;

import crossover.bench.stack.StartFailure;
import crossover.bench.stack.TempDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The one folder on a host that is Crossover's. It is made the same as a set of files here by
 * sending only what differs, and can be removed without a trace.
 */
record RemoteFolder(Ssh ssh, String path) {
  /** Shows whose folder it is: without it nothing is ever removed. */
  private static final String MARK = ".crossover";

  private static final long SPARE_BYTES = 64L << 20;

  /** The path of a file in it, quoted for a shell. */
  String quoted(String file) {
    return Ssh.quote(path + "/" + file);
  }

  boolean exists() {
    return ssh.run("test -e " + quoted(MARK)).status() == 0;
  }

  /**
   * Which of the files are missing or different there.
   *
   * @param files by their path below the folder
   */
  List<String> changed(Map<String, Path> files) {
    Map<String, String> there = sums();
    return files.entrySet().stream()
        .filter(file -> !sum(file.getValue()).equals(there.get(file.getKey())))
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * Sends files, removes those that should not be there, and checks what arrived.
   *
   * @param freeBytes what the disk there can take
   * @throws StartFailure if the folder is somebody else's, the disk is full or the connection cut;
   *     the next call sends what is missing
   */
  void send(Map<String, Path> files, List<String> changed, long freeBytes) {
    requireRoom(files, changed, freeBytes);
    // For nobody else's eyes: the settings may hold the database's password.
    ssh.require(
        "use " + path,
        format(
            """
        cd / && mkdir -p %1$s && cd %1$s || exit 1
        if [ ! -e %2$s ] && [ -n "$(ls -A)" ]; then
          echo "it holds files that are not Crossover's; name another folder" >&2; exit 1
        fi
        : > %2$s && chmod 700 .
        """,
            Ssh.quote(path), MARK));
    List<String> stale = sums().keySet().stream().filter(file -> !files.containsKey(file)).toList();
    if (!stale.isEmpty()) {
      StringBuilder script = new StringBuilder("cd " + Ssh.quote(path) + " || exit 1\n");
      stale.forEach(file -> script.append("rm -f ").append(Ssh.quote(file)).append('\n'));
      ssh.require("tidy " + path, script.toString());
    }
    if (!changed.isEmpty()) {
      stage(files, changed);
      List<String> wrong = changed(files);
      if (!wrong.isEmpty()) {
        throw new StartFailure(
            ssh.destination() + ": " + wrong.get(0) + " did not arrive whole; deploy once more");
      }
    }
  }

  /** Removes the folder; nothing happens if it is not there. */
  void remove() {
    ssh.require(
        "remove " + path, "test ! -e " + quoted(MARK) + " || rm -rf -- " + Ssh.quote(path) + "\n");
  }

  private void requireRoom(Map<String, Path> files, List<String> changed, long freeBytes) {
    // Twice: Tomcat unpacks the WAR beside itself.
    long needed = SPARE_BYTES;
    for (String file : changed) {
      needed += 2 * files.get(file).toFile().length();
    }
    if (freeBytes < needed && !changed.isEmpty()) {
      throw new StartFailure(
          format(
              "%s: disk full: %s needs %d MB, %d MB are free",
              ssh.destination(), path, needed >> 20, freeBytes >> 20));
    }
  }

  // tar has several words for a full disk, and none in some languages: ask the disk.
  private StartFailure notCopied(ClientProgram.Output output) {
    String free =
        ssh.run("df -Pk " + Ssh.quote(path) + " | awk 'NR == 2 {print $4}'").out().strip();
    return free.matches("\\d{1,3}")
        ? new StartFailure(ssh.destination() + ": disk full: " + path + " has " + free + " KB left")
        : ssh.failure("cannot copy files to " + path, output);
  }

  private void stage(Map<String, Path> files, List<String> changed) {
    try {
      Path stage = Files.createTempDirectory("crossover-deploy-");
      try {
        for (String file : changed) {
          Path link = stage.resolve(file);
          Files.createDirectories(link.getParent());
          Files.createSymbolicLink(link, files.get(file).toAbsolutePath());
        }
        ClientProgram.Output output = ssh.copy(stage, changed, path);
        if (output.status() != 0) {
          throw notCopied(output);
        }
      } finally {
        TempDirectory.delete(stage);
      }
    } catch (IOException e) {
      throw new StartFailure("cannot collect the files for " + ssh.destination(), e);
    }
  }

  /** What is there, but for what the server itself writes. */
  private Map<String, String> sums() {
    String said =
        ssh.require(
            "read " + path,
            format(
                """
            cd %s 2>/dev/null || exit 0
            [ -e %s ] || exit 0
            find . -type f ! -path './base/logs/*' ! -path './base/work/*' ! -path './base/temp/*' \
              ! -path './base/webapps/ROOT/*' ! -path './state/*' ! -path './tmp/*' \
              ! -path './bench/target/unpacked/*' ! -name %2$s \
              -exec sha256sum {} +
            """,
                Ssh.quote(path), MARK));
    Map<String, String> sums = new TreeMap<>();
    for (String line : said.lines().toList()) {
      // 64 digits, two characters, "./" and the name
      sums.put(line.substring(68), line.substring(0, 64));
    }
    return sums;
  }

  private static String sum(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return DigestUtils.sha256Hex(in);
    } catch (IOException e) {
      throw new StartFailure("cannot read " + file, e);
    }
  }

  /** Adds what a Tomcat needs to run, of the unpacked one, under a name there. */
  static void collectTomcat(Path tomcat, String name, Map<String, Path> into) {
    collect(tomcat.resolve("lib"), name + "/lib", into);
    for (String jar : List.of("bootstrap.jar", "tomcat-juli.jar")) {
      into.put(name + "/bin/" + jar, tomcat.resolve("bin").resolve(jar));
    }
  }

  /** Adds every file below a folder here under a name there. */
  static void collect(Path folder, String name, Map<String, Path> into) {
    try (Stream<Path> found = Files.walk(folder)) {
      found
          .filter(Files::isRegularFile)
          .forEach(file -> into.put(name + "/" + folder.relativize(file), file));
    } catch (IOException e) {
      throw new StartFailure("cannot read " + folder, e);
    }
  }
}
