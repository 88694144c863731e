package crossover.bench.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The machine that a result was measured on. Texts are "unknown" where the system does not tell.
 *
 * @param cpu its model
 * @param cores logical processors that this process may use
 * @param memoryBytes main memory
 * @param kernel name and version
 * @param distribution such as "Debian GNU/Linux 12 (bookworm)"
 * @param architecture such as amd64
 * @param virtual whether the processor tells of a hypervisor: neighbours may share it
 */
public record Machine(
    String cpu,
    int cores,
    long memoryBytes,
    String kernel,
    String distribution,
    String architecture,
    boolean virtual) {
  private static final String UNKNOWN = "unknown";

  /** This machine. */
  public static Machine here() {
    String cpuinfo = text("/proc/cpuinfo");
    return new Machine(
        cpu(cpuinfo),
        Runtime.getRuntime().availableProcessors(),
        memory(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        value(text("/etc/os-release"), "PRETTY_NAME", "=").replace("\"", ""),
        System.getProperty("os.arch"),
        (" " + value(cpuinfo, "flags", ":") + " ").contains(" hypervisor "));
  }

  // A Raspberry Pi tells its model in a file of its own.
  private static String cpu(String cpuinfo) {
    String name = value(cpuinfo, "model name", ":");
    String board = text("/proc/device-tree/model").replace("\0", "").strip();
    if (!name.equals(UNKNOWN)) {
      return board.isEmpty() ? name : name + ", " + board;
    }
    return board.isEmpty() ? UNKNOWN : board;
  }

  private static long memory() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : 0;
  }

  private static String text(String file) {
    try {
      return Files.readString(Path.of(file), UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  private static String value(String text, String key, String separator) {
    return text.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(key.toLowerCase(Locale.ROOT)))
        .filter(line -> line.contains(separator))
        .map(line -> line.substring(line.indexOf(separator) + 1).strip())
        .findFirst()
        .orElse(UNKNOWN);
  }
}
