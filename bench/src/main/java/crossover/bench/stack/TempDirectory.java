package crossover.bench.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

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
    if (!Files.exists(directory)) {
      return;
    }
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              return FileVisitResult
                  .CONTINUE; // gone meanwhile: a server cleans up after itself too
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException e)
                throws IOException {
              Files.deleteIfExists(visited);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + directory, e);
    }
  }
}
