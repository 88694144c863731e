package crossover.bench.remote;

import static crossover.bench.text.Text.format;

import crossover.bench.stack.Calls;
import crossover.bench.stack.ChildProcess;
import crossover.bench.stack.StartFailure;
import java.time.Duration;

/** An {@link Agent} on a host that SSH reaches, and the pipe to it. It ends with the pipe. */
final class AgentConnection implements AutoCloseable {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(40);

  // Paths may hold any letter: the JVM reads them as UTF-8 only in such a locale.
  @SuppressWarnings("InlineFormatString") // a script is read better by itself
  private static final String SCRIPT =
      """
      [ "$(locale charmap 2>/dev/null)" = UTF-8 ] || export LC_ALL=C.UTF-8
      cd %s && mkdir -p state tmp && echo $$ > state/agent.pid &&
      exec %s -Xmx64m -Xss512k -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
        -Djava.io.tmpdir="$PWD/tmp" -cp %s %s""";

  // An agent ends when its input does. Its host may not have noticed yet that a connection was cut.
  @SuppressWarnings("InlineFormatString") // a script is read better by itself
  private static final String STOP_EARLIER =
      """
      cd %s 2>/dev/null || exit 0
      pid=$(cat state/agent.pid 2>/dev/null) || exit 0
      if [ "$(readlink "/proc/$pid/cwd")" = "$(pwd -P)" ]; then
        kill "$pid"
        tries=300
        while [ $tries -gt 0 ] && kill -0 "$pid" 2>/dev/null; do
          [ $tries != 100 ] || kill -9 "$pid"
          tries=$((tries - 1))
          sleep 0.1
        done
      fi
      rm -rf state/agent.pid tmp
      """;

  private final ChildProcess session;
  private final HostAgent agent;

  private AgentConnection(ChildProcess session, HostAgent agent) {
    this.session = session;
    this.agent = agent;
  }

  /** Ends the agent that an earlier run left in a folder, with all that it started. */
  static void stopEarlier(Ssh ssh, String folder) {
    ssh.require("stop what an earlier run left", format(STOP_EARLIER, Ssh.quote(folder)));
  }

  /**
   * Starts an agent.
   *
   * @param java the program there
   * @param classPath relative to the folder
   * @throws StartFailure if it does not start
   */
  static AgentConnection open(Ssh ssh, String folder, String java, String classPath) {
    ChildProcess session =
        ssh.start(
            "the agent on " + ssh.destination(),
            format(
                SCRIPT,
                Ssh.quote(folder),
                Ssh.quote(java),
                Ssh.quote(classPath),
                Agent.class.getName()));
    try {
      HostAgent agent =
          Calls.to(session).remote(HostAgent.class, failure -> failed(ssh, session, failure));
      return new AgentConnection(session, agent);
    } catch (StartFailure e) {
      ssh.requireConnected();
      throw e;
    }
  }

  private static StartFailure failed(Ssh ssh, ChildProcess session, Calls.Failure failure) {
    if (failure.cause() != Calls.Cause.CUT) {
      return new StartFailure(ssh.destination() + ": " + failure.message());
    }
    ssh.requireConnected();
    return session.failure("ended" + failure.reason());
  }

  HostAgent agent() {
    return agent;
  }

  /** Ends the agent, and waits until all that it started has ended; not for a call under way. */
  @Override
  public void close() {
    session.endInput(STOP_LIMIT);
  }
}
