package crossover.bench.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
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
    try {
      if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
        try (Stream<Path> children = Files.list(directory)) {
          children.forEach(TempDirectory::delete);
        }
      }
      Files.deleteIfExists(directory);
    } catch (NoSuchFileException e) {
      // A server has removed it meanwhile.
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + directory, e);
    }
  }
}
