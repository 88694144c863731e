package crossover.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import crossover.bench.probe.Machine;
import crossover.bench.stats.Calibration;
import crossover.bench.stats.Difference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineCalibrationTest {
  private static final MachineCalibration FOUND =
      MachineCalibration.here(
          Instant.parse("2026-11-22T10:00:00Z"),
          new Calibration(6, 1, 1 / 6.0, 2 / 6.0, 0.02, Map.of(4, 0.058, 32, 0.01)),
          5,
          new Difference(12, 5.03, 4.97, 5.09));

  @TempDir Path folder;

  @Test
  void itIsReadBackAsItWasWritten() throws Exception {
    FOUND.save(folder);
    assertThat(MachineCalibration.of(Machine.here(), List.of(folder))).contains(FOUND);
  }

  @Test
  void theFirstFolderThatHasOneIsTaken() throws Exception {
    FOUND.save(folder);
    assertThat(MachineCalibration.of(Machine.here(), List.of(folder.resolve("none"), folder)))
        .contains(FOUND);
  }

  @Test
  void anotherMachinesCalibrationIsNotQuoted() throws Exception {
    FOUND.save(folder);
    Machine other = new Machine("Cortex-A53", 4, 1, "Linux 6", "Raspberry Pi OS", "aarch64", false);
    assertThat(MachineCalibration.of(other, List.of(folder))).isEmpty();
  }

  @Test
  void aDamagedFileIsNamedWithWhatToDo() throws Exception {
    Path file = Files.writeString(folder.resolve("calibration.json"), "{");
    assertThatThrownBy(() -> MachineCalibration.of(Machine.here(), List.of(folder)))
        .isInstanceOf(UnusableResultsException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("calibrate again");
  }

  @Test
  void theTableTellsFalseAlarmsAndTheDelayBesideItsEstimate() {
    assertThat(CalibrationTable.of(FOUND))
        .contains("1 (17 %; chance explains up to 2)")
        .contains("of 32 rounds")
        .contains("5.030 ms (4.970 – 5.090)")
        .satisfies(text -> assertThat(text.lines()).allMatch(line -> line.length() <= 100));
  }
}
