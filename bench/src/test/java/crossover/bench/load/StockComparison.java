package crossover.bench.load;

import crossover.bench.stack.Cpus;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdks;
import crossover.bench.stack.Watchdog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * The benchmark behind docs/generator.md: the same plan against the same {@link Responder}, under
 * stock {@code jmeter -n -l out.jtl} and under the {@link Generator}, in turns. Both run on the
 * same Java with the same options, on the same half of the machine's cores, the server on the
 * other; and of both only a window is counted in which the JVM is warm.
 *
 * <pre>
 * java -cp "bench/target/test-classes:bench/target/bench.jar:bench/target/lib/*" \
 *   crossover.bench.load.StockComparison [rounds]
 * </pre>
 */
final class StockComparison {
  private static final int USERS = 32;
  private static final int WARM_UP_SECONDS = 30;
  private static final int SECONDS = 5;

  private static final Installation HERE = Installation.find();
  private static final Cpus CPUS = Cpus.halves();
  private static final List<Integer> CORES = CPUS.others();
  private static final Path PLAN = HERE.plans().resolve("page.jmx");

  private StockComparison() {}

  private record Figures(double throughput, double cpuMicros) {
    static Figures of(long requests, double cpuSeconds) {
      return new Figures((double) requests / SECONDS, 1e6 * cpuSeconds / requests);
    }
  }

  /** Takes the number of rounds; 5 if none is given. */
  public static void main(String[] args) throws Exception {
    int rounds = args.length == 0 ? 5 : Integer.parseInt(args[0]);
    List<Figures> stock = new ArrayList<>();
    List<Figures> ours = new ArrayList<>();
    Path log = Files.createTempFile("generator", ".log");
    if (CPUS.pinned()) {
      CPUS.pin(ProcessHandle.current().pid());
    }
    System.out.printf(
        Locale.ROOT,
        "%d users, no think time, a server that does nothing but answer, JDK %s, on cores %s%n",
        USERS,
        Jdks.newest().fullVersion(),
        CORES);
    System.out.println("round   stock 1/s  µs CPU    ours 1/s  µs CPU");
    try (Watchdog watchdog = Watchdog.open();
        Responder responder = Responder.start();
        Generator generator =
            Generators.start(HERE.jmeter(), Jdks.newest(), CORES, log, watchdog)) {
      run(generator, responder, WARM_UP_SECONDS);
      for (int round = 1; round <= rounds; round++) {
        if (round % 2 == 1) {
          stock.add(stock(responder));
          ours.add(run(generator, responder, 1));
        } else {
          ours.add(run(generator, responder, 1));
          stock.add(stock(responder));
        }
        Figures a = stock.get(round - 1);
        Figures b = ours.get(round - 1);
        System.out.printf(
            Locale.ROOT,
            "%5d %11.0f %7.1f %11.0f %7.1f%n",
            round,
            a.throughput,
            a.cpuMicros,
            b.throughput,
            b.cpuMicros);
      }
    } finally {
      Files.delete(log);
    }
    System.out.printf(
        Locale.ROOT,
        "ours to stock, geometric mean: throughput × %.2f, CPU per request × %.2f%n",
        mean(ours.stream().mapToDouble(Figures::throughput))
            / mean(stock.stream().mapToDouble(Figures::throughput)),
        mean(ours.stream().mapToDouble(Figures::cpuMicros))
            / mean(stock.stream().mapToDouble(Figures::cpuMicros)));
  }

  private static double mean(DoubleStream figures) {
    return Math.exp(figures.map(Math::log).average().orElse(Double.NaN));
  }

  private static Map<String, String> properties(Responder responder) {
    return Map.of("host", "127.0.0.1", "port", Integer.toString(responder.port()));
  }

  private static Figures run(Generator generator, Responder responder, double leadIn) {
    Slice slice =
        generator.run(
            Traffic.closed(PLAN, properties(responder), USERS, leadIn, SECONDS), Window.UNWATCHED);
    return Figures.of(slice.requests(), slice.generatorCpuSeconds());
  }

  private static Figures stock(Responder responder) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("stock-jmeter");
    Path results = folder.resolve("out.jtl");
    List<String> command = new ArrayList<>();
    if (!CORES.isEmpty()) {
      String cores = CORES.stream().map(String::valueOf).collect(Collectors.joining(","));
      command.addAll(List.of("taskset", "-c", cores));
    }
    command.add(Jdks.newest().java().toString());
    command.addAll(Generator.JVM_OPTIONS);
    command.addAll(List.of("-jar", HERE.jmeter().resolve("bin/ApacheJMeter.jar").toString()));
    command.addAll(List.of("-n", "-t", PLAN.toString(), "-l", results.toString()));
    command.addAll(List.of("-j", folder.resolve("jmeter.log").toString()));
    command.add("-Jusers=" + USERS);
    command.add("-Jduration=" + (WARM_UP_SECONDS + SECONDS + 1));
    properties(responder).forEach((name, value) -> command.add("-J" + name + "=" + value));
    Process jmeter =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out.txt").toFile())
            .start();
    try {
      while (jmeter.isAlive() && !(Files.exists(results) && Files.size(results) > 0)) {
        Thread.sleep(20);
      }
      Thread.sleep(WARM_UP_SECONDS * 1_000L);
      long opens = System.currentTimeMillis();
      Duration before = cpu(jmeter);
      Thread.sleep(SECONDS * 1_000L);
      double cpuSeconds = cpu(jmeter).minus(before).toNanos() / 1e9;
      if (jmeter.waitFor() != 0) {
        throw new IOException(Files.readString(folder.resolve("out.txt")));
      }
      return Figures.of(samples(results, opens, opens + SECONDS * 1_000L), cpuSeconds);
    } finally {
      jmeter.destroyForcibly().waitFor();
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  private static Duration cpu(Process process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /**
   * Lines of a result file, whose first two columns are start and duration, that end in a window.
   */
  private static long samples(Path results, long from, long to) throws IOException {
    try (Stream<String> lines = Files.lines(results)) {
      return lines
          .skip(1)
          .map(line -> line.split(",", 3))
          .mapToLong(columns -> Long.parseLong(columns[0]) + Long.parseLong(columns[1]))
          .filter(end -> end >= from && end < to)
          .count();
    }
  }
}
