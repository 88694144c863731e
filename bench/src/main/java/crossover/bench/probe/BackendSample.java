package crossover.bench.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What all servers of a machine share, at one moment.
 *
 * @param nanoTime by the clock of the machine that was sampled; the difference of two counts
 * @param backends the backends' processes by name
 * @param steal CPU seconds that the hypervisor gave to others since the start of the machine
 */
public record BackendSample(long nanoTime, Map<String, ProcessSample> backends, double steal)
    implements Serializable {
  private static final double TICKS_PER_SECOND = 100;
  private static final Path STAT = Path.of("/proc/stat");

  /** The same with the backends of another machine added. */
  public BackendSample with(BackendSample other) {
    Map<String, ProcessSample> all = new HashMap<>(backends);
    all.putAll(other.backends);
    return new BackendSample(nanoTime, all, steal);
  }

  /**
   * Samples now; costs no server anything.
   *
   * @param backends processes by name
   */
  public static BackendSample of(Map<String, Long> backends) {
    long now = System.nanoTime();
    Map<String, ProcessSample> samples = new HashMap<>();
    backends.forEach((name, backend) -> samples.put(name, ProcessSample.of(backend)));
    return new BackendSample(now, samples, stolen());
  }

  // The eighth figure of the first line: time in which the hypervisor ran somebody else.
  private static double stolen() {
    try (var lines = Files.lines(STAT, UTF_8)) {
      String[] cpu = lines.findFirst().orElse("").split(" +", -1);
      return cpu.length > 8 ? Long.parseLong(cpu[8]) / TICKS_PER_SECOND : Double.NaN;
    } catch (IOException e) {
      return Double.NaN;
    }
  }
}
