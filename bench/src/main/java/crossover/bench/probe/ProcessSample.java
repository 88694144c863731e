package crossover.bench.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What Linux has counted for a process and all its descendants since their start. Without {@code
 * /proc} the figures are NaN and the maps empty.
 *
 * @param user CPU seconds in user mode, in steps of 10 ms
 * @param system CPU seconds in the kernel, in steps of 10 ms
 * @param threads every live thread's own counters, by thread number
 * @param rss resident bytes
 */
record ProcessSample(double user, double system, Map<Long, ThreadSample> threads, double rss) {
  /** USER_HZ: 100 for user space on every Linux, whatever the kernel's own clock does. */
  private static final double TICKS_PER_SECOND = 100;

  private static final Path PROC = Path.of("/proc");

  static ProcessSample none() {
    return new ProcessSample(Double.NaN, Double.NaN, Map.of(), Double.NaN);
  }

  static ProcessSample of(long pid) {
    return of(PROC, pid, family(pid));
  }

  /**
   * The sum over some processes.
   *
   * @param proc a folder like {@code /proc}
   */
  static ProcessSample of(Path proc, long pid, List<Long> family) {
    if (!Files.exists(proc.resolve(pid + "/stat"))) {
      return none();
    }
    double user = 0;
    double system = 0;
    double rss = 0;
    Map<Long, ThreadSample> threads = new HashMap<>();
    for (long member : family) {
      try {
        String[] stat = afterName(Files.readString(proc.resolve(member + "/stat"), UTF_8));
        // proc(5), from field 3: utime, stime, and those of children that ended, cutime, cstime
        user += (Long.parseLong(stat[11]) + Long.parseLong(stat[13])) / TICKS_PER_SECOND;
        system += (Long.parseLong(stat[12]) + Long.parseLong(stat[14])) / TICKS_PER_SECOND;
        rss += residentBytes(proc.resolve(String.valueOf(member)));
        threads.putAll(threadsOf(proc.resolve(String.valueOf(member))));
      } catch (IOException e) {
        // ended between the listing and the reading: its parent has its times
      }
    }
    return new ProcessSample(user, system, threads, rss);
  }

  private static List<Long> family(long pid) {
    try (Stream<ProcessHandle> descendants =
        ProcessHandle.of(pid).stream().flatMap(ProcessHandle::descendants)) {
      return Stream.concat(Stream.of(pid), descendants.map(ProcessHandle::pid)).toList();
    }
  }

  // The name may hold spaces and parentheses; nothing after its last parenthesis does.
  private static String[] afterName(String stat) {
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
  }

  private static double residentBytes(Path process) throws IOException {
    return 1024.0 * ThreadSample.number(Files.readString(process.resolve("status")), "VmRSS:");
  }

  private static Map<Long, ThreadSample> threadsOf(Path process) throws IOException {
    Map<Long, ThreadSample> threads = new HashMap<>();
    try (Stream<Path> tasks = Files.list(process.resolve("task"))) {
      for (Path task : (Iterable<Path>) tasks::iterator) {
        ThreadSample.read(task)
            .ifPresent(
                thread -> threads.put(Long.parseLong(task.getFileName().toString()), thread));
      }
    }
    return threads;
  }

  /** Live threads by pool. */
  Map<String, Integer> pools() {
    Map<String, Integer> pools = new TreeMap<>();
    threads.values().forEach(thread -> pools.merge(thread.pool(), 1, Integer::sum));
    return pools;
  }
}
