package crossover.bench.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
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
      # Whether a process runs that began at this time: its number may be another's by now.
      same() {
        [ -e /proc/self/stat ] || { kill -0 "$1"; return; }
        line=$(cat "/proc/$1/stat") || return 1
        began=$2
        set -- ${line##*) }
        [ "$1" != Z ] && [ "${20}" = "$began" ]
      }
      while read -r verb what; do
        case $verb in
          pid) pids="$pids $what" ;;
          nopid)
            left=
            for p in $pids; do [ "${p%%:*}" = "$what" ] || left="$left $p"; done
            pids=$left ;;
          dir) set -- "$@" "$what" ;;
          nodir)
            for d; do shift; [ "$d" = "$what" ] || set -- "$@" "$d"; done ;;
        esac
      done
      alive() {
        alive=
        for p in $pids; do
          signal=${p#*:}
          same "${p%%:*}" "${signal#*:}" && alive="$alive $p"
        done
        [ "$alive" ]
      }
      alive
      ours=$alive
      for p in $alive; do signal=${p#*:}; kill -"${signal%:*}" "${p%%:*}"; done
      tries=50
      while [ $tries -gt 0 ] && alive; do
        tries=$((tries - 1))
        sleep 0.1
      done
      alive
      for p in $alive; do kill -KILL "${p%%:*}"; done
      # Their own children, which still write where the folders are about to go.
      for p in $ours; do kill -s KILL -- "-${p%%:*}"; done
      # What a program has put into the background names its folder in its environment.
      for d; do
        for p in $(grep -Fls "CROSSOVER_FOLDER=$d/" /proc/[0-9]*/environ); do
          p=${p#/proc/}
          kill -s KILL "${p%/environ}"
        done
      done
      tries=50
      until rm -rf -- "$@" || [ $tries -eq 0 ]; do
        tries=$((tries - 1))
        sleep 0.1
      done
      """;

  private final Process shell;
  private final Writer orders;

  private Watchdog(Process shell) {
    this.shell = shell;
    this.orders = shell.outputWriter(UTF_8);
  }

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
    send("pid " + pid + ":" + signal + ":" + began(pid));
  }

  // The 22nd field of proc(5), the 20th after the name; empty where there is no /proc.
  private static String began(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), UTF_8);
      return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[19];
    } catch (IOException e) {
      return "";
    }
  }

  /** The process has ended: its number may soon be another's. */
  void release(long pid) {
    send("nopid " + pid);
  }

  /** Removes the folder when this watchdog ends; it need not exist yet. */
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
