package crossover.bench.load;

import static crossover.bench.text.Text.format;

import crossover.bench.experiment.UsageException;
import crossover.bench.probe.Machine;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What many users at once need of the machine: each is a thread and a connection of the generator,
 * with a copy of the plan and a client of its own.
 */
public final class Crowd {
  /** What the generator, or a server, opens besides connections: jars, pipes, logs, the pools. */
  private static final int OTHER_FILES = 500;

  /** Threads of a server and of two JVMs' own. */
  private static final int OTHER_THREADS = 600;

  /** The generator's fixed heap is enough for so many. */
  private static final int USERS_IN_FIXED_HEAP = 1000;

  private static final int FIXED_HEAP_MEGABYTES = 768;
  private static final double HEAP_MEGABYTES_PER_USER = 0.25;
  private static final double STACK_AND_SOCKET_MEGABYTES_PER_USER = 0.15;

  private Crowd() {}

  /**
   * What the machine allows; what cannot be read (not Linux) counts as no limit.
   *
   * @param openFiles of one process; the hard limit, for a JVM raises its own to that
   * @param threads of one user
   * @param availableMegabytes of memory
   */
  record Limits(long openFiles, long threads, long availableMegabytes) {
    static Limits here() {
      String limits = Machine.text("/proc/self/limits");
      long kilobytes = number(Machine.text("/proc/meminfo"), "MemAvailable:\\s+(\\d+) kB");
      return new Limits(
          number(limits, "Max open files\\s+\\S+\\s+(\\d+)"),
          number(limits, "Max processes\\s+\\S+\\s+(\\d+)"),
          kilobytes == Long.MAX_VALUE ? kilobytes : kilobytes / 1024);
    }

    private static long number(String text, String pattern) {
      Matcher found = Pattern.compile(pattern).matcher(text);
      return found.find() ? Long.parseLong(found.group(1)) : Long.MAX_VALUE;
    }
  }

  /**
   * Checks that the machine can hold so many users, before anything is started.
   *
   * @param sends whether it makes the load, and does not only serve
   * @throws UsageException naming the limit, what is needed, and how to raise it
   */
  public static void require(int users, boolean sends) {
    require(users, sends, Limits.here());
  }

  static void require(int users, boolean sends, Limits limits) {
    need(
        users,
        "open files in one process",
        users + OTHER_FILES,
        limits.openFiles,
        "raise the hard limit (ulimit -Hn as root, or LimitNOFILE= of a systemd unit)");
    need(
        users,
        "threads",
        users + OTHER_THREADS,
        limits.threads,
        "raise the limit (ulimit -u, or TasksMax= of a systemd unit)");
    long sockets = Math.round(users * STACK_AND_SOCKET_MEGABYTES_PER_USER);
    need(
        users,
        "MB of memory for the generator alone",
        sends ? heapMegabytes(users) + sockets : 0,
        limits.availableMegabytes,
        "stop what else uses memory");
  }

  private static void need(int users, String what, long needed, long allowed, String remedy) {
    if (needed > allowed) {
      throw new UsageException(
          format(
              "%,d users need %,d %s, and this machine has %,d: %s, or ask for fewer users",
              users, needed, what, allowed, remedy));
    }
  }

  /** JVM options of a generator for so many users, to follow its other ones. */
  static List<String> heap(int users) {
    long megabytes = heapMegabytes(users);
    return List.of("-Xms" + megabytes + "m", "-Xmx" + megabytes + "m");
  }

  private static long heapMegabytes(int users) {
    int more = Math.max(0, users - USERS_IN_FIXED_HEAP);
    return FIXED_HEAP_MEGABYTES + Math.round(more * HEAP_MEGABYTES_PER_USER);
  }
}
