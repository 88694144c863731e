package crossover.bench.cli;

import static crossover.bench.text.Text.format;

import crossover.bench.experiment.Definition;
import crossover.bench.experiment.Range;
import crossover.bench.experiment.UsageException;
import crossover.bench.results.LockFile;
import crossover.bench.results.Results;
import crossover.bench.stack.StartFailure;
import crossover.bench.text.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Where a measurement's results go, and what makes it repeatable. */
final class FolderOptions {
  /** Held until the process ends. */
  private static Optional<LockFile> machine = Optional.empty();

  @Option(names = "--seed", paramLabel = "N", description = "Of every randomisation.")
  private Integer seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The results folder, new or empty (default: results/<date-time>-<experiment>).")
  private Path out;

  @Option(
      names = "--no-lock",
      description = "Measure although another run measures on this machine; both are disturbed.")
  private boolean noLock;

  /** Whether the user gave any that change what is measured. */
  boolean given() {
    return seed != null || out != null;
  }

  /**
   * Keeps other runs off this machine while this process lives, unless the user does not want that
   * or the file cannot be written.
   *
   * @throws StartFailure if another run measures here now
   */
  void lockMachine(Path folder) {
    if (noLock || machine.isPresent()) {
      return;
    }
    Path file = Path.of(System.getProperty("crossover.lock", "/tmp/crossover.lock"));
    try {
      String holder = ProcessHandle.current().pid() + ", " + folder.toAbsolutePath().normalize();
      machine = LockFile.take(file, "pid " + holder);
    } catch (IOException e) {
      return; // another user's file, or no such folder: nobody can be asked
    }
    if (machine.isEmpty()) {
      throw new StartFailure(
          "another run measures on this machine ("
              + LockFile.holder(file)
              + "), and two disturb each other: wait for its end, or add --no-lock");
    }
  }

  /** The definition with the user's seed, its own, or one drawn now. */
  Definition seeded(Definition definition) {
    if (seed != null) {
      return definition.withSeed(Range.SEED.require("--seed", seed));
    }
    return definition.seed().isPresent()
        ? definition
        : definition.withSeed(ThreadLocalRandom.current().nextInt(1, 1_000_000));
  }

  /** Checked before anything is started: a minute of load must not end at a full folder. */
  Path folder(Definition definition) throws IOException {
    if (out == null) {
      return Results.newFolder(
          ReportFiles.DEFAULT_PARENT, definition.name(), LocalDateTime.now(ZoneId.systemDefault()));
    }
    if (Files.exists(out) && (!Files.isDirectory(out) || out.toFile().list().length > 0)) {
      throw new UsageException("--out " + out + ": the folder is not empty; name another");
    }
    requireWritable("--out", out);
    return out;
  }

  /** Refuses what is no folder that can be written, or made. */
  static void requireWritable(String option, Path folder) {
    try {
      if (!Files.exists(folder)) {
        Files.createDirectories(folder);
        Files.delete(folder);
      } else if (folder.toString().isEmpty()
          || !Files.isDirectory(folder)
          || !Files.isWritable(folder)) {
        throw new IOException("no folder that you may write to");
      }
    } catch (IOException e) {
      throw new UsageException(
          format("%s %s: cannot be written (%s); name another", option, folder, e.getMessage()));
    }
  }

  /**
   * The command line that repeats this run, with what was drawn made explicit. It is kept in the
   * results, which others may read: passwords are not.
   */
  String command(CommandSpec spec, Definition definition) {
    List<String> words = new ArrayList<>(List.of("./crossover", spec.name()));
    words.addAll(spec.commandLine().getParseResult().originalArgs());
    words.remove(spec.name());
    if (seed == null) {
      words.addAll(List.of("--seed", Integer.toString(definition.seed().orElseThrow())));
    }
    return Secrets.maskedCommand(words);
  }
}
