package crossover.bench.analysis;

import static crossover.bench.text.Text.format;

import crossover.bench.experiment.Cell;
import crossover.bench.experiment.Definition;
import crossover.bench.results.MachineCalibration;
import crossover.bench.stats.Power;
import java.util.Optional;

/** What a run with a time limit can be expected to see, told before it begins. */
public final class Prospect {
  /** What a round costs beside its cells: fresh JVMs and their warm-up. */
  private static final double SECONDS_OF_ROUND = 15;

  private static final double SECONDS_OF_CELL = 15;

  /** On a machine that was not calibrated: what two shared virtual cores showed. */
  private static final double ASSUMED_SD = 0.04;

  private Prospect() {}

  /** One sentence; {@code calibration} is that of this machine, if there is one. */
  public static String of(Definition definition, Optional<MachineCalibration> calibration) {
    double limit = definition.timeLimit().orElseThrow().toMillis() / 1e3;
    double each = SECONDS_OF_ROUND + SECONDS_OF_CELL * Cell.of(definition).size();
    int rounds =
        Math.max(
            definition.fewestRounds(), Math.min(definition.rounds(), 2 * (int) (limit / each / 2)));
    Optional<Double> measured =
        calibration.map(c -> c.sdLogRatio().value()).filter(sd -> Double.isFinite(sd) && sd > 0);
    double sd = measured.orElse(ASSUMED_SD);
    return format(
        "Expected: some %d rounds in %.0f min, in which one comparison finds a difference of"
            + " %.1f %% or more in 4 of 5 runs, if equal arms differ by %.1f %% from round to round"
            + " (%s).",
        rounds,
        limit / 60,
        100 * Power.detectable(sd, rounds),
        100 * sd,
        measured.isPresent()
            ? "this machine's calibration"
            : "assumed: crossover calibrate measures it");
  }
}
