package crossover.bench.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What {@link ServerProbe} reads, on another host: the same files of {@code /proc}, fetched by one
 * command and read here, at the ends of a window only.
 */
public final class RemoteProbe implements AutoCloseable {
  // One process for all files: a small board takes its time for each. PostgreSQL's children are
  // what the third line is for.
  private static final String SCRIPT =
      """
      cd /proc || exit 1
      for pid in %s; do
        for member in $pid $(cat $pid/task/*/children 2>/dev/null); do
          set -- "$@" $member/stat $member/status $member/task/*/schedstat $member/task/*/status
          echo "@family $pid $member"
        done
      done
      awk 'FNR == 1 {print "@file " FILENAME} {print}' stat "$@" 2>/dev/null
      """;

  private final UnaryOperator<String> shell;
  private final long pid;
  private final Map<String, Long> backends;
  private final Map<String, Long> nearBackends;
  private final Optional<JvmProbe> jvm;

  /**
   * A probe of a server.
   *
   * @param shell runs a POSIX script on the host and returns what it prints
   * @param backends processes on that host to account for beside it, by name
   * @param nearBackends the same on this machine
   * @param jvm reads the JVM's own counters; without one they are NaN
   */
  public RemoteProbe(
      UnaryOperator<String> shell,
      long pid,
      Map<String, Long> backends,
      Map<String, Long> nearBackends,
      Optional<JvmProbe> jvm) {
    this.shell = shell;
    this.pid = pid;
    this.backends = Map.copyOf(backends);
    this.nearBackends = Map.copyOf(nearBackends);
    this.jvm = jvm;
  }

  /** Samples now; the way to the host is as long at both ends of a window, and so cancels. */
  public Sample sample() {
    long now = System.nanoTime();
    String said = shell.apply(script());
    return sample(now, said, jvmSample());
  }

  private JvmSample jvmSample() {
    return jvm.map(JvmProbe::sample).orElseGet(JvmSample::none);
  }

  private String script() {
    List<String> pids = new ArrayList<>(List.of(String.valueOf(pid)));
    backends.values().forEach(backend -> pids.add(String.valueOf(backend)));
    return SCRIPT.formatted(String.join(" ", pids));
  }

  private Sample sample(long now, String said, JvmSample counters) {
    try {
      Path proc = Files.createTempDirectory("crossover-proc-");
      try {
        Map<Long, List<Long>> families = unpack(said, proc);
        Map<String, ProcessSample> others = new HashMap<>();
        nearBackends.forEach((name, near) -> others.put(name, ProcessSample.of(near)));
        backends.forEach(
            (name, backend) ->
                others.put(
                    name,
                    ProcessSample.of(
                        proc + "/", backend, families.getOrDefault(backend, List.of()))));
        ProcessSample server =
            ProcessSample.of(proc + "/", pid, families.getOrDefault(pid, List.of()));
        double steal = BackendSample.steal(proc.resolve("stat"));
        return new Sample(server, counters, new BackendSample(now, others, steal));
      } finally {
        delete(proc);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep what the host said", e);
    }
  }

  /** Makes a folder like {@code /proc} of the answer; returns who belongs to whom. */
  private static Map<Long, List<Long>> unpack(String said, Path proc) throws IOException {
    Map<Long, List<Long>> families = new HashMap<>();
    StringBuilder content = new StringBuilder();
    Path file = null;
    for (String line : said.lines().toList()) {
      if (line.startsWith("@family ")) {
        String[] words = line.split(" ", -1);
        families
            .computeIfAbsent(Long.valueOf(words[1]), parent -> new ArrayList<>())
            .add(Long.valueOf(words[2]));
      } else if (line.startsWith("@file ")) {
        write(file, content);
        file = proc.resolve(line.substring("@file ".length())).normalize();
        if (!file.startsWith(proc)) {
          throw new IOException("the host names a file outside of /proc: " + line);
        }
      } else {
        content.append(line).append('\n');
      }
    }
    write(file, content);
    return families;
  }

  private static void write(Path file, StringBuilder content) throws IOException {
    if (file != null) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, content, UTF_8);
    }
    content.setLength(0);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Disconnects from the JVM. */
  @Override
  public void close() {
    jvm.ifPresent(JvmProbe::close);
  }
}
