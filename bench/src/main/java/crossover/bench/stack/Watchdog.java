package crossover.bench.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;

/**
 * Ends what the runner started, however the runner itself ends.
 *
 * <p>A shell waits at the other end of a pipe. The kernel closes that pipe when the runner is gone,
 * be it by SIGKILL; the shell then ends every process still held, and removes every folder still
 * held. Closing the watchdog does the same and waits for it, so the rare way and the usual way are
 * one.
 */
public final class Watchdog implements AutoCloseable {
  // Signals for the terminal's process group must not end the one process that cleans up after
  // them.
  // Processes get their stop signal, then five seconds, then SIGKILL.
  private static final String SCRIPT =
      """
      trap '' INT TERM HUP QUIT
      pids=
      while read -r verb what; do
        case $verb in
          pid) pids="$pids $what" ;;
          nopid)
            left=
            for p in $pids; do [ "${p%:*}" = "$what" ] || left="$left $p"; done
            pids=$left ;;
          dir) set -- "$@" "$what" ;;
          nodir)
            for d; do shift; [ "$d" = "$what" ] || set -- "$@" "$d"; done ;;
        esac
      done
      for p in $pids; do kill -"${p#*:}" "${p%:*}"; done
      tries=50
      while [ $tries -gt 0 ]; do
        alive=
        for p in $pids; do kill -0 "${p%:*}" && alive="$alive $p"; done
        [ "$alive" ] || break
        tries=$((tries - 1))
        sleep 0.1
      done
      for p in $alive; do kill -KILL "${p%:*}"; done
      for d; do rm -rf -- "$d"; done
      """;

  private final Process shell;
  private final Writer orders;

  private Watchdog(Process shell) {
    this.shell = shell;
    this.orders = shell.outputWriter(UTF_8);
  }

  /** Starts the watchdog. */
  public static Watchdog open() {
    List<String> command =
        ChildProcess.inOwnSession(List.of("/bin/sh", "-c", SCRIPT, "crossover-watchdog"));
    try {
      return new Watchdog(
          new ProcessBuilder(command)
              .directory(Path.of("/").toFile())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start());
    } catch (IOException e) {
      throw new StartFailure("cannot start the watchdog /bin/sh", e);
    }
  }

  /** Ends the process with {@code signal} (TERM, INT …) when this watchdog ends. */
  void hold(long pid, String signal) {
    send("pid " + pid + ":" + signal);
  }

  /** The process has ended: its number may soon be another's. */
  void release(long pid) {
    send("nopid " + pid);
  }

  /** Removes the folder when this watchdog ends. */
  void hold(Path directory) {
    send("dir " + directory.toAbsolutePath());
  }

  /** The folder is gone, or is to stay. */
  void release(Path directory) {
    send("nodir " + directory.toAbsolutePath());
  }

  private synchronized void send(String order) {
    try {
      orders.write(order + "\n");
      orders.flush();
    } catch (IOException e) {
      if (shell.isAlive()) {
        throw new UncheckedIOException("the watchdog does not listen: " + order, e);
      }
    }
  }

  /** Ends and removes whatever is still held, and returns when that is done. */
  @Override
  public void close() {
    try {
      synchronized (this) {
        orders.close();
      }
      shell.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
