package crossover.bench.load;

import crossover.bench.stack.Jdk;
import crossover.bench.stack.Watchdog;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Generators for up to 1,000 users, without plugins. */
public final class Generators {
  private Generators() {}

  public static Generator start(
      Path jmeter, Jdk jdk, List<Integer> cores, Path log, Watchdog watchdog) {
    return Generator.start(jmeter, Optional.empty(), jdk, cores, 1, log, watchdog);
  }
}
