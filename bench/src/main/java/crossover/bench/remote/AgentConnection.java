package crossover.bench.remote;

import static crossover.bench.text.Text.format;

import crossover.bench.remote.Agent.Answer;
import crossover.bench.remote.Agent.Call;
import crossover.bench.stack.ChildProcess;
import crossover.bench.stack.StartFailure;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** An {@link Agent} on a host that SSH reaches, and the pipe to it. It ends with the pipe. */
final class AgentConnection implements AutoCloseable {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(40);

  // What an answer may be made of: the host is not trusted with more.
  private static final ObjectInputFilter FILTER =
      ObjectInputFilter.Config.createFilter("crossover.bench.**;java.base/*;!*");

  @SuppressWarnings("InlineFormatString") // a script is read better by itself
  private static final String SCRIPT =
      """
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

  private final Ssh ssh;
  private final ChildProcess session;
  private final ObjectOutputStream out;
  private final ObjectInputStream in;

  private AgentConnection(Ssh ssh, ChildProcess session) throws IOException {
    this.ssh = ssh;
    this.session = session;
    in = new ObjectInputStream(session.process().getInputStream());
    in.setObjectInputFilter(FILTER);
    out = new ObjectOutputStream(session.process().getOutputStream());
    out.flush();
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
      return new AgentConnection(ssh, session);
    } catch (IOException e) {
      ssh.requireConnected();
      StartFailure failure = session.failure("did not start");
      session.close();
      throw failure;
    }
  }

  HostAgent agent() {
    return (HostAgent)
        Proxy.newProxyInstance(
            HostAgent.class.getClassLoader(),
            new Class<?>[] {HostAgent.class},
            (proxy, method, arguments) -> call(method, arguments));
  }

  private synchronized Object call(Method method, Object[] arguments) {
    List<Serializable> all =
        Stream.of(arguments == null ? new Object[0] : arguments)
            .map(Serializable.class::cast)
            .toList();
    Answer answer;
    try {
      out.writeObject(new Call(method.getName(), all));
      out.reset();
      out.flush();
      answer = (Answer) in.readObject();
    } catch (IOException | ClassNotFoundException e) {
      ssh.requireConnected();
      throw session.failure("ended: " + e.getMessage());
    }
    if (answer.failure() != null) {
      throw new StartFailure(ssh.destination() + ": " + answer.failure());
    }
    return answer.value();
  }

  /** Ends the agent, and waits until all that it started has ended; not for a call under way. */
  @Override
  public void close() {
    try {
      session.process().getOutputStream().close();
      session.awaitExit(STOP_LIMIT);
    } catch (IOException alreadyGone) {
      // There is nobody left to tell.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    session.close();
  }
}
