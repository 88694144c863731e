package crossover.bench.probe;

import java.io.File;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The CPU time of a process and its descendants, read from outside in a millisecond or two: cheap
 * enough for both ends of a turn. Counts nanoseconds of their threads, those of a JVM's compilers
 * apart. A thread that ends takes its time with it: where that is much, the kernel's count for
 * whole processes is used, which has steps of 10 ms.
 */
public final class CpuClock {
  private static final long TICK_NANOS = 10_000_000;

  /** Of the time so far, and of one step at each end of a reading. */
  private static final double LOST = 0.05;

  private final long pid;
  private final Map<String, Boolean> compilers = new HashMap<>();
  private double lost;
  private double counted;

  CpuClock(long pid) {
    this.pid = pid;
  }

  /**
   * CPU time between two readings.
   *
   * @param serving seconds without the compilers'; NaN where Linux does not tell
   * @param compiling seconds of the compilers
   */
  public record Spent(double serving, double compiling) {
    public static final Spent NONE = new Spent(0, 0);

    /** The sum of this and a share of another. */
    public Spent plus(Spent other, double share) {
      return new Spent(serving + share * other.serving, compiling + share * other.compiling);
    }
  }

  /** Nanoseconds by thread, as {@code pid/task/tid}, and by process, as {@code pid}. */
  public Map<String, Long> read() {
    Map<String, Long> nanos = new HashMap<>();
    for (long member : Family.of(pid)) {
      String tasks = member + "/task/";
      String[] numbers = new File("/proc/" + tasks).list();
      for (String number : numbers == null ? new String[0] : numbers) {
        try {
          String schedstat = ProcFile.read("/proc/" + tasks + number + "/schedstat");
          nanos.put(tasks + number, Long.parseLong(schedstat.substring(0, schedstat.indexOf(' '))));
        } catch (IOException e) {
          // ended since it was listed
        }
      }
      try {
        nanos.put(Long.toString(member), TICK_NANOS * ProcessSample.ticks(member));
      } catch (IOException e) {
        // ended since it was listed: its parent has its time
      }
    }
    return nanos;
  }

  /** What was spent since an earlier reading. */
  public Spent since(Map<String, Long> before) {
    Map<String, Long> after = read();
    if (after.isEmpty()) {
      return new Spent(Double.NaN, Double.NaN);
    }
    double threads = 0;
    double compiling = 0;
    double processes = 0;
    for (Map.Entry<String, Long> part : after.entrySet()) {
      double spent = (part.getValue() - before.getOrDefault(part.getKey(), 0L)) / 1e9;
      if (isProcess(part.getKey())) {
        processes += spent;
      } else {
        threads += spent;
        compiling += compilers.computeIfAbsent(part.getKey(), CpuClock::isCompiler) ? spent : 0;
      }
    }
    for (Map.Entry<String, Long> part : before.entrySet()) {
      if (isProcess(part.getKey()) && !after.containsKey(part.getKey())) {
        processes -= part.getValue() / 1e9; // all of its time is among its parent's now
      }
    }
    counted += processes;
    lost += processes - threads;
    double all = lost > LOST * (1 + counted) ? processes : threads;
    return new Spent(all - compiling, compiling);
  }

  private static boolean isProcess(String part) {
    return part.indexOf('/') < 0;
  }

  private static boolean isCompiler(String thread) {
    try {
      return ProcessUsage.isCompiler(ProcFile.read("/proc/" + thread + "/comm").strip());
    } catch (IOException e) {
      return false;
    }
  }
}
