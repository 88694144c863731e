package crossover.bench.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import crossover.bench.load.Generator;
import crossover.bench.load.Generators;
import crossover.bench.load.Slice;
import crossover.bench.load.Traffic;
import crossover.bench.load.Window;
import crossover.bench.stack.Cpus;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdks;
import crossover.bench.stack.Stack;
import crossover.bench.stack.Tomcat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What it costs a server to be asked for its counters. */
@Tag("long")
@Tag("timed")
class AskingIT {
  /** Two in every sweep of a warm-up that takes six seconds; the first cost the most. */
  private static final int TIMES_BEFORE = 30;

  private static final int TIMES = 50;

  @TempDir private Path temp;

  @BeforeAll
  static void linuxOnly() {
    assumeThat(Files.exists(Path.of("/proc/self/schedstat"))).as("Linux tells").isTrue();
  }

  /**
   * Of the two at a slice's ends one falls into its CPU time. That is known to a nanosecond; a
   * comparison of two arms would take hours to show so little.
   */
  @Test
  void beingAskedTakesLessThanAHundredthOfTheCpuOfASliceOfASecond() throws IOException {
    Installation here = Installation.find();
    try (Stack stack = Stack.open(here, Cpus.halves(), null, null);
        Tomcat tomcat =
            stack.launch("asked", here.war(), 11, Jdks.newest(), List.of(), Map.of(), 0);
        Generator generator =
            Generators.start(
                here.jmeter(), Jdks.newest(), List.of(), temp.resolve("g.log"), stack.watchdog())) {
      tomcat.awaitReady("/health", 200);
      try (ServerProbe asking = new ServerProbe(tomcat.pid(), Map.of(), true);
          ServerProbe watching = new ServerProbe(tomcat.pid(), Map.of(), false)) {
        load(generator, here, tomcat, 3);
        double serving = cpu(watching, () -> load(generator, here, tomcat, 1));
        ask(asking, TIMES_BEFORE);
        double asked = cpu(watching, () -> ask(asking, TIMES)) / TIMES;

        assertThat(asked / serving)
            .as("%.2f ms for being asked, %.0f ms for a slice", 1000 * asked, 1000 * serving)
            .isLessThan(0.01);
      }
    }
  }

  private static void load(Generator generator, Installation here, Tomcat tomcat, double seconds)
      throws IOException {
    Map<String, String> address =
        Map.of("host", "127.0.0.1", "port", Integer.toString(tomcat.port()), "path", "/sync");
    Slice slice =
        generator.run(
            Traffic.closed(here.plans().resolve("get.jmx"), address, 8, 0, seconds),
            Window.UNWATCHED);
    assertThat(slice.errors()).isZero();
  }

  private static void ask(ServerProbe asking, int times) {
    for (int i = 0; i < times; i++) {
      asking.sample();
    }
  }

  /** CPU seconds of the watched server meanwhile. */
  private static double cpu(ServerProbe watching, Work work) throws IOException {
    Sample before = watching.sample();
    work.run();
    return Usage.between(before, watching.sample()).server().cpu();
  }

  private interface Work {
    void run() throws IOException;
  }
}
