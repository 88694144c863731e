package crossover.bench.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MachineTest {
  @Test
  void aMachineIsDescribed() {
    Machine machine = Machine.here();
    assertThat(machine.cpu()).isNotBlank();
    assertThat(machine.cores()).isPositive();
    assertThat(machine.memoryBytes()).isGreaterThan(100_000_000);
    assertThat(machine.kernel()).startsWith(System.getProperty("os.name"));
    assertThat(machine.architecture()).isEqualTo(System.getProperty("os.arch"));
  }
}
