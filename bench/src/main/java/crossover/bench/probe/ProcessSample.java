package crossover.bench.probe;

import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What Linux has counted for a process and its descendants since their start. Without {@code /proc}
 * the figures are NaN and the maps empty.
 *
 * @param user CPU seconds in user mode, in steps of 10 ms
 * @param system CPU seconds in the kernel, in steps of 10 ms
 * @param threads every live thread's own counters, by thread number
 * @param rss resident bytes
 * @param processes how many these figures are the sum of
 */
public record ProcessSample(
    double user, double system, Map<Long, ThreadSample> threads, double rss, int processes)
    implements Serializable {
  /** USER_HZ: 100 for user space on every Linux, whatever the kernel's own clock does. */
  private static final double TICKS_PER_SECOND = 100;

  private static final String PROC = "/proc/";

  static ProcessSample none() {
    return new ProcessSample(Double.NaN, Double.NaN, Map.of(), Double.NaN, 0);
  }

  static ProcessSample of(long pid) {
    if (!new File(PROC + pid + "/stat").exists()) {
      return none();
    }
    List<Long> family = Family.of(pid);
    double user = 0;
    double system = 0;
    double rss = 0;
    Map<Long, ThreadSample> threads = new HashMap<>();
    for (long member : family) {
      try {
        String[] stat = afterName(ProcFile.read(PROC + member + "/stat"));
        // proc(5), from field 3: utime, stime, and those of children that ended, cutime, cstime
        user += (Long.parseLong(stat[11]) + Long.parseLong(stat[13])) / TICKS_PER_SECOND;
        system += (Long.parseLong(stat[12]) + Long.parseLong(stat[14])) / TICKS_PER_SECOND;
        rss += residentBytes(PROC + member);
        threads.putAll(threadsOf(PROC + member));
      } catch (IOException e) {
        // ended between the listing and the reading: its parent has its times
      }
    }
    return new ProcessSample(user, system, threads, rss, family.size());
  }

  /** CPU time of a process with its children that have ended, in steps of 10 ms. */
  static long ticks(long pid) throws IOException {
    String[] stat = afterName(ProcFile.read(PROC + pid + "/stat"));
    return Long.parseLong(stat[11])
        + Long.parseLong(stat[12])
        + Long.parseLong(stat[13])
        + Long.parseLong(stat[14]);
  }

  // The name may hold spaces and parentheses; nothing after its last parenthesis does.
  private static String[] afterName(String stat) {
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
  }

  private static double residentBytes(String process) throws IOException {
    return 1024.0 * ThreadSample.number(ProcFile.read(process + "/status"), "VmRSS:");
  }

  private static Map<Long, ThreadSample> threadsOf(String process) {
    Map<Long, ThreadSample> threads = new HashMap<>();
    String folder = process + "/task/";
    String[] numbers = new File(folder).list();
    for (String number : numbers == null ? new String[0] : numbers) {
      ThreadSample.read(folder + number)
          .ifPresent(thread -> threads.put(Long.valueOf(number), thread));
    }
    return threads;
  }

  Map<String, Integer> pools() {
    Map<String, Integer> pools = new TreeMap<>();
    threads.values().forEach(thread -> pools.merge(thread.pool(), 1, Integer::sum));
    return pools;
  }
}
