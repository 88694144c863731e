package crossover.bench.results;

import static crossover.bench.text.Text.format;

import crossover.bench.probe.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;

/**
 * What {@code crossover calibrate} found, as calibration.json keeps it for later reports: it says
 * something of one machine, and is quoted for no other. Described in docs/results-format.md.
 *
 * @param formatVersion {@link Results#FORMAT_VERSION}
 * @param quick from a smoke run: it counts only as long as there is no full one
 * @param comparisons of an arm with itself
 * @param excludingOne those whose interval excludes 1: false alarms
 * @param share excludingOne ÷ comparisons; NaN when there is none
 * @param allowedShare the largest share that 5 % and its binomial error explain
 * @param power the probability that so many comparisons would have shown an error rate of 10 %
 * @param sdLogRatio standard deviation of a round's log ratio between two equal arms, with its 95 %
 *     interval
 * @param degreesOfFreedom that sdLogRatio rests on
 * @param detectable the smallest effect that one comparison finds with 80 % power, by the number of
 *     rounds: 0.02 is 2 %; empty where sdLogRatio rests on too little
 * @param injectedMillis the known delay
 * @param estimatedMillis the same as measured
 */
public record MachineCalibration(
    int formatVersion,
    Instant at,
    Machine machine,
    boolean quick,
    int comparisons,
    int excludingOne,
    double share,
    double allowedShare,
    double power,
    Estimate sdLogRatio,
    int degreesOfFreedom,
    Map<Integer, Double> detectable,
    double injectedMillis,
    Estimate estimatedMillis) {
  private static final String FILE = "calibration.json";

  /** A quick one is worth less than a full one, and an older one less than a newer. */
  private static final Comparator<MachineCalibration> WORTH =
      Comparator.comparing((MachineCalibration c) -> !c.quick).thenComparing(c -> c.at);

  /** In the order of the rounds, however the file has them. */
  public MachineCalibration {
    detectable = new TreeMap<>(detectable);
  }

  /** Writes calibration.json, replacing the one before at once. */
  public void save(Path folder) throws IOException {
    JsonFile.replace(folder.resolve(FILE), this);
  }

  /**
   * Keeps this calibration for later reports, unless the folder holds a better one of the same
   * machine.
   */
  public void keep(Path folder) throws IOException {
    if (best(machine, List.of(folder)).filter(kept -> WORTH.compare(kept, this) > 0).isEmpty()) {
      save(folder);
    }
  }

  /**
   * The best calibration of a machine in any of the folders: the newest full one, else the newest
   * quick one.
   *
   * @throws UnusableResultsException when a calibration.json is damaged
   */
  public static Optional<MachineCalibration> best(Machine machine, List<Path> folders)
      throws IOException {
    List<MachineCalibration> found = new ArrayList<>();
    for (Path folder : folders) {
      if (Files.isRegularFile(folder.resolve(FILE))) {
        found.add(read(folder.resolve(FILE)));
      }
    }
    return found.stream()
        .filter(c -> c.formatVersion == Results.FORMAT_VERSION && machine.equals(c.machine))
        .max(WORTH);
  }

  private static MachineCalibration read(Path file) throws IOException {
    try {
      return Json.MAPPER.readValue(Files.readString(file), MachineCalibration.class);
    } catch (JacksonException e) {
      throw new UnusableResultsException(
          format(
              "%s is no calibration (%s): remove it, and calibrate again",
              file, e.getOriginalMessage()),
          e);
    }
  }

  /** Whether the false alarms are no more than 5 % and its own binomial error explain. */
  public boolean isSound() {
    return comparisons > 0 && share <= allowedShare;
  }
}
