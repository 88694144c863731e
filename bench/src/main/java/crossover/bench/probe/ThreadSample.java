package crossover.bench.probe;

import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;

/**
 * What Linux has counted for one thread.
 *
 * @param pool its name without the number at the end; the kernel keeps 15 characters of a name
 * @param nanos CPU time, in nanoseconds
 * @param voluntary context switches because it waited
 * @param involuntary context switches because others wanted the core
 */
public record ThreadSample(String pool, long nanos, long voluntary, long involuntary)
    implements Serializable {
  static final ThreadSample UNBORN = new ThreadSample("", 0, 0, 0);

  /** Reads a folder of /proc/PID/task; empty if the thread has ended. */
  static Optional<ThreadSample> read(String task) {
    try {
      String schedstat = ProcFile.read(task + "/schedstat");
      String status = ProcFile.read(task + "/status");
      String name = status.substring("Name:".length(), status.indexOf('\n')).strip();
      return Optional.of(
          new ThreadSample(
              pool(name),
              Long.parseLong(schedstat.substring(0, schedstat.indexOf(' '))),
              number(status, "\nvoluntary_ctxt_switches:"),
              number(status, "nonvoluntary_ctxt_switches:")));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** {@code http-exec-12} and {@code http-exec-3} are both of {@code http-exec}. */
  static String pool(String name) {
    String stem = name.replaceAll("[-#_ .\\d]+$", "");
    return stem.isEmpty() ? name : stem;
  }

  /** The number after a key in a status file; 0 where there is none (kernel threads). */
  static long number(String status, String key) {
    int at = status.indexOf(key);
    if (at < 0) {
      return 0;
    }
    String line = status.substring(at + key.length()).stripLeading();
    int end = 0;
    while (end < line.length() && Character.isDigit(line.charAt(end))) {
      end++;
    }
    return end == 0 ? 0 : Long.parseLong(line.substring(0, end));
  }
}
