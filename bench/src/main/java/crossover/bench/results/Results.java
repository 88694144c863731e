package crossover.bench.results;

import static crossover.bench.text.Text.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The folder of one experiment's results, held by one runner at a time.
 *
 * <p>A slice is on the disk when {@link #append} returns, so a killed run loses at most the slice
 * in flight, and a damaged line costs that line. Whoever does not hold the folder may read it all
 * the same.
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
  private static final String ROUNDS = "rounds.jsonl";
  private static final String LOCK = ".lock";
  private static final String ENDED = "ended";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss", Locale.ROOT);

  private final Path folder;
  private final Optional<LockFile> lock;
  private final JsonLines<SliceLine> slices;
  private final JsonLines<RoundLine> rounds;
  private final Attempts attempts = new Attempts();
  private final LatencyLogs latencyLogs;

  private Results(Path folder, Optional<LockFile> lock) throws IOException {
    this.folder = folder;
    this.lock = lock;
    slices =
        JsonLines.open(
            folder.resolve(SLICES), SliceLine.class, lock.isPresent(), LatencyLogs::hasHistogram);
    rounds = JsonLines.open(folder.resolve(ROUNDS), RoundLine.class, lock.isPresent(), r -> true);
    latencyLogs = new LatencyLogs(folder);
    if (lock.isPresent()) {
      latencyLogs.restore(slices.lines(), slices());
    }
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
    JsonFile.createFolder(folder);
    JsonFile.requireEmpty(folder, LOCK);
    return locked(
        folder,
        () -> {
          JsonFile.requireEmpty(folder, LOCK);
          JsonFile.replace(folder.resolve(EXPERIMENT), experimentYaml);
          ObjectNode day = Json.MAPPER.createObjectNode().put("formatVersion", FORMAT_VERSION);
          day.setAll((ObjectNode) Json.MAPPER.valueToTree(environment));
          JsonFile.replace(folder.resolve(ENVIRONMENT), day);
        });
  }

  /** Opens a folder that {@link #create} made, to add slices. */
  public static Results open(Path folder) throws IOException {
    requireReadable(folder);
    return locked(folder, () -> {});
  }

  /** Opens such a folder to report on it: only to read where a run has it or nobody may write. */
  public static Results read(Path folder) throws IOException {
    requireReadable(folder);
    return new Results(folder, Files.isWritable(folder) ? lock(folder) : Optional.empty());
  }

  private static void requireReadable(Path folder) throws IOException {
    for (String file : List.of(EXPERIMENT, ENVIRONMENT)) {
      if (!Files.isRegularFile(folder.resolve(file))) {
        throw new UnusableResultsException(
            folder + " is no results folder: it has no " + file + "; start a new run instead");
      }
    }
    int version = JsonFile.read(folder.resolve(ENVIRONMENT)).path("formatVersion").asInt(0);
    if (version != FORMAT_VERSION) {
      throw new UnusableResultsException(
          format(
              "%s has results of format version %s, this Crossover reads version %s: use the"
                  + " Crossover that wrote it, or start a new run",
              folder, version, FORMAT_VERSION));
    }
  }

  private interface Preparation {
    void run() throws IOException;
  }

  private static Results locked(Path folder, Preparation preparation) throws IOException {
    Optional<LockFile> lock = lock(folder);
    if (lock.isEmpty()) {
      throw new UnusableResultsException(
          format(
              "another run is writing to %s (%s): wait for its end, or stop it",
              folder, LockFile.holder(folder.resolve(LOCK))));
    }
    try {
      preparation.run();
      return new Results(folder, lock);
    } catch (IOException | RuntimeException e) {
      lock.get().close();
      throw e;
    }
  }

  private static Optional<LockFile> lock(Path folder) throws IOException {
    try {
      return LockFile.take(folder.resolve(LOCK), "pid " + ProcessHandle.current().pid());
    } catch (IOException e) {
      throw UnusableResultsException.cannotWrite(folder.resolve(LOCK), e);
    }
  }

  public Path folder() {
    return folder;
  }

  /** The frozen definition of the experiment. */
  public Path experimentFile() {
    return folder.resolve(EXPERIMENT);
  }

  /** What {@link #create} was told about the machine. */
  public JsonNode environment() throws IOException {
    return JsonFile.read(folder.resolve(ENVIRONMENT));
  }

  /** What every day was measured with, the first day first. */
  public List<Environment> environments() throws IOException {
    List<Environment> days = new ArrayList<>();
    while (Files.isRegularFile(day(days.size() + 1))) {
      days.add(Json.MAPPER.treeToValue(JsonFile.read(day(days.size() + 1)), Environment.class));
    }
    return days;
  }

  /** How many rounds were planned for each day. */
  public List<Integer> roundsByDay() throws IOException {
    return environments().stream().map(Environment::rounds).toList();
  }

  /** Begins another day, whose description stands beside the first day's. */
  public void addDay(Environment environment) throws IOException {
    JsonFile.replace(day(environments().size() + 1), environment);
  }

  /**
   * Ends the last day after so many rounds; others are planned no more.
   *
   * @param complete whether nothing of them is missing, so that the run has ended
   */
  public void endDay(int rounds, boolean complete) throws IOException {
    ObjectNode day = (ObjectNode) JsonFile.read(lastDay());
    day.put("rounds", rounds);
    if (complete) {
      day.put(ENDED, Instant.now().toString());
    }
    JsonFile.replace(lastDay(), day);
  }

  /** Adds what a reader of the last day must know; false where it stands there already. */
  public boolean addNotice(String notice) throws IOException {
    return addNotice(notice, "");
  }

  /** The same; false where one with this beginning stands there already. */
  public boolean addNotice(String beginning, String rest) throws IOException {
    ObjectNode day = (ObjectNode) JsonFile.read(lastDay());
    boolean known =
        environments().stream()
            .flatMap(environment -> environment.notices().stream())
            .anyMatch(notice -> notice.startsWith(beginning));
    if (!known) {
      day.withArray("notices").add(beginning + rest);
      JsonFile.replace(lastDay(), day);
    }
    return !known;
  }

  /** Whether the last day has ended with nothing missing. */
  public boolean hasEnded() throws IOException {
    return JsonFile.read(lastDay()).hasNonNull(ENDED);
  }

  private Path lastDay() throws IOException {
    return day(environments().size());
  }

  private Path day(int number) {
    return folder.resolve(number == 1 ? ENVIRONMENT : "environment-day" + number + ".json");
  }

  /** Whether this runner holds the folder, and may write to it. */
  public boolean isWritable() {
    return lock.isPresent();
  }

  /** The slices that count, in their order: of each round and cell the last sound attempt's. */
  public List<SliceLine> slices() {
    return attempts.last(slices.lines(), rounds.lines());
  }

  /** Every slice ever measured, also of attempts that do not count. */
  public List<SliceLine> allSlices() {
    return List.copyOf(slices.lines());
  }

  /** What the rounds' time went into; a round that was begun again has several. */
  public List<RoundLine> rounds() {
    return rounds.lines();
  }

  /** The lines of slices.jsonl that are damaged, and left out. */
  public List<Integer> damagedLines() {
    return slices.unreadable();
  }

  /** Adds one slice; it is on the disk when this returns. */
  public void append(SliceLine slice) throws IOException {
    slices.append(slice);
    latencyLogs.restore(List.of(slice), slices());
  }

  public void append(RoundLine round) throws IOException {
    rounds.append(round);
    if (round.voided()) {
      latencyLogs.restore(slices.lines(), slices());
    }
  }

  /**
   * Writes a file that is made of the slices, such as summary.json, replacing the one before at
   * once.
   *
   * @param content a text, or what is written as JSON
   */
  public void save(String file, Object content) throws IOException {
    String text = content instanceof String written ? written : JsonFile.pretty(content);
    JsonFile.replace(folder.resolve(file), text);
  }

  /** Releases the folder for another runner. */
  @Override
  public void close() throws IOException {
    slices.close();
    rounds.close();
    if (lock.isPresent()) {
      lock.get().close();
    }
  }
}
