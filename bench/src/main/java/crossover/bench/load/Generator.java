package crossover.bench.load;

import crossover.bench.stack.ChildProcess;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdk;
import crossover.bench.stack.Launch;
import crossover.bench.stack.Watchdog;
import java.io.File;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
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
  private final ObjectOutputStream out;
  private final ObjectInputStream in;

  private Generator(ChildProcess process) throws IOException {
    this.process = process;
    out = new ObjectOutputStream(process.process().getOutputStream());
    out.flush();
    in = new ObjectInputStream(process.process().getInputStream());
  }

  /** Starts a generator for up to 1,000 users. */
  public static Generator start(
      Path jmeter, Jdk jdk, List<Integer> cores, Path log, Watchdog watchdog) {
    return start(jmeter, Optional.empty(), jdk, cores, 1, log, watchdog);
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
    ChildProcess process =
        new Launch("the load generator", command(jmeter, plugins, jdk, users))
            .cores(cores)
            .log(log)
            .piped()
            .start(watchdog);
    return over(process);
  }

  /**
   * The generator that listens at the ends of a process's pipes.
   *
   * @throws crossover.bench.stack.StartFailure when nothing there answers
   */
  static Generator over(ChildProcess process) {
    try {
      return new Generator(process);
    } catch (IOException e) {
      process.close();
      throw process.failure("did not start");
    }
  }

  private static List<String> command(Path jmeter, Optional<Path> plugins, Jdk jdk, int users) {
    List<String> command = new ArrayList<>(List.of(jdk.java().toString()));
    String own = Installation.codeOf(Generator.class).toString();
    String histogram = Installation.codeOf(Histogram.class).toString();
    command.addAll(arguments(own, histogram, jmeter.toString(), plugins));
    // After the fixed heap: the later one wins.
    command.addAll(1 + JVM_OPTIONS.size(), Crowd.heap(users));
    return command;
  }

  /**
   * The arguments of {@code java}.
   *
   * @param own where the classes of this module are
   * @param histogram where HdrHistogram's are
   * @param jmeter the home of a JMeter
   * @param plugins a folder of more jars for it
   */
  static List<String> arguments(
      String own, String histogram, String jmeter, Optional<Path> plugins) {
    List<String> arguments = new ArrayList<>(JVM_OPTIONS);
    List<String> code = new ArrayList<>(List.of(own, histogram));
    code.addAll(List.of(jmeter + "/lib/*", jmeter + "/lib/ext/*", jmeter + "/lib/junit/*"));
    plugins.ifPresent(folder -> code.add(folder.toAbsolutePath() + "/*"));
    arguments.addAll(List.of("-cp", String.join(File.pathSeparator, code)));
    arguments.addAll(List.of(GeneratorMain.class.getName(), jmeter));
    plugins.ifPresent(folder -> arguments.add(folder.toAbsolutePath().toString()));
    return arguments;
  }

  /**
   * Runs one slice and waits for its end.
   *
   * @throws GeneratorFailure when the plan cannot be measured, or the process died: then {@link
   *     #isAlive} is false, and another generator can be started
   */
  @Override
  public Slice run(Traffic traffic, Window window) {
    return ask(traffic, Slice.class, window);
  }

  /**
   * Connects the users of several closed slices, which then take turns. Nothing else can be run
   * until they have ended.
   *
   * @throws GeneratorFailure as {@link #run} does, here and in every call of the turns
   */
  @Override
  public Optional<Turns> turns(List<Traffic> traffics) {
    GeneratorMain.Moment connected =
        ask(new TurnTakers.Connect(List.copyOf(traffics)), GeneratorMain.Moment.class);
    return connected == GeneratorMain.Moment.CONNECTED
        ? Optional.of(new RemoteTurns())
        : Optional.empty();
  }

  private final class RemoteTurns implements Turns {
    @Override
    public Turn take(int index, double leadIn, double seconds) {
      return ask(new TurnTakers.Take(index, leadIn, seconds), Turn.class);
    }

    @Override
    public List<Slice> cut() {
      List<?> slices = ask(TurnTakers.Order.CUT, List.class);
      return slices.stream().map(Slice.class::cast).toList();
    }

    @Override
    public void close() {
      if (isAlive()) {
        ask(TurnTakers.Order.END, GeneratorMain.Moment.class);
      }
    }
  }

  <T> T ask(Serializable order, Class<T> answer) {
    return ask(order, answer, Window.UNWATCHED);
  }

  private <T> T ask(Serializable order, Class<T> answer, Window window) {
    try {
      out.writeObject(order);
      out.flush();
      Object said = in.readObject();
      while (!answer.isInstance(said)) {
        if (said == GeneratorMain.Moment.OPENS) {
          window.opens();
        } else if (said == GeneratorMain.Moment.CLOSES) {
          window.closes();
        } else {
          throw new GeneratorFailure(String.valueOf(said));
        }
        said = in.readObject();
      }
      return answer.cast(said);
    } catch (IOException | ClassNotFoundException e) {
      process.close();
      throw new GeneratorFailure("The load generator died" + process.lastLines(), e);
    }
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
    try {
      out.close();
      process.awaitExit(GRACE);
    } catch (IOException e) {
      // It died before: nothing to end.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.close();
  }
}
