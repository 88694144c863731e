package crossover.bench.results;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The folder of one experiment's results, held by one runner at a time.
 *
 * <p>A slice is on the disk when {@link #append} returns, so a killed run loses at most the slice
 * in flight. A line that was torn by the kill is cut off when the folder is opened again; every
 * other damage is an error, because a silently skipped slice would be a discarded measurement.
 *
 * <p>All methods throw {@link IOException} when the disk refuses and {@link
 * UnusableResultsException} when the folder is not one that this version can go on with.
 */
public final class Results implements AutoCloseable {
  /** The version of the layout and of every file's schema; see docs/results-format.md. */
  public static final int FORMAT_VERSION = 2;

  private static final String EXPERIMENT = "experiment.yaml";
  private static final String ENVIRONMENT = "environment.json";
  private static final String SLICES = "slices.jsonl";
  private static final String PICTURE = "intervals.svg";
  private static final String REPORT = "report.html";
  private static final String MAP = "map.json";
  private static final String SUMMARY = "summary.json";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss", Locale.ROOT);

  private final Path folder;
  private final FileChannel channel;
  private final List<SliceLine> slices;
  private final LatencyLogs latencyLogs;

  private Results(Path folder, FileChannel channel, List<SliceLine> slices) throws IOException {
    this.folder = folder;
    this.channel = channel;
    this.slices = slices;
    latencyLogs = new LatencyLogs(folder);
    latencyLogs.restore(slices);
  }

  /** The folder for a run that starts now, which does not exist yet. */
  public static Path newFolder(Path parent, String experiment, LocalDateTime now) {
    String name = STAMP.format(now) + "-" + experiment.replaceAll("[^A-Za-z0-9._-]+", "-");
    Path folder = parent.resolve(name);
    for (int n = 2; Files.exists(folder); n++) {
      folder = parent.resolve(name + "-" + n);
    }
    return folder;
  }

  /**
   * Makes the folder, freezes the experiment's definition in it and describes the machine.
   *
   * @param folder absent or empty
   * @param experimentYaml the definition, complete, as it will be read again by a resumed run
   * @param environment written as a JSON object
   */
  public static Results create(Path folder, String experimentYaml, Object environment)
      throws IOException {
    Files.createDirectories(folder);
    try (var existing = Files.list(folder)) {
      if (existing.findAny().isPresent()) {
        throw new UnusableResultsException(
            folder + " is not empty: name a new folder, or go on with it by --resume " + folder);
      }
    }
    replace(folder.resolve(EXPERIMENT), experimentYaml);
    ObjectNode described = Json.MAPPER.createObjectNode().put("formatVersion", FORMAT_VERSION);
    described.setAll((ObjectNode) Json.MAPPER.valueToTree(environment));
    replace(folder.resolve(ENVIRONMENT), pretty(described));
    return locked(folder);
  }

  /** Opens a folder that {@link #create} made, to add slices or to report on it again. */
  public static Results open(Path folder) throws IOException {
    for (String file : List.of(EXPERIMENT, ENVIRONMENT)) {
      if (!Files.isRegularFile(folder.resolve(file))) {
        throw new UnusableResultsException(
            folder + " is no results folder: it has no " + file + "; start a new run instead");
      }
    }
    int version = tree(folder.resolve(ENVIRONMENT)).path("formatVersion").asInt(0);
    if (version != FORMAT_VERSION) {
      throw new UnusableResultsException(
          String.format(
              Locale.ROOT,
              "%s has results of format version %d, this Crossover reads version %d: use the Crossover that wrote it, or start a new run",
              folder,
              version,
              FORMAT_VERSION));
    }
    return locked(folder);
  }

  private static Results locked(Path folder) throws IOException {
    Path file = folder.resolve(SLICES);
    FileChannel channel = FileChannel.open(file, READ, WRITE, CREATE);
    try {
      if (!lock(channel)) {
        throw new UnusableResultsException(
            "another run is writing to " + folder + ": wait for its end, or stop it");
      }
      return new Results(folder, channel, readAndCut(file, channel));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** The lock lives as long as the channel, and so never outlives a killed runner. */
  private static boolean lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static List<SliceLine> readAndCut(Path file, FileChannel channel) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    channel.truncate(end).position(end);
    List<SliceLine> slices = new ArrayList<>();
    for (String line : new String(bytes, 0, end, UTF_8).lines().toList()) {
      try {
        slices.add(Json.MAPPER.readValue(line, SliceLine.class));
      } catch (JacksonException e) {
        throw new UnusableResultsException(
            String.format(
                Locale.ROOT,
                "%s, line %d is no slice (%s): restore the file, or start a new run",
                file,
                slices.size() + 1,
                e.getOriginalMessage()),
            e);
      }
    }
    return slices;
  }

  /** Where it all is. */
  public Path folder() {
    return folder;
  }

  /** The frozen definition of the experiment. */
  public Path experimentFile() {
    return folder.resolve(EXPERIMENT);
  }

  /** What {@link #create} was told about the machine. */
  public JsonNode environment() throws IOException {
    return tree(folder.resolve(ENVIRONMENT));
  }

  /** What every day was measured with, the first day first. */
  public List<Environment> environments() throws IOException {
    List<Environment> days = new ArrayList<>();
    for (Path file = folder.resolve(ENVIRONMENT);
        Files.isRegularFile(file);
        file = folder.resolve("environment-day" + (days.size() + 1) + ".json")) {
      days.add(Json.MAPPER.treeToValue(tree(file), Environment.class));
    }
    return days;
  }

  /** How many rounds were planned for each day. */
  public List<Integer> roundsByDay() throws IOException {
    return environments().stream().map(Environment::rounds).toList();
  }

  /** Begins another day, whose description stands beside the first day's. */
  public void addDay(Environment environment) throws IOException {
    int day = environments().size() + 1;
    replace(folder.resolve("environment-day" + day + ".json"), pretty(environment));
  }

  /** Ends the last day after fewer rounds than were planned: they are planned no more. */
  public void endDay(int rounds) throws IOException {
    int day = environments().size();
    Path file = folder.resolve(day == 1 ? ENVIRONMENT : "environment-day" + day + ".json");
    replace(file, pretty(((ObjectNode) tree(file)).put("rounds", rounds)));
  }

  /** Every slice so far, in the order of measuring. */
  public List<SliceLine> slices() {
    return List.copyOf(slices);
  }

  /** Adds one slice; it is on the disk when this returns. */
  public void append(SliceLine slice) throws IOException {
    byte[] line = (Json.MAPPER.writeValueAsString(slice) + "\n").getBytes(UTF_8);
    ByteBuffer buffer = ByteBuffer.wrap(line);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    channel.force(false);
    slices.add(slice);
    latencyLogs.add(slice, slices);
  }

  /** Writes summary.json, replacing the one before at once. */
  public void save(Summary summary) throws IOException {
    replace(folder.resolve(SUMMARY), pretty(summary));
  }

  /** Writes intervals.svg, replacing the one before at once. */
  public void savePicture(String svg) throws IOException {
    replace(folder.resolve(PICTURE), svg);
  }

  /** Writes map.json, replacing the one before at once. */
  public void save(CrossoverMap map) throws IOException {
    replace(folder.resolve(MAP), pretty(map));
  }

  /** Writes report.html, replacing the one before at once. */
  public void saveReport(String html) throws IOException {
    replace(folder.resolve(REPORT), html);
  }

  /** The summary that was saved last. */
  public Summary summary() throws IOException {
    Path file = folder.resolve(SUMMARY);
    if (!Files.isRegularFile(file)) {
      throw new UnusableResultsException(
          folder + " has no summary yet: go on by --resume " + folder);
    }
    return Json.MAPPER.treeToValue(tree(file), Summary.class);
  }

  /** Gives the folder free for another runner. */
  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static JsonNode tree(Path file) throws IOException {
    try {
      return Json.MAPPER.readTree(Files.readString(file));
    } catch (JacksonException e) {
      throw new UnusableResultsException(
          String.format(
              Locale.ROOT,
              "%s is no JSON (%s): restore it, or start a new run",
              file,
              e.getOriginalMessage()),
          e);
    }
  }

  static String pretty(Object value) {
    return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
  }

  /** A reader sees the old file or the new one, never half of either. */
  static void replace(Path file, String text) throws IOException {
    Path next = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text);
    try (FileChannel written = FileChannel.open(next, WRITE)) {
      written.force(true);
    }
    Files.move(next, file, ATOMIC_MOVE);
  }
}
