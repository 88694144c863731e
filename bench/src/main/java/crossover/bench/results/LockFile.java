package crossover.bench.results;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file that one process at a time holds. The kernel releases it when that process ends, however
 * it ends. The file itself stays: to delete it would let two processes lock two files of one name.
 */
public record LockFile(Path file, FileChannel channel) implements AutoCloseable {
  /**
   * POSIX drops a process's lock when the process closes any descriptor of the file, so this
   * process never opens one a second time.
   */
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  /**
   * Takes the lock; empty if somebody holds it.
   *
   * @param holder what others are told while it is held
   * @throws IOException if the file cannot be written
   */
  public static Optional<LockFile> take(Path file, String holder) throws IOException {
    Path key = file.toAbsolutePath().normalize();
    if (!HELD_HERE.add(key)) {
      return Optional.empty();
    }
    FileChannel channel = null;
    try {
      channel = FileChannel.open(key, READ, WRITE, CREATE);
      if (channel.tryLock() != null) {
        channel.truncate(0).write(ByteBuffer.wrap(holder.getBytes(UTF_8)));
        return Optional.of(new LockFile(key, channel));
      }
      channel.close();
      HELD_HERE.remove(key);
      return Optional.empty();
    } catch (IOException e) {
      if (channel != null) {
        channel.close();
      }
      HELD_HERE.remove(key);
      throw e;
    }
  }

  /** What the holder says of itself; it may have ended meanwhile. */
  public static String holder(Path file) {
    if (HELD_HERE.contains(file.toAbsolutePath().normalize())) {
      return "pid " + ProcessHandle.current().pid();
    }
    try {
      return new String(Files.readAllBytes(file), UTF_8);
    } catch (IOException e) {
      return "unknown";
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    HELD_HERE.remove(file);
  }
}
