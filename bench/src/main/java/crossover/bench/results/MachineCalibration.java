package crossover.bench.results;

import crossover.bench.probe.Machine;
import crossover.bench.stats.Calibration;
import crossover.bench.stats.Difference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * What {@code crossover calibrate} found, as calibration.json keeps it for later reports: it says
 * something of one machine, and is quoted for no other. Described in docs/results-format.md.
 *
 * @param formatVersion {@link Results#FORMAT_VERSION}
 * @param quick from a smoke run: it counts only as long as there is no full one
 * @param comparisons of an arm with itself
 * @param excludingOne those whose interval excludes 1: false alarms
 * @param share excludingOne ÷ comparisons
 * @param allowedShare the largest share that 5 % and its binomial error explain
 * @param sdLogRatio spread of a round's log ratio
 * @param detectable the smallest effect found with 80 % power, by the number of rounds
 * @param injected the known delay, in milliseconds
 * @param estimated the same as measured, in milliseconds
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
    double sdLogRatio,
    Map<Integer, Double> detectable,
    double injected,
    Summary.Estimate estimated) {
  private static final String FILE = "calibration.json";

  /** A finding of this machine. */
  public static MachineCalibration here(
      Instant at, boolean quick, Calibration found, double injected, Difference estimated) {
    return new MachineCalibration(
        Results.FORMAT_VERSION,
        at,
        Machine.here(),
        quick,
        found.comparisons(),
        found.excludingOne(),
        found.share(),
        found.allowedShare(),
        found.sdLogRatio(),
        found.detectable(),
        injected,
        new Summary.Estimate(estimated.value(), estimated.low(), estimated.high()));
  }

  /** Writes calibration.json, replacing the one before at once. */
  public void save(Path folder) throws IOException {
    Results.replace(folder.resolve(FILE), Results.pretty(this));
  }

  /**
   * Keeps this calibration for later reports, unless the folder holds a better one of the same
   * machine.
   */
  public void keep(Path folder) throws IOException {
    if (best(machine, List.of(folder)).filter(kept -> kept.isBetterThan(this)).isEmpty()) {
      save(folder);
    }
  }

  /** A full one is better than a quick one, then the newer. */
  private boolean isBetterThan(MachineCalibration other) {
    return quick == other.quick ? at.isAfter(other.at) : other.quick;
  }

  /**
   * The best calibration of a machine in any of the folders: the newest full one, else the newest
   * quick one.
   *
   * @throws UnusableResultsException when a calibration.json is damaged
   */
  public static Optional<MachineCalibration> best(Machine machine, List<Path> folders)
      throws IOException {
    MachineCalibration best = null;
    for (Path folder : folders) {
      Path file = folder.resolve(FILE);
      if (Files.isRegularFile(file)) {
        MachineCalibration found = read(file);
        boolean counts =
            found.formatVersion == Results.FORMAT_VERSION && machine.equals(found.machine);
        if (counts && (best == null || found.isBetterThan(best))) {
          best = found;
        }
      }
    }
    return Optional.ofNullable(best);
  }

  private static MachineCalibration read(Path file) throws IOException {
    try {
      return Json.MAPPER.readValue(Files.readString(file), MachineCalibration.class);
    } catch (JacksonException e) {
      throw new UnusableResultsException(
          "%s is no calibration (%s): remove it, and calibrate again"
              .formatted(file, e.getOriginalMessage()),
          e);
    }
  }

  /** As a report quotes it. */
  public Summary.Calibration quoted() {
    return new Summary.Calibration(
        at, quick, comparisons, excludingOne, share, sdLogRatio, detectable, injected, estimated);
  }
}
