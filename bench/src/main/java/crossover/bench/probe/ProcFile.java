package crossover.bench.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileInputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * Reads files of /proc: hundreds at each end of a window, so with as few system calls as can be.
 */
final class ProcFile {
  private static final int USUAL_SIZE = 4096;

  private ProcFile() {}

  static String read(String path) throws IOException {
    try (FileInputStream in = new FileInputStream(path)) {
      byte[] bytes = new byte[USUAL_SIZE];
      int length = 0;
      for (int read = in.read(bytes);
          read > 0;
          read = in.read(bytes, length, bytes.length - length)) {
        length += read;
        if (length == bytes.length) {
          bytes = Arrays.copyOf(bytes, 2 * length);
        }
      }
      return new String(bytes, 0, length, UTF_8);
    }
  }
}
