package crossover.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.experiment.Definition;
import crossover.bench.stack.Cpus;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdk;
import crossover.bench.stack.Jdks;
import crossover.bench.stack.Stack;
import crossover.bench.stack.Tomcat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The stock plans against the real WAR, with every check on. */
class PlansIT {
  private static final Installation HERE = Installation.find();

  private static Stack stack;
  private static Tomcat server;
  private static Generator generator;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    Jdk jdk = Jdks.newest();
    stack = Stack.open(HERE, Cpus.free(), null, null);
    // What fifty users ask of a cold server must not run into its deadline where tests share cores.
    Map<String, String> patient = Map.of("crossover.timeout", "10000");
    server = stack.launch("plans", HERE.war(), 11, jdk, List.of(), patient, 0);
    server.awaitReady("/health", 200);
    generator =
        Generators.start(
            HERE.jmeter(), jdk, List.of(), stack.directory().resolve("g.log"), stack.watchdog());
  }

  @AfterAll
  static void stop() {
    if (generator != null) {
      generator.close();
    }
    stack.close();
  }

  @ParameterizedTest
  @CsvSource({
    "page,/sync", "page-fn,/sync", "get,/sync", "form,/sync", "cached,/sync",
    "page,/wrapped", "page-fn,/wrapped", "get,/wrapped", "form,/wrapped", "cached,/wrapped",
    "page,/native", "page-fn,/native", "get,/native", "form,/native", "cached,/native",
    "visitor,/native"
  })
  void fiftyUsersGetNothingButRightAnswers(String plan, String path) {
    rightAnswers(generator, HERE.plans().resolve(plan + ".jmx"), path, 50);
  }

  @Test
  void stockJMeterServersRunThePlansOfEveryBuiltInExperiment() throws Exception {
    Set<Path> plans = new TreeSet<>();
    try (Stream<Path> experiments = Files.list(HERE.experiments())) {
      for (Path file : experiments.toList()) {
        Definition definition = Definition.read(file, HERE.plans());
        assertThat(definition.measurement().asPlanned()).as("needs a single server").isFalse();
        assertThat(definition.users().getMin()).as("users of two servers").isGreaterThan(1);
        definition.views().forEach(view -> plans.add(view.plan()));
      }
    }
    assertThat(plans).hasSizeGreaterThan(5);
    Path home = JMeterServer.home(folder.resolve("jmeter"), Optional.of(JMeterServer.plugin()));
    JMeterServer.keyStore(home.resolve("bin"));
    try (JMeterServer a = JMeterServer.start(home, stack.watchdog());
        JMeterServer b = JMeterServer.start(home, stack.watchdog());
        RemoteEngines engines =
            RemoteEngines.connect(
                List.of(a.name(), b.name()),
                Optional.of(home.resolve("bin/jmeter.properties")),
                true,
                HERE,
                Jdks.newest(),
                folder.resolve("client.log"),
                stack.watchdog())) {
      for (Path plan : plans) {
        rightAnswers(engines, plan, "/native", 8);
      }
    }
  }

  private static void rightAnswers(Engine engine, Path plan, String path, int users) {
    Map<String, String> properties =
        Map.of("host", "127.0.0.1", "port", "" + server.port(), "path", path, "checks", "true");
    Slice slice = engine.run(Traffic.closed(plan, properties, users, 0.3, 1), Window.UNWATCHED);
    assertThat(slice.errorSample()).isEmpty();
    assertThat(slice.errors()).isZero();
    assertThat(slice.unfinished()).isZero();
    assertThat(slice.users()).isEqualTo(users);
    // However slow the machine is, each of them has an answer after that which connected it.
    assertThat(slice.answered()).isGreaterThanOrEqualTo(users);
    assertThat(slice.requests()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"page", "page-fn", "get", "form", "cached", "visitor"})
  void stockJMeterRunsThePlanWithoutAWarning(String plan) throws Exception {
    Path results = folder.resolve("out.jtl");
    Path log = folder.resolve("jmeter.log");
    Process jmeter =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                HERE.jmeter().resolve("bin/ApacheJMeter.jar").toString(),
                "-n",
                "-t",
                HERE.plans().resolve(plan + ".jmx").toString(),
                "-Jhost=127.0.0.1",
                "-Jport=" + server.port(),
                "-Jpath=/native",
                "-Jusers=8",
                "-Jduration=2",
                "-Jchecks=true",
                "-j",
                log.toString(),
                "-l",
                results.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out.txt").toFile())
            .start();

    assertThat(jmeter.waitFor()).isZero();
    assertThat(Files.readString(log)).doesNotContain(" WARN ", " ERROR ");
    List<String> samples = Files.readAllLines(results);
    assertThat(samples).hasSizeGreaterThan(9);
    assertThat(samples.subList(1, samples.size())).allMatch(line -> line.contains(",true,"));
  }
}
