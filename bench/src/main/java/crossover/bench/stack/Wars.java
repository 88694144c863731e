package crossover.bench.stack;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Unpacks each WAR once, for all the Tomcats that serve it: they only read it. */
public final class Wars {
  private final Path directory;
  private final Map<Path, Path> unpacked = new HashMap<>();

  Wars(Path directory) {
    this.directory = directory;
  }

  /** The folder of an application: that of the WAR, or the one given. */
  synchronized Path unpacked(Path war) {
    return unpacked.computeIfAbsent(
        war.toAbsolutePath().normalize(),
        key -> {
          Path folder = directory.resolve(String.valueOf(unpacked.size() + 1));
          Path own = Files.isDirectory(key) ? key : unpack(key, folder);
          return withCurrentApi(key, own, own, Path.of(folder + "-jakarta"));
        });
  }

  /** The WAR, or where it uses javax.servlet a copy of it for jakarta.servlet, in a new folder. */
  public static Path forJakarta(Path war, Path folder) {
    Path unpacked = unpack(war, folder.resolve("unpacked"));
    return withCurrentApi(war, unpacked, war, folder.resolve("jakarta.war"));
  }

  private static Path withCurrentApi(Path war, Path unpacked, Path served, Path migrated) {
    try {
      if (!ServletApi.isJavax(unpacked)) {
        return served;
      }
      System.out.println(
          war.getFileName()
              + " uses javax.servlet: Tomcat's migration tool makes a copy for jakarta.servlet.");
      ServletApi.migrate(served, migrated);
      return migrated;
    } catch (IOException e) {
      throw new StartFailure("cannot make " + war + " fit for jakarta.servlet", e);
    }
  }

  // As Tomcat does: the last of several entries of one name stays, and names lose characters that
  // the system's character set does not have. That none leads out is asked before anything starts.
  private static Path unpack(Path war, Path target) {
    try (ZipFile zip = new ZipFile(war.toFile())) {
      for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
        ZipEntry entry = entries.nextElement();
        File file = new File(target.toFile(), entry.getName());
        if (entry.isDirectory()) {
          file.mkdirs();
          continue;
        }
        file.getParentFile().mkdirs();
        try (InputStream in = zip.getInputStream(entry);
            OutputStream out = new FileOutputStream(file)) {
          in.transferTo(out);
        }
      }
      return target;
    } catch (IOException e) {
      throw new StartFailure("cannot unpack " + war, e);
    }
  }
}
