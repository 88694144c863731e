package crossover.bench.load;

import crossover.bench.stack.Calls;
import crossover.bench.stack.ChildProcess;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdk;
import crossover.bench.stack.Launch;
import crossover.bench.stack.Watchdog;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * JMeter's engine in a JVM of its own that lives as long as the experiment, so that both sides of a
 * pair meet the same warm client. Not for use by several threads at once.
 */
public final class Generator implements Engine {
  private static final Duration GRACE = Duration.ofSeconds(2);

  /** A fixed heap, most of it young: nearly all that JMeter allocates is garbage at once. */
  static final List<String> JVM_OPTIONS =
      List.of(
          "-Xms768m",
          "-Xmx768m",
          "-Xmn512m",
          "-Xss512k",
          "-XX:+UseSerialGC",
          "-Djava.awt.headless=true",
          "-Dlog4j2.level=WARN",
          "-Dlog4j2.statusLoggerLevel=OFF");

  private final ChildProcess process;
  private final Calls calls;
  private final GeneratorCalls<RuntimeException> remote;

  /**
   * The generator that a process serves.
   *
   * @throws crossover.bench.stack.StartFailure when it does not start
   */
  @SuppressWarnings("unchecked") // what is thrown here is unchecked
  Generator(ChildProcess process) {
    this.process = process;
    calls = Calls.to(process);
    remote = calls.remote(GeneratorCalls.class, this::failed);
  }

  private GeneratorFailure failed(Calls.Failure failure) {
    if (failure.cause() != Calls.Cause.REFUSED) {
      process.close();
    }
    return new GeneratorFailure(
        failure.cause() == Calls.Cause.CUT
            ? "The load generator died" + failure.reason() + process.lastLines()
            : failure.message());
  }

  /**
   * Starts the process and waits until it listens.
   *
   * @param jmeter the home of a JMeter: bin and lib
   * @param plugins a folder of more jars for it
   * @param jdk what it runs on
   * @param cores the cores it is pinned to; empty: not pinned
   * @param users the most at once, for whom there must be room ({@link Crowd#require})
   * @param log what its own output is appended to
   * @throws crossover.bench.stack.StartFailure when it cannot be started
   */
  public static Generator start(
      Path jmeter,
      Optional<Path> plugins,
      Jdk jdk,
      List<Integer> cores,
      int users,
      Path log,
      Watchdog watchdog) {
    return new Generator(
        new Launch("the load generator", command(jdk, Crowd.heap(users), jmeter, plugins))
            .cores(cores)
            .log(log)
            .piped()
            .start(watchdog));
  }

  /**
   * The command line of the process.
   *
   * @param options of its JVM, which win over the usual ones
   */
  static List<String> command(Jdk jdk, List<String> options, Path jmeter, Optional<Path> plugins) {
    List<String> code = new ArrayList<>();
    code.add(Installation.codeOf(Generator.class).toString());
    code.add(Installation.codeOf(Histogram.class).toString());
    code.addAll(List.of(jmeter + "/lib/*", jmeter + "/lib/ext/*", jmeter + "/lib/junit/*"));
    plugins.ifPresent(folder -> code.add(folder.toAbsolutePath() + "/*"));
    List<String> command = new ArrayList<>(List.of(jdk.java().toString()));
    command.addAll(JVM_OPTIONS);
    command.addAll(options);
    command.addAll(List.of("-cp", String.join(File.pathSeparator, code)));
    command.addAll(List.of(GeneratorMain.class.getName(), jmeter.toString()));
    plugins.ifPresent(folder -> command.add(folder.toAbsolutePath().toString()));
    return command;
  }

  /**
   * Runs one slice and waits for its end.
   *
   * @throws GeneratorFailure when the plan cannot be measured, or the process died: then {@link
   *     #isAlive} is false, and another generator can be started
   */
  @Override
  public Slice run(Traffic traffic, Window window) {
    calls.hear(
        moment -> {
          if (moment.equals(GeneratorCalls.OPENS)) {
            window.opens();
          } else {
            window.closes();
          }
        });
    return remote.run(traffic);
  }

  /**
   * Connects the users of several closed slices, which then take turns. Nothing else can be run
   * until they have ended.
   *
   * @throws GeneratorFailure as {@link #run} does, here and in every call of the turns
   */
  @Override
  public Optional<Turns> turns(List<Traffic> traffics) {
    return remote.connect(List.copyOf(traffics))
        ? Optional.of(new Turns(remote, this::isAlive))
        : Optional.empty();
  }

  /** What else the process does. */
  GeneratorCalls<RuntimeException> remote() {
    return remote;
  }

  /** The server is a {@link Responder} in this process, whose CPU time is none of the engine's. */
  @Override
  public Slice alone(Traffic traffic) {
    try (Responder responder = Responder.start()) {
      return run(traffic.to(Responder.ADDRESS, responder.port()), Window.UNWATCHED);
    } catch (IOException e) {
      throw new GeneratorFailure("No port to measure the generator's own limit on", e);
    }
  }

  /** The process, for its counters. */
  public long pid() {
    return process.pid();
  }

  /** False once the process has died. */
  @Override
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Ends the process: its input ends, so it ends; or else it is stopped. */
  @Override
  public void close() {
    process.endInput(GRACE);
  }
}
