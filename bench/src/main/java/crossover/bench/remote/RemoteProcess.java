package crossover.bench.remote;

import crossover.bench.stack.ChildProcess;
import crossover.bench.stack.StartFailure;
import java.io.IOException;
import java.time.Duration;

/**
 * A process on a host that SSH reaches, for as long as the runner wants it: it ends with {@link
 * #close}, with the runner, and with the connection, whichever comes first.
 */
final class RemoteProcess implements AutoCloseable {
  // cat ends when the pipe from here does, also by a cut: then the process goes too. Its number is
  // kept there, for a runner that comes back before the host has noticed a cut.
  private static final String SCRIPT =
      """
      cd %1$s || exit 1
      %2$s &
      pid=$!
      echo $pid > %1$s/state/%3$s.pid
      echo $pid
      cat > /dev/null
      kill -%4$s $pid
      tries=100
      # One that has ended has no command line any more, though this shell has not waited for it.
      while [ $tries -gt 0 ] && [ "$(tr -d '\\0' < /proc/$pid/cmdline)" ]; do
        tries=$((tries - 1))
        sleep 0.1
      done
      kill -9 $pid
      wait $pid
      rm -f %1$s/state/%3$s.pid
      """;

  private final Ssh ssh;
  private final ChildProcess session;
  private final long pid;

  private RemoteProcess(Ssh ssh, ChildProcess session, long pid) {
    this.ssh = ssh;
    this.session = session;
    this.pid = pid;
  }

  /**
   * Starts it and returns at once. The folder's {@code state} has to be there.
   *
   * @param name for messages
   * @param role a word that is its own among the processes of the folder
   * @param command of a shell in the folder, with its redirections
   * @param stopSignal asks it to end in good order
   * @throws StartFailure if the connection is cut
   */
  static RemoteProcess start(
      Ssh ssh, RemoteFolder folder, String name, String role, String command, String stopSignal) {
    String script = SCRIPT.formatted(Ssh.quote(folder.path()), command, role, stopSignal);
    ChildProcess session = ssh.start(name + " on " + ssh.destination(), script);
    try {
      String first = session.process().inputReader().readLine();
      if (first == null) {
        throw session.failure("did not start");
      }
      return new RemoteProcess(ssh, session, Long.parseLong(first));
    } catch (IOException | NumberFormatException e) {
      session.close();
      throw new StartFailure(session.name() + " did not start", e);
    } catch (StartFailure e) {
      session.close();
      throw e;
    }
  }

  /** Ends what an earlier runner left in the folder, whose host has not noticed its end yet. */
  static void stopAll(Ssh ssh, RemoteFolder folder) {
    ssh.require(
        "stop what an earlier run left",
        """
        cd %1$s 2>/dev/null || exit 0
        own=$(pwd -P)
        for file in state/*.pid; do
          [ -e "$file" ] || continue
          pid=$(cat "$file")
          case $(readlink "/proc/$pid/cwd") in "$own" | "$own"/*)
            kill -9 "$pid"
            while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done ;;
          esac
          rm -f "$file"
        done
        """
            .formatted(Ssh.quote(folder.path())));
  }

  /** Its number, there. */
  long pid() {
    return pid;
  }

  /** Whether it runs; false also when the connection is cut, with which it ends. */
  boolean isAlive() {
    return session.isAlive() && ssh.run("kill -0 " + pid).status() == 0;
  }

  /** Whether the connection that holds it stands. */
  boolean isHeld() {
    return session.isAlive();
  }

  /** Stops it and waits for its end. */
  @Override
  public void close() {
    try {
      session.process().getOutputStream().close();
      session.awaitExit(Duration.ofSeconds(15));
    } catch (IOException alreadyGone) {
      // There is nothing left to tell.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    session.close();
  }
}
