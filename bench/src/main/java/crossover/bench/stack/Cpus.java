package crossover.bench.stack;

import static crossover.bench.text.Text.format;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which cores serve, and which drive the load and hold the backends. Apart, so that the generator's
 * appetite does not slow the server that it measures. Empty lists: not pinned.
 *
 * @param server the cores of the Tomcat that is measured
 * @param others the cores of the generator, PostgreSQL and Redis
 */
public record Cpus(List<Integer> server, List<Integer> others) {
  private static final Duration PLACING_LIMIT = Duration.ofSeconds(10);
  private static final Path STATUS = Path.of("/proc/self/status");

  public static Cpus free() {
    return new Cpus(List.of(), List.of());
  }

  /** Half of the cores that this process may use for each side; free where that cannot be done. */
  public static Cpus halves() {
    return split(Tools.has("taskset") ? allowed() : List.of());
  }

  /** Whether the two sides stand on cores of their own. */
  public boolean pinned() {
    return !server.isEmpty();
  }

  // Siblings share one physical core: in the order of their cores, the halves share at most one.
  // The first half, where interrupts usually land, is not the server's.
  static Cpus split(List<Integer> cores) {
    if (cores.size() < 2) {
      return free();
    }
    List<Integer> ordered = new ArrayList<>(cores);
    ordered.sort(Comparator.comparing(Cpus::physicalCore).thenComparing(c -> c));
    int half = ordered.size() / 2;
    return new Cpus(
        List.copyOf(ordered.subList(half, ordered.size())), List.copyOf(ordered.subList(0, half)));
  }

  /**
   * The same with at most so many cores for the server.
   *
   * @param cores 0: all that it has
   * @throws StartFailure if nothing is pinned here
   */
  public Cpus limited(int cores) {
    if (cores > 0 && !pinned()) {
      throw new StartFailure(
          format(
              "a server cannot be kept to %s of the cores: that needs two cores or more and"
                  + " taskset (package util-linux), and no --no-pin",
              cores));
    }
    return cores == 0 || server.size() <= cores ? this : new Cpus(server.subList(0, cores), others);
  }

  /** Gives a running server its own cores alone, as it is measured. */
  public void pin(long pid) {
    place(pid, server);
  }

  /** Gives a running generator the cores of generator and backends alone. */
  public void pinOther(long pid) {
    place(pid, others);
  }

  /**
   * Lets a running server use all cores: a JVM that is getting warm compiles beside the requests,
   * and on one core would take three times as long for it.
   */
  public void release(long pid) {
    List<Integer> all = new ArrayList<>(server);
    all.addAll(others);
    place(pid, all);
  }

  private static void place(long pid, List<Integer> cores) {
    if (!cores.isEmpty()) {
      String list = list(cores);
      ProcessHandle.of(pid).stream()
          .flatMap(first -> Stream.concat(Stream.of(first), first.descendants()))
          .forEach(process -> place(process, list));
    }
  }

  private static void place(ProcessHandle process, String cores) {
    List<String> command =
        List.of("taskset", "-a", "-c", "-p", cores, Long.toString(process.pid()));
    // It fails when a thread of the server ends while it works, and then works the next time. A
    // server that has died cannot be placed, which the next slice will tell better.
    boolean placed =
        Await.until(
            () -> Tools.succeeds(command) || !process.isAlive(),
            Duration.ofMillis(20),
            PLACING_LIMIT);
    if (!placed) {
      throw new StartFailure(
          "cannot pin the process " + process.pid() + " to the cores " + cores + ": try --no-pin");
    }
  }

  /** The command, begun by the tool that pins it. */
  static List<String> pinned(List<Integer> cores, List<String> command) {
    if (cores.isEmpty()) {
      return command;
    }
    List<String> whole = new ArrayList<>(List.of("taskset", "-c", list(cores)));
    whole.addAll(command);
    return whole;
  }

  private static String list(List<Integer> cores) {
    return cores.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private static List<Integer> allowed() {
    try (var lines = Files.lines(STATUS, UTF_8)) {
      return lines
          .filter(line -> line.startsWith("Cpus_allowed_list:"))
          .map(line -> parse(line.substring(line.indexOf(':') + 1).strip()))
          .findFirst()
          .orElse(List.of());
    } catch (IOException e) {
      return List.of();
    }
  }

  /** The kernel's notation: {@code 0-3,8} is 0, 1, 2, 3, 8. */
  static List<Integer> parse(String list) {
    List<Integer> cores = new ArrayList<>();
    for (String range : list.split(",", -1)) {
      int dash = range.indexOf('-');
      int from = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
      int to = Integer.parseInt(range.substring(dash + 1));
      for (int core = from; core <= to; core++) {
        cores.add(core);
      }
    }
    return cores;
  }

  private static int physicalCore(int cpu) {
    Path siblings = Path.of("/sys/devices/system/cpu/cpu" + cpu + "/topology/thread_siblings_list");
    try {
      return parse(Files.readString(siblings).strip()).get(0);
    } catch (IOException e) {
      return cpu;
    }
  }
}
