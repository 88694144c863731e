package crossover.bench.stack;

import static java.nio.charset.StandardCharsets.US_ASCII;

import crossover.bench.text.Secrets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import redis.embedded.core.ExecutableProvider;

/**
 * A Redis of the run's own, on the loopback interface, that keeps nothing on disk: the {@code
 * redis-server} or {@code valkey-server} on PATH, or else the one embedded-redis brings.
 */
record Redis(long pid, URI url) {
  private static final Duration START_LIMIT = Duration.ofMinutes(1);

  /**
   * Starts the server.
   *
   * @param stack owns it
   * @throws StartFailure with the end of the server's log
   */
  static Redis start(Stack stack) {
    Path directory = stack.own(TempDirectory.create(stack.watchdog(), "redis")).path();
    int port = Ports.free();
    ChildProcess process =
        stack.own(
            new Launch("Redis", command(program(directory), directory, port))
                .log(directory.resolve("log"))
                .directory(directory)
                .cores(stack.cpus().others())
                .start(stack.watchdog()));
    awaitReady(process, port);
    return new Redis(process.pid(), URI.create("redis://127.0.0.1:" + port));
  }

  private static List<String> command(Path program, Path directory, int port) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of("--bind", "127.0.0.1", "--port", String.valueOf(port)));
    command.addAll(List.of("--save", "", "--appendonly", "no", "--daemonize", "no"));
    command.addAll(List.of("--dir", directory.toString()));
    return command;
  }

  private static Path program(Path directory) {
    Optional<Path> installed = Tools.find("redis-server", "valkey-server");
    if (installed.isPresent()) {
      return installed.get();
    }
    try {
      return ExecutableProvider.newJarResourceProvider(directory.toFile()).get().toPath();
    } catch (IOException | RuntimeException e) {
      throw new StartFailure(
          "no redis-server or valkey-server on PATH, and none embedded for this system"
              + " (install one, or name a running one by --redis-url)",
          e);
    }
  }

  private static void awaitReady(ChildProcess process, int port) {
    boolean ready =
        Await.until(
            () -> {
              if (!process.isAlive()) {
                throw process.failure("ended while it was starting");
              }
              return answers("127.0.0.1", port);
            },
            Duration.ofMillis(20),
            START_LIMIT);
    if (!ready) {
      throw process.failure("did not answer PING within " + START_LIMIT.toSeconds() + " s");
    }
  }

  /**
   * Checks a Redis that the user named.
   *
   * @throws StartFailure if nothing there speaks Redis
   */
  public static URI requireReachable(URI url) {
    if (url.getHost() == null || !answers(url.getHost(), port(url))) {
      throw new StartFailure(
          "cannot reach a Redis at "
              + Secrets.masked(url.toString())
              + ": expected redis://host:port of a running server");
    }
    return url;
  }

  /** The version of the server at a URL, such as 7.0.15; "unknown" if it does not tell. */
  public static String version(URI url) {
    try (Socket socket = new Socket()) {
      connect(socket, url.getHost(), port(url));
      socket.getOutputStream().write("INFO server\r\nQUIT\r\n".getBytes(US_ASCII));
      String info = new String(socket.getInputStream().readAllBytes(), US_ASCII);
      return info.lines()
          .filter(line -> line.startsWith("redis_version:"))
          .map(line -> line.substring(line.indexOf(':') + 1))
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static int port(URI url) {
    return url.getPort() < 0 ? 6379 : url.getPort();
  }

  private static void connect(Socket socket, String host, int port) throws IOException {
    socket.connect(new InetSocketAddress(host, port), 2_000);
    socket.setSoTimeout(2_000);
  }

  // "NOAUTH …" and "DENIED …" are Redis speaking too: what to do about them is the client's matter.
  private static boolean answers(String host, int port) {
    try (Socket socket = new Socket()) {
      connect(socket, host, port);
      socket.getOutputStream().write("PING\r\n".getBytes(US_ASCII));
      int first = socket.getInputStream().read();
      return first == '+' || first == '-';
    } catch (IOException e) {
      return false;
    }
  }
}
