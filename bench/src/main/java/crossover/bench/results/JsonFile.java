package crossover.bench.results;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Files of a results folder that are read and replaced as a whole, and the folder itself. */
final class JsonFile {
  private JsonFile() {}

  /** Makes a folder, unless it is there. */
  static void createFolder(Path folder) throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw UnusableResultsException.cannotWrite(folder, e);
    }
  }

  /** Refuses a folder that holds anything but one file. */
  static void requireEmpty(Path folder, String but) throws IOException {
    try (var existing = Files.list(folder)) {
      if (existing.anyMatch(file -> !file.endsWith(but))) {
        throw new UnusableResultsException(
            folder + " is not empty: name a new folder, or go on with it by --resume " + folder);
      }
    }
  }

  static JsonNode read(Path file) throws IOException {
    try {
      return Json.MAPPER.readTree(Files.readString(file));
    } catch (JacksonException | CharacterCodingException e) {
      String reason = e instanceof JacksonException j ? j.getOriginalMessage() : "it is no UTF-8";
      throw new UnusableResultsException(
          file + " is no JSON (" + reason + "): restore it, or start a new run", e);
    }
  }

  /** Writes an object; see {@link #replace(Path, String)}. */
  static void replace(Path file, Object value) throws IOException {
    replace(file, pretty(value));
  }

  /** A reader sees the old file or the new one, never half of either. */
  static void replace(Path file, String text) throws IOException {
    try {
      Path next = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text);
      try (FileChannel written = FileChannel.open(next, WRITE)) {
        written.force(true);
      }
      Files.move(next, file, ATOMIC_MOVE);
    } catch (IOException e) {
      throw UnusableResultsException.cannotWrite(file, e);
    }
  }

  static String pretty(Object value) {
    return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
  }
}
