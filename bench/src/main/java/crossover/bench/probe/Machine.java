package crossover.bench.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Serializable;
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
    boolean virtual)
    implements Serializable {
  private static final String UNKNOWN = "unknown";

  private static final String CPUINFO = "/proc/cpuinfo";
  // A Raspberry Pi tells its model in a file of its own.
  private static final String BOARD = "/proc/device-tree/model";
  private static final String RELEASE = "/etc/os-release";

  public static Machine here() {
    String cpuinfo = text(CPUINFO);
    return new Machine(
        cpu(cpuinfo, text(BOARD).replace("\0", "").strip()),
        Runtime.getRuntime().availableProcessors(),
        memory(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        value(text(RELEASE), "PRETTY_NAME", "=").replace("\"", ""),
        System.getProperty("os.arch"),
        (" " + value(cpuinfo, "flags", ":") + " ").contains(" hypervisor "));
  }

  /** What stays when kernel and distribution are brought up to date, in one line. */
  public String hardware() {
    long gigabytes = Math.round(memoryBytes / 1e9);
    return String.join(
        ", ", cpu, cores + " cores", gigabytes + " GB", architecture, virtual ? "virtual" : "");
  }

  private static String cpu(String cpuinfo, String board) {
    String name = value(cpuinfo, "model name", ":");
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

  /** What is in a file of Linux; empty where there is none. */
  public static String text(String file) {
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
