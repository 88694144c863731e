package crossover.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdk;
import crossover.bench.stack.Jdks;
import crossover.bench.stack.Watchdog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groovy scripts in a plan, on a machine with a Java that JMeter's Groovy cannot read. */
@Tag("long")
class GroovyIT {
  private static final Installation HERE = Installation.find();

  @TempDir Path folder;

  @Test
  void aScriptMayNameClassesOfTheJdkAndWhatItThrowsIsQuoted() throws Exception {
    Path good = plan("good.jmx", "vars.put('n', new java.util.concurrent.Semaphore(1).toString())");
    Path bad = plan("bad.jmx", "throw new IllegalStateException('the cart is empty')");
    Jdk jdk = GeneratorJdk.of(List.of(good), Jdks.newest());
    Path log = folder.resolve("generator.log");
    try (Watchdog watchdog = Watchdog.open();
        Generator generator = Generators.start(HERE.jmeter(), jdk, List.of(), log, watchdog);
        SlowServer server = new SlowServer(arrival -> arrival + 1_000_000)) {
      Map<String, String> properties = Map.of("host", "127.0.0.1", "port", server.port());
      Slice slice = generator.run(Traffic.closed(good, properties, 2, 0, 1), Window.UNWATCHED);
      Slice thrown = generator.run(Traffic.closed(bad, properties, 2, 0, 1), Window.UNWATCHED);

      assertThat(slice.requests()).isPositive();
      assertThat(slice.unfinished()).isZero();
      assertThat(slice.errorSample()).isEmpty();
      assertThat(thrown.errorSample()).anyMatch(error -> error.contains("the cart is empty"));
    }
  }

  @Test
  void whereNoPlanHasGroovyTheWantedJavaIsTaken() throws Exception {
    Path plain = Files.writeString(folder.resolve("plain.jmx"), Jmx.plan(1, 1, Jmx.get("/a")));

    assertThat(GeneratorJdk.of(List.of(plain), Jdks.newest())).isEqualTo(Jdks.newest());
  }

  @Test
  void aPlanMayIncludeGroovy() throws Exception {
    plan("good.jmx", "vars.put('n', '1')");
    String path = Jmx.text("IncludeController.includepath", "good.jmx");
    String plan = Jmx.plan(1, 1, Jmx.controller("IncludeController", path));
    Path including = Files.writeString(folder.resolve("including.jmx"), plan);

    assertThat(GeneratorJdk.of(List.of(including), Jdks.newest()).version()).isLessThan(22);
  }

  private Path plan(String name, String script) throws Exception {
    return Files.writeString(
        folder.resolve(name),
        Jmx.plan(1, 1, Jmx.get("/a", Jmx.groovy("JSR223PostProcessor", script))));
  }
}
