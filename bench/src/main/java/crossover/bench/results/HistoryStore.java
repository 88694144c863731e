package crossover.bench.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/**
 * A folder with a file for every run. Runs at the same time write different files, so none loses
 * what another adds; a file that cannot be read costs that record.
 */
public record HistoryStore(Path folder) {
  /**
   * What a store holds.
   *
   * @param records the oldest first
   * @param unreadable the names of the files that are no records of this format version
   */
  public record Content(List<HistoryRecord> records, List<String> unreadable) {}

  /**
   * Adds a run, or replaces what an earlier report of the same run added.
   *
   * @throws UnusableResultsException if nobody may write there
   */
  public void add(HistoryRecord run) throws IOException {
    JsonFile.createFolder(folder);
    JsonFile.replace(folder.resolve(run.fileName()), run);
  }

  /** Takes out what an earlier report of the same run added. */
  public void remove(HistoryRecord run) throws IOException {
    Files.deleteIfExists(folder.resolve(run.fileName()));
  }

  /** All that can be read. */
  public Content read() throws IOException {
    List<HistoryRecord> records = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    for (Path file : files()) {
      HistoryRecord run = null;
      try {
        run = Json.MAPPER.readValue(Files.readString(file), HistoryRecord.class);
      } catch (IOException | JacksonException e) {
        // Told below, unless somebody has removed it meanwhile.
      }
      if (run != null && run.formatVersion() == Results.FORMAT_VERSION) {
        records.add(run);
      } else if (Files.exists(file)) {
        unreadable.add(file.getFileName().toString());
      }
    }
    records.sort(Comparator.comparing(HistoryRecord::at));
    return new Content(List.copyOf(records), List.copyOf(unreadable));
  }

  private List<Path> files() throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }
}
