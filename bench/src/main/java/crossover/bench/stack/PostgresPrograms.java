package crossover.bench.stack;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked from their Maven artefact once and kept in the build folder. */
final class PostgresPrograms {
  private PostgresPrograms() {}

  /** The folder of bin/postgres and bin/initdb. */
  static Path unpackedIn(Path folder) {
    String name = archiveName();
    try (InputStream in = PostgresPrograms.class.getResourceAsStream("/" + name)) {
      if (in == null) {
        throw new StartFailure(
            "no PostgreSQL for this system (" + name + "): name a running one by --jdbc-url");
      }
      byte[] archive = in.readAllBytes();
      CRC32 crc = new CRC32();
      crc.update(archive);
      Path unpacked = folder.resolve("postgresql-" + Long.toHexString(crc.getValue()));
      if (!Files.isDirectory(unpacked)) {
        // Another run may unpack at the same time: each its own, and the first to be ready stays.
        Files.createDirectories(folder);
        Path fresh = Files.createTempDirectory(folder, "postgresql-");
        unpack(archive, fresh);
        publish(fresh, unpacked);
      }
      return unpacked;
    } catch (IOException e) {
      throw new StartFailure("cannot unpack PostgreSQL in " + folder, e);
    }
  }

  // The names that io.zonky.test.postgres gives its archives.
  private static String archiveName() {
    boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
    String machine = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
    String variant = Files.exists(Path.of("/etc/alpine-release")) ? "-alpine_linux" : "";
    return "postgres-" + (mac ? "darwin" : "linux") + "-" + machine + variant + ".txz";
  }

  private static void unpack(byte[] archive, Path target) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = target.resolve(entry.getName()).normalize();
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else if (entry.isSymbolicLink()) {
          Files.createDirectories(path.getParent());
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
          Files.createDirectories(path.getParent());
          Files.copy(tar, path);
          boolean program = path.getParent().endsWith("bin");
          path.toFile().setExecutable(program, false);
        }
      }
    }
    target.toFile().setExecutable(true, false);
    target.toFile().setReadable(true, false);
  }

  private static void publish(Path fresh, Path unpacked) throws IOException {
    try {
      Files.move(fresh, unpacked, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      TempDirectory.delete(fresh);
      if (!Files.isDirectory(unpacked)) {
        throw e;
      }
    }
  }
}
