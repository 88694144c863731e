package crossover.bench.report;

import crossover.bench.results.MachineCalibration;
import java.util.List;
import java.util.TreeMap;

/** What is shown of a calibration, on a terminal and in a report. */
record CalibrationPart(MachineCalibration calibration) {
  /** The smallest difference that so many rounds find with 80 % power. */
  record Found(int rounds, double effect) {}

  List<Found> found() {
    return new TreeMap<>(calibration.detectable())
        .entrySet().stream().map(e -> new Found(e.getKey(), e.getValue())).toList();
  }

  /** So many false alarms are explained by chance. */
  double allowed() {
    return calibration.allowedShare() * calibration.comparisons();
  }
}
