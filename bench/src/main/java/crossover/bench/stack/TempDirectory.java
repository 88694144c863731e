package crossover.bench.stack;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** A private folder that is gone after {@link #close}, or when the runner is killed. */
public record TempDirectory(Watchdog watchdog, Path path) implements AutoCloseable {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  public static TempDirectory create(Watchdog watchdog, String name) {
    Path parent = Path.of(System.getProperty("java.io.tmpdir"));
    Path path = parent.resolve("crossover-" + name + "-" + UUID.randomUUID());
    // Held before it exists: the runner can be killed between any two lines.
    watchdog.hold(path);
    try {
      Files.createDirectory(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      return new TempDirectory(watchdog, path);
    } catch (IOException e) {
      throw new StartFailure("cannot create a folder in " + parent, e);
    }
  }

  @Override
  public void close() {
    delete(path);
    watchdog.release(path);
  }

  /** Removes a folder with all that is in it; no error if there is none. */
  public static void delete(Path directory) {
    File[] children = Files.isSymbolicLink(directory) ? null : directory.toFile().listFiles();
    if (children != null) { // null for files, and for what a server has removed meanwhile
      Stream.of(children).map(File::toPath).forEach(TempDirectory::delete);
    }
    try {
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + directory, e);
    }
  }
}
