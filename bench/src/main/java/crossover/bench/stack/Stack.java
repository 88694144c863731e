package crossover.bench.stack;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The servers of a run: PostgreSQL and Redis for all of it, Tomcats as they are asked for.
 *
 * <p>Closing stops everything in the reverse order of its start; Ctrl-C closes, and the {@link
 * Watchdog} does what is left when the runner is killed. Thread-safe.
 */
public final class Stack implements AutoCloseable {
  private final Installation installation;
  private final Cpus cpus;
  private final Thread hook = new Thread(this::closeAll, "stop the stack");
  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private boolean closed;

  // Ctrl-C and the end of a run may close at the same time: the order of stopping must hold.
  private final Object closing = new Object();

  private Watchdog watchdog;
  private Path directory;
  private Wars wars;
  private Database database;
  private URI redis;
  private final Map<String, Long> backends = new TreeMap<>();
  private int launched;

  private Stack(Installation installation, Cpus cpus) {
    this.installation = installation;
    this.cpus = cpus;
  }

  /**
   * Starts the backends.
   *
   * @param database a database that already runs, or null for one of the run's own
   * @param redis a Redis that already runs, or null for one of the run's own
   * @throws StartFailure if something cannot be started or reached; nothing is left behind then
   */
  public static Stack open(Installation installation, Cpus cpus, Database database, URI redis) {
    Stack stack = new Stack(installation, cpus);
    Runtime.getRuntime().addShutdownHook(stack.hook);
    try {
      stack.start(database, redis);
      return stack;
    } catch (RuntimeException | Error e) {
      stack.close();
      throw e;
    }
  }

  private void start(Database externalDatabase, URI externalRedis) {
    watchdog = own(Watchdog.open());
    directory = own(TempDirectory.create(watchdog, "stack")).path();
    wars = new Wars(directory.resolve("wars"));
    if (externalDatabase == null) {
      Postgres postgres = Postgres.start(installation, this);
      database = postgres.database();
      backends.put("postgres", postgres.pid());
    } else {
      database = externalDatabase.requireReachable();
    }
    if (externalRedis == null) {
      Redis server = Redis.start(this);
      redis = server.url();
      backends.put("redis", server.pid());
    } else {
      redis = Redis.requireReachable(externalRedis);
    }
  }

  /** Starts a Tomcat and returns at once. */
  public Tomcat launch(Tomcat.Spec spec) {
    Path webapp = wars.unpacked(spec.war());
    Path base = nextFolder("tomcat", spec.name());
    return own(Tomcat.start(spec, webapp, backendSettings(), installation, base, watchdog));
  }

  /** The same with the application at the root, and without an overlay. */
  public Tomcat launch(
      String name,
      Path war,
      int major,
      Jdk jdk,
      List<String> jvmOptions,
      Map<String, String> settings,
      int port) {
    return launch(
        new Tomcat.Spec(name, war, "", major, Optional.empty(), jdk, jvmOptions, settings, port));
  }

  /**
   * Starts a program that serves, and returns at once.
   *
   * @param settings that it may ask for; they win over those that name this stack's backends
   */
  public Program launch(Program.Command command, Map<String, String> settings) {
    Map<String, String> all = new TreeMap<>(backendSettings());
    all.putAll(settings);
    return own(Program.start(command, all, nextFolder("program", command.name()), watchdog));
  }

  /**
   * Runs a program to its end.
   *
   * @throws StartFailure with its output, if it fails or does not end within the limit
   */
  public void run(Program.Command command, Map<String, String> settings, Duration limit) {
    command.require();
    Path log = nextFolder("log", command.name());
    try (ChildProcess process = command.launch(settings, log).start(watchdog)) {
      if (!Await.until(() -> !process.isAlive(), Duration.ofMillis(20), limit)) {
        throw process.failure(
            "has not ended after " + limit.toSeconds() + " s" + WebServer.MORE_TIME);
      }
      if (process.process().exitValue() != 0) {
        throw process.failure("failed");
      }
    }
  }

  private synchronized Path nextFolder(String kind, String name) {
    launched++;
    return directory.resolve(kind + "-" + launched + "-" + name.replaceAll("[^A-Za-z0-9.-]", "_"));
  }

  /** The system properties that lead the WAR to this stack's backends. */
  public Map<String, String> backendSettings() {
    return Map.of(
        "crossover.jdbc.url", database.url(),
        "crossover.jdbc.user", database.user(),
        "crossover.jdbc.password", database.password(),
        "crossover.redis.url", redis.toString());
  }

  /**
   * Hands over something to stop with the stack: before everything that was started earlier.
   *
   * @throws StartFailure if the stack is closed already; the resource is closed then
   */
  public <T extends AutoCloseable> T own(T resource) {
    synchronized (this) {
      if (!closed) {
        started.push(resource);
        return resource;
      }
    }
    closeQuietly(resource);
    throw new StartFailure("interrupted: the servers are being stopped");
  }

  public Database database() {
    return database;
  }

  public URI redis() {
    return redis;
  }

  public String redisVersion() {
    return Redis.version(redis);
  }

  /** The processes of the run's own backends by name ("postgres", "redis"), for CPU accounting. */
  public Map<String, Long> backendPids() {
    return Map.copyOf(backends);
  }

  public Cpus cpus() {
    return cpus;
  }

  /** What holds the run's processes; for those that are started elsewhere. */
  public Watchdog watchdog() {
    return watchdog;
  }

  /** A folder that goes with the stack. */
  public Path directory() {
    return directory;
  }

  /** Whether everything is being stopped, or has been. */
  public synchronized boolean isClosed() {
    return closed;
  }

  /** Stops everything; a second call does nothing. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the JVM is ending and the hook runs already; closing once more waits for nothing
    }
    closeAll();
  }

  private void closeAll() {
    synchronized (this) {
      closed = true;
      for (AutoCloseable resource : started) {
        if (resource instanceof WebServer server) {
          server.beginStop(); // they need nothing of each other, and each takes its time
        }
      }
    }
    synchronized (closing) {
      for (AutoCloseable next = next(); next != null; next = next()) {
        closeQuietly(next);
      }
    }
  }

  private synchronized AutoCloseable next() {
    return started.poll();
  }

  // One server that does not stop well must not keep the others alive: the watchdog, last, ends
  // them.
  private static void closeQuietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      System.err.println("crossover: while stopping: " + e.getMessage());
    }
  }
}
