package crossover.bench.report;

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
      Instant at, Calibration found, double injected, Difference estimated) {
    return new MachineCalibration(
        Results.FORMAT_VERSION,
        at,
        Machine.here(),
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
   * The first calibration of this machine in any of the folders.
   *
   * @throws UnusableResultsException when a calibration.json is damaged
   */
  public static Optional<MachineCalibration> of(Machine machine, List<Path> folders)
      throws IOException {
    for (Path folder : folders) {
      Path file = folder.resolve(FILE);
      if (Files.isRegularFile(file)) {
        MachineCalibration found = read(file);
        if (found.formatVersion == Results.FORMAT_VERSION && machine.equals(found.machine)) {
          return Optional.of(found);
        }
      }
    }
    return Optional.empty();
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
        at, comparisons, excludingOne, share, sdLogRatio, detectable, injected, estimated);
  }
}
