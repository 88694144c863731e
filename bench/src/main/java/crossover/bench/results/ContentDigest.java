package crossover.bench.results;

import static java.nio.charset.StandardCharsets.UTF_8;

import crossover.bench.experiment.Arm;
import crossover.bench.experiment.Definition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/** Tells whether two things say the same, in 16 hexadecimal digits (of SHA-256). */
public final class ContentDigest {
  /** Many builds write into it when they ran. */
  private static final String MANIFEST = "META-INF/MANIFEST.MF";

  static final String UNKNOWN = "unknown";

  private ContentDigest() {}

  /** Of an experiment's files, by the names of {@link Environment}'s versions. */
  public static Map<String, String> of(Definition definition) {
    Map<String, String> digests = new TreeMap<>();
    for (Arm arm : definition.arms()) {
      arm.war().ifPresent(war -> digests.put(Environment.WAR + arm.name(), ofWar(war)));
      arm.overlay().ifPresent(o -> digests.put(Environment.OVERLAY + arm.name(), ofTree(o)));
      arm.sql().ifPresent(sql -> digests.put(Environment.SQL + arm.name(), of(sql)));
    }
    definition.views().forEach(v -> digests.put(Environment.PLAN + v.name(), of(v.plan())));
    return digests;
  }

  public static String of(String text) {
    return of(text.getBytes(UTF_8));
  }

  private static String of(byte[] content) {
    return DigestUtils.sha256Hex(content).substring(0, 16);
  }

  /** Of a file; "unknown" where it cannot be read. */
  public static String of(Path file) {
    try {
      return of(Files.readAllBytes(file));
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  /** Of the files in a WAR or a folder, but for the manifest: another build may say the same. */
  public static String ofWar(Path war) {
    if (Files.isDirectory(war)) {
      return ofTree(war);
    }
    try (FileSystem zip = FileSystems.newFileSystem(war)) {
      return ofTree(zip.getPath("/"));
    } catch (IOException | RuntimeException e) {
      return of(war); // no ZIP that Java reads
    }
  }

  private static String ofTree(Path root) {
    try (Stream<Path> files = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
      return of(
          files
              .filter(Files::isRegularFile)
              .sorted()
              .filter(file -> !root.relativize(file).toString().equals(MANIFEST))
              .map(file -> root.relativize(file) + " " + of(file) + "\n")
              .collect(Collectors.joining()));
    } catch (IOException | UncheckedIOException e) {
      return UNKNOWN;
    }
  }
}
