package crossover.bench.load;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.commons.io.FileUtils;

/**
 * Where a {@code jmeter-server} keeps the files of plans until it ends. One that was killed leaves
 * its folder, and the next one on the machine removes that: it is not locked any more.
 */
final class PlanFolder {
  private static final String NAME = "crossover-plans-";
  private static final String LOCK = "lock";
  private static Path folder;
  private static FileChannel held;

  private PlanFolder() {}

  static synchronized Path get() throws IOException {
    if (folder == null) {
      removeAbandoned(Path.of(System.getProperty("java.io.tmpdir")));
    }
    // Another server that is starting may take it for abandoned before it is locked.
    while (folder == null || !Files.exists(folder)) {
      folder = Files.createTempDirectory(NAME);
      folder.toFile().deleteOnExit();
      Path lock = folder.resolve(LOCK);
      lock.toFile().deleteOnExit();
      // Never opened again here: closing it would give up the lock.
      held = FileChannel.open(lock, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      held.lock();
    }
    return folder;
  }

  /** Adds a file, by its name in the folder. */
  static void add(String name, byte[] content) throws IOException {
    Path path = get().resolve(name);
    Files.createDirectories(path.getParent()).toFile().deleteOnExit();
    Files.write(path, content);
    path.toFile().deleteOnExit();
  }

  private static void removeAbandoned(Path parent) {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, NAME + "*")) {
      for (Path other : folders) {
        try (FileChannel lock = FileChannel.open(other.resolve(LOCK), StandardOpenOption.WRITE);
            FileLock free = lock.tryLock()) {
          if (free != null) {
            FileUtils.deleteDirectory(other.toFile());
          }
        } catch (IOException e) {
          // It is another user's, or was removed meanwhile.
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // A folder that may not be listed: what others left stays there.
    }
  }
}
