package crossover.bench.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A runner in a JVM of its own, ended from outside, leaves no process, folder or open port. */
class RunnerDeathIT {
  @TempDir private Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "KILL"})
  void aRunningRunnerLeavesNothing(String signal) throws Exception {
    Process runner = runner();
    try (BufferedReader out = runner.inputReader(UTF_8)) {
      List<Long> pids = Stream.of(out.readLine().split(" ", -1)).map(Long::valueOf).toList();
      int port = Integer.parseInt(out.readLine());
      assertThat(pids).hasSize(3).allMatch(RunnerDeathIT::alive);
      assertThat(folders()).isNotEmpty();

      end(runner, signal);

      if (signal.equals("KILL")) {
        awaitNothing(pids);
      }
      assertThat(pids).noneMatch(RunnerDeathIT::alive);
      assertThat(folders()).isEmpty();
      assertThat(listening(port)).isFalse();
    } finally {
      runner.destroyForcibly();
    }
  }

  @Test
  void aRunnerKilledWhileItStartsLeavesNothing() throws Exception {
    for (int wait : new int[] {300, 1_200, 2_400}) {
      Process runner = runner();
      boolean ended = runner.waitFor(wait, TimeUnit.MILLISECONDS);
      List<Long> family = runner.descendants().map(ProcessHandle::pid).toList();
      end(runner, "KILL");
      assertThat(ended).isFalse();
      awaitNothing(family);
      assertThat(family).as("after %d ms", wait).noneMatch(RunnerDeathIT::alive);
      assertThat(folders()).as("after %d ms", wait).isEmpty();
    }
  }

  private Process runner() throws IOException {
    // A shell that starts Maven in the background makes it, and all below it, deaf to INT.
    return new ProcessBuilder(
            "env",
            "--default-signal=INT",
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-Djava.io.tmpdir=" + temp,
            "-cp",
            System.getProperty("java.class.path"),
            Runner.class.getName(),
            Files.createTempDirectory(temp, "webapp").toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void end(Process runner, String signal) throws Exception {
    new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + runner.pid()).start().waitFor();
    assertThat(runner.waitFor(60, TimeUnit.SECONDS)).isTrue();
  }

  // The watchdog works after the runner's end, and nobody can wait for it: look until it is done.
  private void awaitNothing(List<Long> pids) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (System.nanoTime() < deadline
        && (pids.stream().anyMatch(RunnerDeathIT::alive) || !folders().isEmpty())) {
      Thread.sleep(50);
    }
  }

  private List<Path> folders() throws IOException {
    try (Stream<Path> children = Files.list(temp)) {
      return children.filter(f -> f.getFileName().toString().startsWith("crossover-")).toList();
    }
  }

  private static boolean alive(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), UTF_8);
      return !stat.substring(stat.lastIndexOf(')')).startsWith(") Z"); // a zombie holds nothing
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean listening(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** The runner: a whole stack that then waits for its end. */
  static final class Runner {
    private Runner() {}

    public static void main(String[] args) throws Exception {
      Stack stack = Stack.open(Installation.find(), Cpus.free(), null, null);
      Tomcat tomcat =
          stack.launch(
              "it",
              Path.of(args[0]),
              11,
              Jdks.newest(),
              List.of("-Xmx64m", "-XX:+UseSerialGC"),
              Map.of(),
              0);
      tomcat.awaitReady("/", 599, Optional.of(Duration.ofSeconds(60)));
      System.out.println(
          stack.backendPids().get("postgres")
              + " "
              + stack.backendPids().get("redis")
              + " "
              + tomcat.pid());
      System.out.println(tomcat.port());
      Thread.sleep(Duration.ofMinutes(5).toMillis());
    }
  }
}
