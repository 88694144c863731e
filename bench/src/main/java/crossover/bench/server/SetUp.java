package crossover.bench.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import crossover.bench.experiment.Arm;
import crossover.bench.stack.Jdk;
import crossover.bench.stack.Program;
import crossover.bench.stack.Stack;
import crossover.bench.stack.StartFailure;
import crossover.bench.stack.WebServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an experiment has done to a fresh server before it is measured: {@code before} of its arm.
 *
 * @param settings for the program, beside the server's host and port
 */
record SetUp(Stack stack, Jdk jdk, Map<String, String> settings) {
  /** Runs the arm's program on a server that is ready; throws StartFailure with its output. */
  void run(Arm arm, String host, int port) {
    arm.before()
        .ifPresent(
            program -> {
              Map<String, String> all = new TreeMap<>(settings);
              all.put("host", host);
              all.put("port", String.valueOf(port));
              synchronized (SetUp.class) { // one database serves all arms
                Duration limit = arm.startLimit().orElse(WebServer.START_LIMIT);
                stack.run(command(arm, program, jdk), all, limit);
              }
            });
  }

  /** A program of an arm as it is started. */
  static Program.Command command(Arm arm, Arm.Program program, Jdk jdk) {
    boolean serves = arm.program().filter(program::equals).isPresent();
    return new Program.Command(
        (serves ? "" : "\"before\" of ") + arm.name(),
        program.command(),
        program.directory(),
        program.environment(),
        jdk);
  }

  static String read(Path sql) {
    try {
      return Files.readString(sql, UTF_8);
    } catch (IOException e) {
      throw new StartFailure("cannot read " + sql, e);
    }
  }
}
