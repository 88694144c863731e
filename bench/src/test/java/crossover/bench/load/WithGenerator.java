package crossover.bench.load;

import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdks;
import crossover.bench.stack.Watchdog;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A generator in a process of its own, as a run starts it. */
abstract class WithGenerator {
  static final long MILLI = 1_000_000;
  static final Installation HERE = Installation.find();
  static final Path PAGE = HERE.plans().resolve("page.jmx");
  static final Path GET = HERE.plans().resolve("get.jmx");

  @TempDir static Path logs;
  private static Watchdog watchdog;
  static Generator generator;

  @BeforeAll
  static void start() {
    watchdog = Watchdog.open();
    generator = start("generator.log");
  }

  @AfterAll
  static void stop() {
    generator.close();
    watchdog.close();
  }

  static Generator start(String log) {
    return Generators.start(HERE.jmeter(), Jdks.newest(), List.of(), logs.resolve(log), watchdog);
  }

  static Map<String, String> at(SlowServer server, String... more) {
    Map<String, String> properties = new TreeMap<>(Map.of("host", "127.0.0.1"));
    properties.put("port", server.port());
    for (int i = 0; i < more.length; i += 2) {
      properties.put(more[i], more[i + 1]);
    }
    return properties;
  }

  static Slice run(Traffic traffic) {
    return generator.run(traffic, Window.UNWATCHED);
  }
}
