package crossover.bench.stack;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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

  /** What to do where one that is given up needs time alone. */
  static final String MORE_TIME =
      "; if it only needs time: a longer \"start-limit\" (--start-limit)";

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

  /** What to do when nothing listens on its port. */
  abstract String ifNothingListens();

  /** The same where nobody says how long it may take. */
  public void awaitReady(String path, int highest) {
    awaitReady(path, highest, Optional.empty());
  }

  /**
   * Waits until {@code path} is answered with a status from 200 to {@code highest}.
   *
   * @param asked how long it may take; without it, one that does nothing is not waited for
   * @throws StartFailure if the process ends, a backend refuses the application, or waiting is in
   *     vain; the server is stopped then
   */
  public void awaitReady(String path, int highest, Optional<Duration> asked) {
    Duration limit = asked.orElse(START_LIMIT);
    URI address = url(path);
    String get = "GET " + address;
    LastingAnswer lasting = new LastingAnswer(ifNothingListens(), asked.isPresent());
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
                if (answer.isReady(highest) && !applicationFailed()) {
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
                String up = process.name() + " is up, but not ready: " + get + " gives ";
                System.out.println(up + lasting.advised());
              }
              if (lasting.isFinal(idle.nanos(cpuSeconds(), now), now)) {
                throw stopped("waits, and is not ready: " + get + " gave " + lasting.advised());
              }
              if (lasting.lasts(now)) {
                Await.until(() -> !process.isAlive(), OFTEN, SELDOM);
              }
              return false;
            },
            OFTEN,
            limit);
    if (!ready) {
      String after = "is not ready after " + limit.toSeconds() + " s: ";
      throw stopped(after + get + " gave " + lasting.advised());
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
    StartFailure failure = new StartFailure(process.name() + " " + what + lastLines());
    close();
    return failure;
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

  /** How it ended, if it has, and the last lines that were logged: the end of a sentence. */
  public String lastLines() {
    return process.lastLines();
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
