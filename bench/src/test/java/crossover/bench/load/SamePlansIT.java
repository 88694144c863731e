package crossover.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdks;
import crossover.bench.stack.Watchdog;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Of each plan the server sees from the generator what it sees from stock {@code jmeter -n}. */
@Tag("long")
class SamePlansIT {
  private static final Installation HERE = Installation.find();
  private static final Pattern USER = Pattern.compile("[?&]u=(\\d+)");

  @TempDir static Path folder;
  private static final Map<String, Path> PLANS = new LinkedHashMap<>();
  private static final Map<String, List<String>> STOCK = new HashMap<>();
  private static Path jmeter;
  private static Watchdog watchdog;
  private static Generator generator;

  @BeforeAll
  static void start() throws Exception {
    watchdog = Watchdog.open();
    jmeter = withUserProperties();
    generator =
        Generators.start(
            jmeter, Jdks.newest(), List.of(), folder.resolve("generator.log"), watchdog);
    for (PlanCorpus.Case plan : Stream.concat(cases().stream(), planned().stream()).toList()) {
      Path file = folder.resolve(plan.name().replaceAll("\\W", "-")).resolve("plan.jmx");
      write(file, plan.plan());
      for (Map.Entry<String, String> more : plan.files().entrySet()) {
        write(file.resolveSibling(more.getKey()), more.getValue());
      }
      PLANS.put(plan.name(), file);
    }
    runStock();
  }

  /** A home of JMeter where somebody has changed user.properties, which is read at its start. */
  private static Path withUserProperties() throws IOException {
    Path home = folder.resolve("jmeter");
    Files.createDirectories(home.resolve("bin"));
    Files.createSymbolicLink(home.resolve("lib"), HERE.jmeter().resolve("lib"));
    try (Stream<Path> files = Files.list(HERE.jmeter().resolve("bin"))) {
      for (Path file : files.toList()) {
        Files.createSymbolicLink(home.resolve("bin").resolve(file.getFileName()), file);
      }
    }
    Path own = home.resolve("bin/user.properties");
    Files.delete(own);
    Files.writeString(own, PlanCorpus.USER_PROPERTIES);
    return home;
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static void runStock() throws Exception {
    Map<String, RecordingServer> servers = new LinkedHashMap<>();
    List<String> runs = new ArrayList<>();
    for (Map.Entry<String, Path> plan : PLANS.entrySet()) {
      RecordingServer server = new RecordingServer();
      servers.put(plan.getKey(), server);
      runs.add(plan.getValue() + "\t" + server.port());
    }
    Path list = Files.write(folder.resolve("runs.txt"), runs);
    Process stock =
        new ProcessBuilder(
                Jdks.newest().java().toString(),
                "-Djava.awt.headless=true",
                "-cp",
                String.join(
                    File.pathSeparator,
                    jmeter + "/bin/ApacheJMeter.jar",
                    jmeter + "/lib/*",
                    jmeter + "/lib/ext/*",
                    Path.of(
                            StockRuns.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI())
                        .toString()),
                StockRuns.class.getName(),
                list.toString())
            .directory(jmeter.resolve("bin").toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("stock.log").toFile())
            .start();
    int status = stock.waitFor();
    servers.forEach((name, server) -> STOCK.put(name, server.requests()));
    servers.values().forEach(RecordingServer::close);
    assertThat(status).as(Files.readString(folder.resolve("stock.log"))).isZero();
  }

  @AfterAll
  static void stop() {
    generator.close();
    watchdog.close();
  }

  static List<PlanCorpus.Case> cases() {
    return PlanCorpus.cases();
  }

  static List<PlanCorpus.Case> planned() {
    return PlanCorpus.planned();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theServerSeesTheSameRequests(PlanCorpus.Case plan) throws Exception {
    List<String> stock = STOCK.get(plan.name());
    List<String> ours = run(plan, traffic -> traffic);
    if (ours.size() < stock.size()) { // its scripts, or parsers, were compiled meanwhile
      ours = run(plan.seconds(Math.max(3, plan.seconds())), traffic -> traffic);
    }

    Map<String, List<String>> expected = byUser(plan, stock);
    if (plan.name().equals(PlanCorpus.TEAR_DOWN)) {
      List<String> all = expected.get("");
      assertThat(ours.subList(ours.size() - 3, ours.size()))
          .isEqualTo(all.subList(all.size() - 3, all.size()));
      expected = Map.of("", all.subList(0, all.size() - 2));
    }
    Map<String, List<String>> seen = byUser(plan, ours);
    assertThat(expected).isNotEmpty();
    assertThat(seen.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (user, requests) ->
            assertThat(seen.get(user))
                .as("user %s", user)
                .startsWith(requests.toArray(new String[0])));
  }

  @ParameterizedTest
  @MethodSource("planned")
  @Timeout(60)
  void asPlannedTheServerSeesTheSameAndNothingElse(PlanCorpus.Case plan) throws Exception {
    Map<String, List<String>> expected = byUser(plan, STOCK.get(plan.name()));

    assertThat(expected).isNotEmpty();
    assertThat(byUser(plan, run(plan, Traffic::asPlanned))).isEqualTo(expected);
  }

  private static List<String> run(PlanCorpus.Case plan, UnaryOperator<Traffic> kind)
      throws IOException {
    try (RecordingServer server = new RecordingServer()) {
      Map<String, String> at = Map.of("host", "127.0.0.1", "port", "" + server.port());
      Path file = PLANS.get(plan.name());
      Traffic traffic = Traffic.closed(file, at, plan.users(), 0, plan.seconds());
      generator.run(kind.apply(traffic), Window.UNWATCHED);
      return server.requests();
    }
  }

  /** Requests name their user where there are several. */
  private static Map<String, List<String>> byUser(PlanCorpus.Case plan, List<String> requests) {
    Map<String, List<String>> users = new TreeMap<>();
    requests.stream()
        .map(plan.comparable())
        .filter(Objects::nonNull)
        .forEach(
            request -> {
              Matcher user = USER.matcher(request);
              users
                  .computeIfAbsent(user.find() ? user.group(1) : "", key -> new ArrayList<>())
                  .add(request);
            });
    return users;
  }
}
