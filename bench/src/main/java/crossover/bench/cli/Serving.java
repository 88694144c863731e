package crossover.bench.cli;

import crossover.bench.stack.Installation;
import crossover.bench.stack.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The note that {@code crossover serve} leaves while it serves, so that {@code crossover gui} finds
 * its port. A note of a process that is gone counts for nothing.
 */
record Serving(Path note) implements AutoCloseable {
  private static Path note(Installation installation) {
    return installation.root().resolve("bench/target/serving");
  }

  static Serving at(Installation installation, int port) {
    Path note = note(installation);
    try {
      Files.writeString(note, ProcessHandle.current().pid() + " " + port + "\n");
    } catch (IOException e) {
      throw new StartFailure("cannot write " + note, e);
    }
    return new Serving(note);
  }

  /** The port of a stack that serves now. */
  static Optional<Integer> port(Installation installation) {
    try {
      String[] words = Files.readString(note(installation)).strip().split(" ", 2);
      boolean alive =
          ProcessHandle.of(Long.parseLong(words[0])).map(ProcessHandle::isAlive).orElse(false);
      return alive ? Optional.of(Integer.valueOf(words[1])) : Optional.empty();
    } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(note);
    } catch (IOException e) {
      // It names a process that is about to end, and so counts for nothing.
    }
  }
}
