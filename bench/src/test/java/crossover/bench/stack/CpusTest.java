package crossover.bench.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CpusTest {
  @Test
  void theKernelsListOfRangesIsRead() {
    assertThat(Cpus.parse("0-3,8,10-11")).containsExactly(0, 1, 2, 3, 8, 10, 11);
    assertThat(Cpus.parse("5")).containsExactly(5);
  }

  @Test
  void oneCoreCannotBeShared() {
    assertThat(Cpus.split(List.of(3)).pinned()).isFalse();
    assertThat(Cpus.split(List.of())).isEqualTo(Cpus.free());
  }

  @Test
  void noCoreStandsOnBothSides() {
    Cpus cpus = Cpus.split(List.of(900, 901, 902, 903, 904));
    assertThat(cpus.server()).containsExactly(902, 903, 904);
    assertThat(cpus.others()).containsExactly(900, 901);
  }

  @Test
  void aCommandIsPinnedByTaskset() {
    assertThat(Cpus.pinned(List.of(1, 3), List.of("java", "X")))
        .containsExactly("taskset", "-c", "1,3", "java", "X");
    assertThat(Cpus.pinned(List.of(), List.of("java"))).containsExactly("java");
  }
}
