package crossover.bench.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import crossover.bench.text.Secrets;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A process that the runner started and will end. It stands in a session of its own, so that Ctrl-C
 * reaches the runner alone, which then ends everything in order. Made by {@link Launch}.
 */
public final class ChildProcess implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final int LAST_LINES = 20;
  private static final int LONGEST_LINE = 1_000;
  private static final int END_BYTES = 1 << 20;

  private final String name;
  private final Process process;
  private final Path log;
  private final String stopSignal;
  private final CompletableFuture<Void> released;

  ChildProcess(String name, Process process, Path log, String stopSignal, Watchdog watchdog) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.stopSignal = stopSignal;
    watchdog.hold(process.pid(), stopSignal);
    this.released = process.onExit().thenAccept(ended -> ended(ended.pid(), watchdog));
  }

  /** What it has started goes with it: in the session of its own nobody else is. */
  private static void ended(long pid, Watchdog watchdog) {
    if (Tools.has("setsid")) {
      signal("KILL", "-" + pid);
    }
    watchdog.release(pid);
  }

  private static boolean signal(String signal, String target) {
    return Tools.succeeds(List.of("/bin/sh", "-c", "kill -s " + signal + " -- " + target));
  }

  public String name() {
    return name;
  }

  /** The number of the process itself: the tools before it (setsid, taskset) replace themselves. */
  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public Process process() {
    return process;
  }

  /** Waits until it ends by itself; false if it still runs after {@code limit}. */
  public boolean awaitExit(Duration limit) throws InterruptedException {
    return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Ends its input, which asks it to end; stops it when it has not after {@code limit}. */
  public void endInput(Duration limit) {
    try {
      process.getOutputStream().close();
      awaitExit(limit);
    } catch (IOException e) {
      // It has ended before.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close();
  }

  /**
   * A failure of this process, with the end of its log.
   *
   * @param what the rest of the sentence that begins with the name
   */
  public StartFailure failure(String what) {
    return new StartFailure(name + " " + what + lastLines());
  }

  /** Its exit status, if it has ended, and the last lines of its log as an indented block. */
  public String lastLines() {
    String state = process.isAlive() ? "" : " (exit status " + process.exitValue() + ")";
    String said = log == null || !Files.exists(log) ? "" : lastLines(log, line -> true);
    String nothing = log == null ? "" : "; it has printed nothing";
    return state + (said.isEmpty() ? nothing : "; the last lines of its log:" + said);
  }

  /** The last ones of some lines, each behind a line break. */
  static String lastLines(Path log, Predicate<String> told) {
    try {
      // Frames of stack traces would push out the messages, which tell more.
      List<String> lines =
          part(log, Math.max(0, Files.size(log) - END_BYTES), END_BYTES)
              .lines()
              .filter(line -> !line.isBlank() && !line.strip().matches("at \\S+\\(.*\\)"))
              .map(Secrets::masked)
              .map(line -> line.substring(0, Math.min(LONGEST_LINE, line.length())))
              .filter(told)
              .map(line -> "\n  " + line)
              .toList();
      return String.join("", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      return "\n  (" + log + " cannot be read: " + e.getMessage() + ")";
    }
  }

  /** A part of a log, which may be larger than memory; a line cut in two could tell a secret. */
  static String part(Path log, long start, int length) throws IOException {
    try (SeekableByteChannel file = Files.newByteChannel(log)) {
      byte[] bytes = Channels.newInputStream(file.position(start)).readNBytes(length);
      String text = new String(bytes, UTF_8);
      return start == 0 ? text : text.replaceFirst("[^\n]*", "…");
    }
  }

  /** Asks the process to end, and returns at once: several can so be stopped at the same time. */
  public void beginStop() {
    if (!process.isAlive()) {
      return;
    }
    if (stopSignal.equals("TERM") || !signal(stopSignal, Long.toString(pid()))) {
      process.destroy();
    }
  }

  /** Stops the process and what it started: in good order within ten seconds, or else at once. */
  @Override
  public void close() {
    List<ProcessHandle> family = new ArrayList<>();
    try (Stream<ProcessHandle> descendants = process.descendants()) {
      descendants.forEach(family::add);
    }
    beginStop();
    try {
      if (!awaitExit(GRACE)) {
        process.destroyForcibly();
      }
      family.forEach(ProcessHandle::destroyForcibly);
      process.waitFor();
      released.join();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      family.forEach(ProcessHandle::destroyForcibly);
      Thread.currentThread().interrupt();
    }
  }

  /** The command in a session of its own, where the system has a tool for that. */
  static List<String> inOwnSession(List<String> command) {
    if (!Tools.has("setsid")) {
      return command;
    }
    List<String> whole = new ArrayList<>(List.of("setsid"));
    whole.addAll(command);
    return whole;
  }
}
