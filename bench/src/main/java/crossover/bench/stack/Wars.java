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
final class Wars {
  private final Path directory;
  private final Map<Path, Path> unpacked = new HashMap<>();

  Wars(Path directory) {
    this.directory = directory;
  }

  /** The folder of an application: that of the WAR, or the one given. */
  synchronized Path unpacked(Path war) {
    Path key = war.toAbsolutePath().normalize();
    Path known = unpacked.get(key);
    if (known == null) {
      String number = String.valueOf(unpacked.size() + 1);
      known = Files.isDirectory(key) ? key : directory.resolve(number);
      if (known != key) {
        unpack(key, known.toFile());
      }
      known = withCurrentApi(key, known, directory.resolve(number + "-jakarta"));
      unpacked.put(key, known);
    }
    return known;
  }

  private static Path withCurrentApi(Path war, Path folder, Path migrated) {
    try {
      if (!ServletApi.isJavax(folder)) {
        return folder;
      }
      System.out.println(
          war.getFileName()
              + " uses javax.servlet: Tomcat's migration tool makes a copy for jakarta.servlet.");
      ServletApi.migrate(folder, migrated);
      return migrated;
    } catch (IOException e) {
      throw new StartFailure("cannot make " + war + " fit for jakarta.servlet", e);
    }
  }

  // As Tomcat does: the last of several entries of one name stays, and names lose characters that
  // the system's character set does not have. That none leads out is asked before anything starts.
  private static void unpack(Path war, File target) {
    try (ZipFile zip = new ZipFile(war.toFile())) {
      for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
        ZipEntry entry = entries.nextElement();
        File file = new File(target, entry.getName());
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
    } catch (IOException e) {
      throw new StartFailure("cannot unpack " + war, e);
    }
  }
}
