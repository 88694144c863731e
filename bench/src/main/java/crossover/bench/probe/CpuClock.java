package crossover.bench.probe;

import java.io.File;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * A process's CPU time, read from outside in a millisecond or two: cheap enough for both ends of a
 * turn. Counts nanoseconds of its threads, those of a JVM's compilers apart.
 */
public final class CpuClock {
  private final String tasks;
  private final Map<String, Boolean> compilers = new HashMap<>();

  public CpuClock(long pid) {
    tasks = "/proc/" + pid + "/task/";
  }

  /**
   * CPU time between two readings.
   *
   * @param serving seconds without the compilers'; NaN where Linux does not tell
   * @param compiling seconds of the compilers
   */
  public record Spent(double serving, double compiling) {
    /** Nothing. */
    public static final Spent NONE = new Spent(0, 0);

    /** The sum of this and a share of another. */
    public Spent plus(Spent other, double share) {
      return new Spent(serving + share * other.serving, compiling + share * other.compiling);
    }
  }

  /** Nanoseconds by thread; threads that have ended are left out. */
  public Map<String, Long> read() {
    Map<String, Long> nanos = new HashMap<>();
    String[] numbers = new File(tasks).list();
    for (String number : numbers == null ? new String[0] : numbers) {
      try {
        String schedstat = ProcFile.read(tasks + number + "/schedstat");
        nanos.put(number, Long.parseLong(schedstat.substring(0, schedstat.indexOf(' '))));
      } catch (IOException e) {
        // ended since it was listed
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
    long serving = 0;
    long compiling = 0;
    for (Map.Entry<String, Long> thread : after.entrySet()) {
      long spent = thread.getValue() - before.getOrDefault(thread.getKey(), 0L);
      if (compilers.computeIfAbsent(thread.getKey(), this::isCompiler)) {
        compiling += spent;
      } else {
        serving += spent;
      }
    }
    return new Spent(serving / 1e9, compiling / 1e9);
  }

  private boolean isCompiler(String thread) {
    try {
      return ProcessUsage.isCompiler(ProcFile.read(tasks + thread + "/comm").strip());
    } catch (IOException e) {
      return false;
    }
  }
}
