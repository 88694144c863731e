package crossover.bench.stack;

import static crossover.bench.text.Text.format;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/**
 * A process that was started to serve on a port. Several can start side by side: {@link
 * #awaitReady} tells when one answers.
 */
public abstract sealed class WebServer implements AutoCloseable permits Tomcat, Program {
  /**
   * One that takes longer will never be ready. Minutes, for a shared machine may stand still, and a
   * board loads 200,000 words from its card at the first start.
   */
  public static final Duration START_LIMIT = Duration.ofMinutes(5);

  static final String LOOPBACK = "127.0.0.1";

  private static final Duration OFTEN = Duration.ofMillis(50);

  /** A server that is asked more often than this never looks idle. */
  private static final Duration SELDOM = Duration.ofMillis(500);

  private final ChildProcess process;
  private final Path folder;
  private final int port;

  WebServer(ChildProcess process, Path folder, int port) {
    this.process = process;
    this.folder = folder;
    this.port = port;
  }

  /** What is known of its answers before there is one. */
  abstract LastingAnswer noAnswer();

  /**
   * Waits until {@code path} is answered with a status that is accepted.
   *
   * @throws StartFailure if the process ends, a backend refuses the application, or the limit
   *     passes; the server is stopped then
   */
  public void awaitReady(String path, IntPredicate accepted, Duration limit) {
    URI address = url(path);
    String get = "GET " + address;
    LastingAnswer lasting = noAnswer();
    BackendRefusal refusal = new BackendRefusal();
    IdleTime idle = new IdleTime(System.nanoTime());
    boolean ready =
        Await.until(
            () -> {
              if (!process.isAlive()) {
                boolean daemon = this instanceof Program && process.process().exitValue() == 0;
                String hint = daemon ? ": it has to stay in the foreground" : "";
                throw stopped("ended while it was starting" + hint);
              }
              long now = System.nanoTime();
              try {
                HttpAnswer answer = HttpAnswer.getByEither(address);
                lasting.take(answer, now);
                if (accepted.test(answer.status()) && !applicationFailed()) {
                  return true;
                }
                Optional<String> refused = refusal.lasting(answer.beginning(), now);
                if (refused.isPresent()) {
                  throw stopped("cannot use " + refused.get());
                }
              } catch (IOException e) {
                lasting.take(e, now);
              }
              if (applicationFailed()) {
                throw stopped("could not start its application: " + get + " gave " + lasting);
              }
              if (lasting.isNews(now)) {
                System.out.println(
                    process.name() + " is up, but not ready: " + get + " gives " + lasting);
              }
              if (lasting.isFinal(idle.nanos(cpuSeconds(), now), now)) {
                throw stopped(
                    format(
                        "waits, and is not ready: %s gave %s; %s", get, lasting, lasting.advice()));
              }
              if (lasting.lasts(now)) {
                Await.until(() -> !process.isAlive(), OFTEN, SELDOM);
              }
              return false;
            },
            OFTEN,
            limit);
    if (!ready) {
      throw stopped("is not ready after " + limit.toSeconds() + " s: " + get + " gave " + lasting);
    }
  }

  /** Whether it lives on without its application. */
  boolean applicationFailed() {
    return false;
  }

  final List<Path> logs() {
    try (Stream<Path> logs = Files.list(folder.resolve("logs"))) {
      return logs.sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private StartFailure stopped(String what) {
    StartFailure failure = new StartFailure(process.failure(what).getMessage() + ownLogs());
    close();
    return failure;
  }

  /** The last lines of logs besides the console. */
  String ownLogs() {
    return "";
  }

  /** The address of a path, such as {@code /health}. */
  public URI url(String path) {
    return URI.create("http://" + LOOPBACK + ":" + port + path);
  }

  /** Its HTTP port on 127.0.0.1. */
  public int port() {
    return port;
  }

  /** The process that was started; it may have started others. */
  public long pid() {
    return process.pid();
  }

  /** CPU seconds since its start, read without disturbing it; NaN when it has ended. */
  public double cpuSeconds() {
    return ProcessHandle.of(pid()).map(WebServer::cpuSeconds).orElse(Double.NaN);
  }

  static double cpuSeconds(ProcessHandle process) {
    return process.info().totalCpuDuration().map(cpu -> cpu.toNanos() / 1e9).orElse(Double.NaN);
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Its folder, with the logs; gone after {@link #close}. */
  public Path base() {
    return folder;
  }

  /** The last lines that were logged, for messages. */
  public String lastLines() {
    return process.lastLines() + ownLogs();
  }

  /** Asks it to end, and returns at once, so that several can end side by side. */
  public void beginStop() {
    process.beginStop();
  }

  /** Stops it and removes its folder. */
  @Override
  public void close() {
    process.close();
    Ports.release(port);
    TempDirectory.delete(folder);
  }
}
