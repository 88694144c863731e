package crossover.bench.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What all servers of a machine share, at one moment: backends and the hypervisor's favour. */
public final class BackendSample {
  private static final double TICKS_PER_SECOND = 100;

  final long nanoTime;
  final Map<String, ProcessSample> backends;
  final double steal;

  BackendSample(long nanoTime, Map<String, ProcessSample> backends, double steal) {
    this.nanoTime = nanoTime;
    this.backends = Map.copyOf(backends);
    this.steal = steal;
  }

  /**
   * Samples now; costs no server anything.
   *
   * @param backends processes by name
   */
  static BackendSample of(Map<String, Long> backends) {
    long now = System.nanoTime();
    Map<String, ProcessSample> samples = new HashMap<>();
    backends.forEach((name, backend) -> samples.put(name, ProcessSample.of(backend)));
    return new BackendSample(now, samples, steal(Path.of("/proc/stat")));
  }

  // The eighth figure of the first line: time in which the hypervisor ran somebody else.
  static double steal(Path stat) {
    try (var lines = Files.lines(stat, UTF_8)) {
      String[] cpu = lines.findFirst().orElse("").split(" +", -1);
      return cpu.length > 8 ? Long.parseLong(cpu[8]) / TICKS_PER_SECOND : Double.NaN;
    } catch (IOException e) {
      return Double.NaN;
    }
  }
}
