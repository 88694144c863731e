package crossover.bench.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How to start a process: built step by step, then {@link #start}.
 *
 * <p>Output goes to the log file (without one, nowhere). With {@link #piped} only the error output
 * does, and standard input and output are pipes to the runner.
 */
public final class Launch {
  private final String name;
  private final List<String> command;
  private final Map<String, String> environment = new HashMap<>();
  private List<Integer> cores = List.of();
  private String stopSignal = "TERM";
  private boolean piped;
  private Path directory;
  private Path log;

  /**
   * A launch of {@code command}.
   *
   * @param name what people call it; used in messages
   */
  public Launch(String name, List<String> command) {
    this.name = name;
    this.command = List.copyOf(command);
  }

  /** Adds a variable to the inherited environment. */
  public Launch env(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  public Launch directory(Path directory) {
    this.directory = directory;
    return this;
  }

  /** The file that output is appended to. */
  public Launch log(Path log) {
    this.log = log;
    return this;
  }

  /** Pins the process to these cores; an empty list leaves it free. */
  public Launch cores(List<Integer> cores) {
    this.cores = List.copyOf(cores);
    return this;
  }

  /** Keeps standard input and output for the runner. */
  public Launch piped() {
    this.piped = true;
    return this;
  }

  /** The signal that asks the process to end in good order, TERM if not said otherwise. */
  Launch stopSignal(String signal) {
    this.stopSignal = signal;
    return this;
  }

  /**
   * Starts the process and puts it on the watchdog.
   *
   * @throws StartFailure if the operating system refuses
   */
  public ChildProcess start(Watchdog watchdog) {
    List<String> whole = new ArrayList<>(Cpus.pinned(cores, command));
    ProcessBuilder builder = new ProcessBuilder(ChildProcess.inOwnSession(whole));
    if (directory != null) {
      builder.directory(directory.toFile());
    }
    ProcessBuilder.Redirect sink =
        log == null
            ? ProcessBuilder.Redirect.DISCARD
            : ProcessBuilder.Redirect.appendTo(log.toFile());
    builder.redirectError(sink);
    if (!piped) {
      builder.redirectOutput(sink);
    }
    try {
      builder.environment().putAll(environment);
      Process process = builder.start();
      if (!piped) {
        process.getOutputStream().close();
      }
      return new ChildProcess(name, process, log, stopSignal, watchdog);
    } catch (IOException | IllegalArgumentException e) { // no variable may have such a name
      throw new StartFailure("cannot start " + name, e);
    }
  }
}
