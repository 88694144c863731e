package crossover.bench.experiment;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What is looked at in a WAR before anything is started with it. */
public final class WarFile {
  private WarFile() {}

  /** Returns a WAR that a Tomcat can serve; what it throws begins with the option's name. */
  public static Path require(String option, Path war) {
    try {
      return require(war);
    } catch (Refusal e) {
      throw new UsageException(option + " " + e.getMessage());
    }
  }

  static Path require(Path war) {
    if (!Files.isReadable(war)) {
      throw new Refusal("names " + war + ", which does not exist or is not readable");
    }
    if (Files.isDirectory(war) && !Files.isDirectory(war.resolve("WEB-INF"))) {
      throw new Refusal("names " + war + ", a folder without WEB-INF: name a WAR file");
    }
    if (war.toString().endsWith(".jar")) {
      throw new Refusal("names " + war + ", a program: \"command: [java, -jar, …]\" runs it");
    }
    if (!Files.isDirectory(war)) {
      try (ZipFile zip = new ZipFile(war.toFile())) {
        if (zip.size() == 0) {
          throw new Refusal("names " + war + ", which is empty");
        }
        for (ZipEntry entry : Collections.list(zip.entries())) {
          if (!(new File("/war", entry.getName()).getCanonicalPath() + "/").startsWith("/war/")) {
            throw new Refusal("names " + war + ", with an entry outside of it: " + entry);
          }
        }
      } catch (IOException e) {
        throw new Refusal("names " + war + ", which is no WAR file: " + e.getMessage());
      }
    }
    return war;
  }
}
