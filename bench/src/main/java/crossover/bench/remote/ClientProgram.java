package crossover.bench.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import crossover.bench.stack.StartFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Runs the OpenSSH client, once for each command, and collects what it prints. */
final class ClientProgram {
  private ClientProgram() {}

  /** What a command printed, and its exit status. */
  record Output(int status, String out, String err) {}

  /** Runs a command that reads some input. */
  static Output run(List<String> command, byte[] input) {
    return pipe(List.of(new ProcessBuilder(command)), input);
  }

  /** Runs commands of which each reads what the one before writes, and the first some input. */
  static Output pipe(List<ProcessBuilder> commands, byte[] input) {
    try {
      List<Process> pipeline = ProcessBuilder.startPipeline(commands);
      CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> send(pipeline.get(0), input));
      Output output = collect(pipeline.get(pipeline.size() - 1));
      sent.join();
      return output;
    } catch (IOException e) {
      throw new StartFailure("cannot run " + commands.get(0).command().get(0), e);
    }
  }

  private static Output collect(Process process) throws IOException {
    CompletableFuture<String> err =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return new String(process.getErrorStream().readAllBytes(), UTF_8);
              } catch (IOException e) {
                return e.toString();
              }
            });
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    try {
      return new Output(process.waitFor(), out, err.join());
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new StartFailure("interrupted");
    }
  }

  private static void send(Process process, byte[] input) {
    try (OutputStream to = process.getOutputStream()) {
      to.write(input);
    } catch (IOException e) {
      // It ended without reading everything: its status says why.
    }
  }
}
