package crossover.bench.remote;

import static crossover.bench.text.Text.format;
import static java.nio.charset.StandardCharsets.UTF_8;

import crossover.bench.stack.Await;
import crossover.bench.stack.ChildProcess;
import crossover.bench.stack.Launch;
import crossover.bench.stack.StartFailure;
import crossover.bench.stack.TempDirectory;
import crossover.bench.stack.Tools;
import crossover.bench.stack.Watchdog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One connection to a host by the user's own OpenSSH client, shared by all commands: with the
 * user's configuration, agent and known hosts, and never with a question. A host key that changed
 * or is unknown is an error, as everywhere with OpenSSH.
 */
public final class Ssh implements AutoCloseable {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(20);
  private static final int CUT = 255;

  private final String destination;
  private final List<String> client;
  private final TempDirectory directory;
  private final Path log;
  private final Watchdog watchdog;
  private final ChildProcess master;
  private final String hostname;

  private Ssh(String destination, List<String> program, Watchdog watchdog) {
    this.destination = destination;
    this.watchdog = watchdog;
    directory = TempDirectory.create(watchdog, "ssh");
    log = directory.path().resolve("log");
    client = new ArrayList<>(program);
    // A cut is noticed within 15 s even where nothing is sent.
    for (String option :
        List.of("BatchMode=yes", "ConnectTimeout=10", "ServerAliveInterval=5", "LogLevel=ERROR")) {
      client.addAll(List.of("-o", option));
    }
    // A UNIX socket's name has some hundred characters at most: a short one in a private folder.
    client.addAll(List.of("-o", "ControlPath=" + directory.path().resolve("s")));
    hostname = configured("hostname");
    master =
        new Launch("ssh " + destination, command("-o", "ControlMaster=yes", "-N", destination))
            .log(log)
            .start(watchdog);
  }

  /**
   * Connects.
   *
   * @param destination as one would type it after {@code ssh}: {@code pi@raspberrypi.local}, or a
   *     name from the user's configuration
   * @param program the client and options of one's own, usually {@code ssh} alone
   * @throws StartFailure with the reason in one line, and what to do
   */
  public static Ssh connect(String destination, List<String> program, Watchdog watchdog) {
    if (destination.isBlank() || destination.startsWith("-")) {
      throw new StartFailure("not an SSH destination: “" + destination + "”; write user@host");
    }
    if (Tools.find(program.get(0)).isEmpty() && !Files.isExecutable(Path.of(program.get(0)))) {
      throw new StartFailure("no " + program.get(0) + " on PATH: install the OpenSSH client");
    }
    Ssh ssh = new Ssh(destination, program, watchdog);
    try {
      ssh.awaitConnection();
      return ssh;
    } catch (RuntimeException e) {
      ssh.close();
      throw e;
    }
  }

  /** What was asked for. */
  public String destination() {
    return destination;
  }

  /** The host's own name or address, as the user's configuration gives it. */
  public String hostname() {
    return hostname;
  }

  /** Whether the host is reached over this machine's loopback interface. */
  boolean isLoopback() {
    try {
      return InetAddress.getByName(hostname).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false; // behind a jump host
    }
  }

  /**
   * Runs a POSIX shell script, whatever the user's login shell is.
   *
   * @throws StartFailure if the connection is cut; the script's own failure is in the answer
   */
  ClientProgram.Output run(String script) {
    return execute(script.getBytes(UTF_8), "sh -s");
  }

  /**
   * Runs a script that has to succeed.
   *
   * @param what the rest of the sentence "cannot …" if it fails
   * @return its output
   */
  String require(String what, String script) {
    ClientProgram.Output output = run(script);
    if (output.status() != 0) {
      throw failure("cannot " + what, output);
    }
    return output.out();
  }

  /** The failure of something on this host, with what the host said. */
  StartFailure failure(String what, ClientProgram.Output output) {
    String said = output.err().isBlank() ? output.out().strip() : output.err().strip();
    return new StartFailure(
        format(
            "%s: %s%s",
            destination,
            what,
            said.isEmpty() ? " (exit status " + output.status() + ")" : ": " + said));
  }

  /**
   * Starts a script that stays: its standard input and output are pipes.
   *
   * <p>The script reads its own text from the command line, so it must not be long.
   */
  ChildProcess start(String name, String script) {
    requireConnected();
    return new Launch(name, command("-T", destination, "exec sh -c " + quote(script)))
        .piped()
        .log(log)
        .start(watchdog);
  }

  /** Unpacks files below a folder there: {@code files} are relative to {@code root}. */
  ClientProgram.Output copy(Path root, List<String> files, String folder) {
    requireConnected();
    ProcessBuilder pack =
        new ProcessBuilder("tar", "-C", root.toString(), "-chf", "-", "--null", "-T", "-")
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    ProcessBuilder unpack =
        new ProcessBuilder(command("-T", destination, "tar -xf - -C " + quote(folder)));
    return checked(
        ClientProgram.pipe(List.of(pack, unpack), String.join("\0", files).getBytes(UTF_8)));
  }

  /**
   * Makes a port of a host that is reached from here reachable on the loopback interface there.
   *
   * @return the port there
   */
  public int reverse(String host, int port) {
    requireConnected();
    String what = "127.0.0.1:0:" + host + ":" + port;
    ClientProgram.Output output =
        ClientProgram.run(command("-O", "forward", "-R", what, destination), new byte[0]);
    if (output.status() != 0) {
      throw failure("cannot forward " + what, output);
    }
    return Integer.parseInt(output.out().strip());
  }

  static String quote(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  /** Hangs up. */
  @Override
  public void close() {
    master.close();
    directory.close();
  }

  // Without the shared connection the client would quietly make one of its own for each command.
  void requireConnected() {
    if (!master.isAlive()) {
      throw new StartFailure(destination + ": the connection was cut");
    }
  }

  private ClientProgram.Output execute(byte[] input, String remoteCommand) {
    requireConnected();
    return checked(ClientProgram.run(command("-T", destination, remoteCommand), input));
  }

  private ClientProgram.Output checked(ClientProgram.Output output) {
    if (output.status() == CUT) {
      throw failure("the connection was cut", output);
    }
    return output;
  }

  private List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(client);
    command.addAll(Arrays.asList(arguments));
    return command;
  }

  /** A value of the client's effective configuration for this destination. */
  private String configured(String key) {
    return ClientProgram.run(command("-G", destination), new byte[0])
        .out()
        .lines()
        .filter(line -> line.startsWith(key + " "))
        .map(line -> line.substring(key.length() + 1))
        .findFirst()
        .orElse(destination.substring(destination.indexOf('@') + 1));
  }

  private void awaitConnection() {
    boolean connected =
        Await.until(
            () -> {
              if (!master.isAlive()) {
                throw new StartFailure(reason());
              }
              return ClientProgram.run(command("-O", "check", destination), new byte[0]).status()
                  == 0;
            },
            Duration.ofMillis(50),
            CONNECT_LIMIT);
    if (!connected) {
      throw new StartFailure(
          destination + " did not let us in within " + CONNECT_LIMIT.toSeconds() + " s");
    }
  }

  /** OpenSSH's many lines as one, with what to do. */
  private String reason() {
    String said;
    try {
      said = Files.readString(log);
    } catch (IOException e) {
      said = e.toString();
    }
    if (said.contains("IDENTIFICATION HAS CHANGED")) {
      return format(
          "%s: its host key is not the one that is known. If the host was set up anew,"
              + " forget the old one: ssh-keygen -R %s; if not, somebody may stand in between",
          destination, hostname);
    }
    if (said.contains("Host key verification failed")) {
      return destination + ": its host key is unknown; connect once by hand: ssh " + destination;
    }
    if (said.contains("Permission denied")) {
      return destination + ": no key was accepted; install yours: ssh-copy-id " + destination;
    }
    List<String> lines = said.strip().lines().toList();
    return destination
        + ": cannot connect"
        + (lines.isEmpty() ? "" : ": " + lines.get(lines.size() - 1).strip());
  }
}
