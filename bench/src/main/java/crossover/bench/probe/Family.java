package crossover.bench.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A process and those that it started, and they in turn. */
final class Family {
  private static final int SIGCHLD = 17;

  private Family() {}

  // Children of the first thread, and theirs: all of PostgreSQL. The list costs next to nothing
  // where the kernel keeps it; to look through every process there is costs milliseconds.
  static List<Long> of(long pid) {
    List<Long> family = new ArrayList<>(List.of(pid));
    for (int next = 0; next < family.size(); next++) {
      long member = family.get(next);
      try {
        String children = ProcFile.read("/proc/" + member + "/task/" + member + "/children");
        for (String child : children.strip().split(" ", -1)) {
          if (!child.isEmpty()) {
            family.add(Long.valueOf(child));
          }
        }
      } catch (IOException e) {
        if (next == 0) {
          descendants(pid).forEach(family::add);
          return family;
        }
      }
    }
    return family;
  }

  private static Stream<Long> descendants(long pid) {
    return ProcessHandle.of(pid).stream()
        .flatMap(ProcessHandle::descendants)
        .map(ProcessHandle::pid);
  }

  /**
   * The first JVM among them, where Linux tells. Other programs end by the signal that calls a JVM.
   *
   * @throws IOException if there is none
   */
  static long jvm(long pid) throws IOException {
    return !Files.exists(Path.of("/proc/self/maps"))
        ? pid
        : of(pid).stream()
            .filter(Family::isJvm)
            .findFirst()
            .orElseThrow(() -> new IOException("no JVM is among the processes of " + pid));
  }

  private static boolean isJvm(long pid) {
    try {
      return ProcFile.read("/proc/" + pid + "/maps").contains("/libjvm.so");
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Whether {@link #of} finds all of them, and Linux counts what children spent that have ended: it
   * does not for a process that ignores their end.
   */
  static boolean isCounted(long pid) {
    List<Long> family = of(pid);
    return descendants(pid).allMatch(family::contains)
        && family.stream().noneMatch(Family::forgetsChildren);
  }

  private static boolean forgetsChildren(long pid) {
    try {
      String ignored =
          ProcFile.read("/proc/" + pid + "/status")
              .lines()
              .filter(line -> line.startsWith("SigIgn:"))
              .findFirst()
              .orElse("SigIgn:0");
      return (Long.parseUnsignedLong(ignored.substring(7).strip(), 16) >> (SIGCHLD - 1) & 1) == 1;
    } catch (IOException e) {
      return false;
    }
  }
}
