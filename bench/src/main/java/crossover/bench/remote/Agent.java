package crossover.bench.remote;

import crossover.bench.probe.BackendSample;
import crossover.bench.probe.JvmProbe;
import crossover.bench.probe.Machine;
import crossover.bench.probe.Sample;
import crossover.bench.probe.ServerProbe;
import crossover.bench.stack.Cpus;
import crossover.bench.stack.Database;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdk;
import crossover.bench.stack.Ports;
import crossover.bench.stack.Stack;
import crossover.bench.stack.StartFailure;
import crossover.bench.stack.Tomcat;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * A process on another host that does there what the runner does here, with the same classes. It
 * reads calls of {@link HostAgent} from its standard input, which is the SSH connection, and
 * answers on its standard output. When its input ends it stops everything that it started, and
 * ends. The working folder is laid out like the root of the repository.
 */
public final class Agent implements HostAgent {
  /** The first of the ports of servers: a firewall has to let it pass. */
  private static final int FIRST_PORT = 18_080;

  /** A method of {@link HostAgent} and its arguments. */
  record Call(String method, List<Serializable> arguments) implements Serializable {}

  /** What a method returned, or the message of its failure. */
  record Answer(Serializable value, String failure) implements Serializable {}

  private static final class Server {
    private final Tomcat tomcat;
    private final int managementPort;
    private Optional<ServerProbe> probe = Optional.empty();
    private Optional<Sample> last = Optional.empty();

    Server(Tomcat tomcat, int managementPort) {
      this.tomcat = tomcat;
      this.managementPort = managementPort;
    }
  }

  private final Installation installation = new Installation(Path.of("").toAbsolutePath());
  private final Map<Integer, Server> servers = new HashMap<>();
  private Stack stack;

  private Agent() {}

  /** Serves until its input ends. */
  public static void main(String[] args) throws IOException {
    try (FileInputStream in = new FileInputStream(FileDescriptor.in);
        FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
      System.setOut(System.err); // whoever prints must not disturb the protocol
      ObjectOutputStream answers = new ObjectOutputStream(out);
      answers.flush(); // its header tells the runner that we listen
      new Agent().serve(new ObjectInputStream(in), answers);
    } catch (IOException | ClassNotFoundException e) {
      // The runner is done, or the connection was cut.
    }
    System.exit(0); // the stack's shutdown hook stops everything
  }

  // Calls are executed by another thread, so that the end of the input is noticed during a call.
  private void serve(ObjectInputStream in, ObjectOutputStream out)
      throws IOException, ClassNotFoundException {
    ExecutorService executor =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "calls");
              thread.setDaemon(true);
              return thread;
            });
    while (true) {
      Call call = (Call) in.readObject();
      executor.execute(() -> answer(call, out));
    }
  }

  private void answer(Call call, ObjectOutputStream out) {
    try {
      out.writeObject(execute(call));
      out.reset();
      out.flush();
    } catch (IOException e) {
      System.exit(0); // nobody listens
    }
  }

  private Answer execute(Call call) {
    try {
      Method method =
          Stream.of(HostAgent.class.getMethods())
              .filter(candidate -> candidate.getName().equals(call.method))
              .findFirst()
              .orElseThrow();
      return new Answer((Serializable) method.invoke(this, call.arguments.toArray()), null);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      return new Answer(
          null, cause instanceof StartFailure ? cause.getMessage() : String.valueOf(cause));
    } catch (ReflectiveOperationException | RuntimeException e) {
      return new Answer(null, e.toString());
    }
  }

  @Override
  public Machine machine() {
    return Machine.here();
  }

  @Override
  public void startBackends(Database database, URI redis) {
    stack = Stack.open(installation, Cpus.free(), database, redis);
  }

  @Override
  public void execute(String name, String sql) {
    stack.database().execute(name, sql);
  }

  @Override
  public int launch(Launch launch) {
    int managementPort = Ports.free();
    Map<String, String> settings = new HashMap<>(JvmProbe.managed(managementPort));
    settings.putAll(launch.settings());
    try {
      Tomcat tomcat =
          stack.launch(
              launch.name(),
              Path.of(launch.war()),
              launch.context(),
              launch.tomcat(),
              Optional.ofNullable(launch.overlay()).map(Path::of),
              Jdk.of(Path.of(launch.java())),
              launch.jvmOptions(),
              settings,
              Ports.freeFrom(FIRST_PORT));
      servers.put(tomcat.port(), new Server(tomcat, managementPort));
      return tomcat.port();
    } catch (StartFailure e) {
      Ports.release(managementPort);
      throw e;
    }
  }

  @Override
  public void awaitReady(int port, String path, int most, boolean probed) {
    Server server = servers.get(port);
    server.tomcat.awaitReady(path, status -> status >= 200 && status <= most, Tomcat.START_LIMIT);
    long pid = server.tomcat.pid();
    Map<String, Long> pids = stack.backendPids();
    server.probe =
        Optional.of(
            probed
                ? new ServerProbe(pid, pids, server.managementPort)
                : new ServerProbe(pid, pids, false));
  }

  @Override
  public Sample sample(int port) {
    Server server = servers.get(port);
    Sample sample = server.probe.orElseThrow().sample();
    server.last = Optional.of(sample);
    return sample.with(Sample.NotCounted.HERE);
  }

  @Override
  public double requests(int port) {
    return servers.get(port).probe.orElseThrow().requests();
  }

  @Override
  public double pinned(int port, Instant from, Instant to) throws IOException {
    Optional<Sample> last = servers.get(port).last;
    return last.isPresent() ? last.get().pinning().count(from, to) : Double.NaN;
  }

  @Override
  public BackendSample backends() {
    return BackendSample.of(stack.backendPids());
  }

  @Override
  public double cpuSeconds(int port) {
    return servers.get(port).tomcat.cpuSeconds();
  }

  @Override
  public long pid(int port) {
    return servers.get(port).tomcat.pid();
  }

  @Override
  public boolean isAlive(int port) {
    return servers.get(port).tomcat.isAlive();
  }

  @Override
  public String lastLines(int port) {
    return servers.get(port).tomcat.lastLines();
  }

  @Override
  public void stop(int port) {
    Server server = servers.remove(port);
    if (server != null) {
      server.probe.ifPresent(ServerProbe::close);
      server.tomcat.close();
      Ports.release(server.managementPort);
    }
  }
}
