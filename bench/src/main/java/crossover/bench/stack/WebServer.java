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

  /** Its lasting answer before it has given any. */
  abstract LastingAnswer unheard();

  /**
   * Waits until {@code path} is answered with a status that is accepted.
   *
   * @throws StartFailure if the process ends, a backend refuses the application, or the limit
   *     passes; the server is stopped then
   */
  public void awaitReady(String path, IntPredicate accepted, Duration limit) {
    URI address = url(path);
    LastingAnswer last = unheard();
    BackendRefusal refusal = new BackendRefusal();
    IdleTime idle = new IdleTime(System.nanoTime());
    boolean ready =
        Await.until(
            () -> {
              if (!process.isAlive()) {
                boolean well = process.process().exitValue() == 0;
                String hint = well ? ": it has to stay in the foreground" : "";
                throw stopped("ended while it was starting" + hint);
              }
              long now = System.nanoTime();
              try {
                HttpAnswer answer = HttpAnswer.getByEither(address);
                last.take(answer, now);
                if (accepted.test(answer.status()) && !applicationFailed()) {
                  return true;
                }
                Optional<String> refused = refusal.lasting(answer.beginning(), now);
                if (refused.isPresent()) {
                  throw stopped("cannot use " + refused.get());
                }
              } catch (IOException e) {
                last.take(e, now);
              }
              if (applicationFailed()) {
                throw stopped("could not start its application: GET " + address + " gave " + last);
              }
              if (last.isNews(now)) {
                System.out.println(
                    process.name() + " is up, but not ready: GET " + address + " gives " + last);
              }
              // It refuses, or it does nothing and has not what it is asked for.
              if (last.isFinal(now) || (idle.isOver(cpuSeconds(), now) && last.isInVain())) {
                throw stopped(
                    "waits, and is not ready: GET "
                        + format("%s gave %s; %s", address, last, last.advice()));
              }
              if (last.wasTold()) {
                Await.until(() -> !process.isAlive(), OFTEN, SELDOM);
              }
              return false;
            },
            OFTEN,
            limit);
    if (!ready) {
      throw stopped(
          "is not ready after " + limit.toSeconds() + " s: GET " + address + " gave " + last);
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
