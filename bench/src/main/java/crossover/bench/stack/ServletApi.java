package crossover.bench.stack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.apache.tomcat.jakartaee.Migration;

/** Which Servlet API an unpacked WAR was compiled for: that of Tomcat 10 and later, or javax. */
final class ServletApi {
  private static final Logger TOOL = Logger.getLogger("org.apache.tomcat.jakartaee");

  private boolean javax;
  private boolean jakarta;

  private ServletApi() {}

  /**
   * Whether it was written for Servlet 4 or before. The application's classes and pages decide;
   * where they use neither API, its libraries do, of which many can use both.
   */
  static boolean isJavax(Path webapp) throws IOException {
    ServletApi used = new ServletApi();
    for (Path file : files(webapp.resolve("WEB-INF/classes"), ".class")) {
      used.look(Files.readAllBytes(file));
    }
    for (Path page : files(webapp, ".jsp")) {
      used.look(Files.readString(page, ISO_8859_1).replace('.', '/').getBytes(ISO_8859_1));
    }
    if (!used.javax && !used.jakarta) {
      for (Path library : files(webapp.resolve("WEB-INF/lib"), ".jar")) {
        used.look(library);
      }
    }
    return used.javax && !used.jakarta;
  }

  /** Copies a WAR or its folder, with the classes and files of the new API for the old one. */
  static void migrate(Path webapp, Path target) throws IOException {
    TOOL.setLevel(Level.WARNING);
    Migration migration = new Migration();
    migration.setSource(webapp.toFile());
    migration.setDestination(target.toFile());
    migration.execute();
  }

  private static List<Path> files(Path folder, String end) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(end)).toList();
    }
  }

  /** One that uses both APIs runs with either, and tells nothing. */
  private void look(Path library) throws IOException {
    ServletApi its = new ServletApi();
    try (ZipFile zip = new ZipFile(library.toFile())) {
      for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
        ZipEntry entry = entries.nextElement();
        if (entry.getName().endsWith(".class")) {
          try (InputStream in = zip.getInputStream(entry)) {
            its.look(in.readAllBytes());
          }
        }
      }
    } catch (ZipException e) {
      throw new IOException(library.getFileName() + ": " + e.getMessage(), e);
    }
    javax |= its.javax && !its.jakarta;
    jakarta |= its.jakarta && !its.javax;
  }

  private void look(byte[] classFile) {
    String text = new String(classFile, ISO_8859_1);
    javax |= text.contains("javax/servlet/");
    jakarta |= text.contains("jakarta/servlet/");
  }
}
