package crossover.bench.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import crossover.bench.probe.Machine;
import crossover.bench.report.ConsoleTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineCalibrationTest {
  private static final MachineCalibration FOUND = at("2026-11-22T10:00:00Z", false);
  private static final MachineCalibration OLDER = at("2026-11-20T10:00:00Z", false);
  private static final MachineCalibration QUICK = at("2026-11-23T10:00:00Z", true);

  private static MachineCalibration at(String time, boolean quick) {
    return new MachineCalibration(
        Results.FORMAT_VERSION,
        Instant.parse(time),
        Machine.here(),
        quick,
        6,
        1,
        1 / 6.0,
        2 / 6.0,
        0.1,
        new Estimate(0.02, 0.012, 0.05),
        6,
        Map.of(4, 0.058, 32, 0.01),
        5,
        new Estimate(5.03, 4.97, 5.09));
  }

  @TempDir Path folder;

  @Test
  void itIsReadBackAsItWasWritten() throws Exception {
    FOUND.save(folder);
    assertThat(MachineCalibration.best(Machine.here(), List.of(folder))).contains(FOUND);
  }

  @Test
  void aQuickOneNeverTakesThePlaceOfAFullOneAndAFullOneTakesEverys() throws Exception {
    assertThat(keptAfter(FOUND, QUICK)).contains(FOUND);
    assertThat(keptAfter(QUICK, OLDER)).contains(OLDER);
    assertThat(keptAfter(OLDER, FOUND)).contains(FOUND);
  }

  @Test
  void theNewestFullOneOfAllFoldersIsQuotedElseTheNewestQuickOne() throws Exception {
    Path quick = Files.createDirectories(folder.resolve("quick"));
    Path older = Files.createDirectories(folder.resolve("older"));
    QUICK.save(quick);
    assertThat(MachineCalibration.best(Machine.here(), List.of(quick, older))).contains(QUICK);
    OLDER.save(older);
    FOUND.save(folder);
    assertThat(MachineCalibration.best(Machine.here(), List.of(quick, older, folder)))
        .contains(FOUND);
  }

  private Optional<MachineCalibration> keptAfter(MachineCalibration... several) throws Exception {
    Files.deleteIfExists(folder.resolve("calibration.json"));
    for (MachineCalibration one : several) {
      one.keep(folder);
    }
    return MachineCalibration.best(Machine.here(), List.of(folder));
  }

  @Test
  void anotherMachinesCalibrationIsNotQuoted() throws Exception {
    FOUND.save(folder);
    Machine other = new Machine("Cortex-A53", 4, 1, "Linux 6", "Raspberry Pi OS", "aarch64", false);
    assertThat(MachineCalibration.best(other, List.of(folder))).isEmpty();
  }

  @Test
  void aDamagedFileIsNamedWithWhatToDo() throws Exception {
    Path file = Files.writeString(folder.resolve("calibration.json"), "{");
    assertThatThrownBy(() -> MachineCalibration.best(Machine.here(), List.of(folder)))
        .isInstanceOf(UnusableResultsException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("calibrate again");
  }

  @Test
  void theTableTellsFalseAlarmsAndTheDelayBesideItsEstimate() {
    assertThat(ConsoleTable.of(FOUND))
        .contains("1 (17 %; chance explains up to 2)")
        .contains("of 32 rounds")
        .contains("5.030 ms (4.970 – 5.090)")
        .satisfies(text -> assertThat(text.lines()).allMatch(line -> line.length() <= 100));
  }
}
