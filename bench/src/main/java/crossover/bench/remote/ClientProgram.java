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
    try {
      Process process = new ProcessBuilder(command).start();
      CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> send(process, input));
      Output output = collect(process);
      sent.join();
      return output;
    } catch (IOException e) {
      throw new StartFailure("cannot run " + command.get(0), e);
    }
  }

  /** Runs a command that reads what another one writes. */
  static Output pipe(Process source, List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).start();
    CompletableFuture<Void> piping =
        CompletableFuture.runAsync(
            () -> {
              try (OutputStream to = process.getOutputStream()) {
                source.getInputStream().transferTo(to);
              } catch (IOException e) {
                // The other side hung up: its status says why.
                source.destroy();
              }
            });
    Output output = collect(process);
    piping.join();
    return output;
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

  /** Gives a process all of its input. */
  static void send(Process process, byte[] input) {
    try (OutputStream to = process.getOutputStream()) {
      to.write(input);
    } catch (IOException e) {
      // It ended without reading everything: its status says why.
    }
  }
}
