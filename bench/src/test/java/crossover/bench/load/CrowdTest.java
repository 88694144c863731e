package crossover.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import crossover.bench.experiment.UsageException;
import crossover.bench.load.Crowd.Limits;
import org.junit.jupiter.api.Test;

class CrowdTest {
  private static final long PLENTY = 1_000_000;

  @Test
  void aLimitThatIsTooLowIsNamedWithWhatIsNeededAndHowToRaiseIt() {
    assertThatThrownBy(() -> Crowd.require(5000, false, new Limits(4096, PLENTY, 0)))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "5,000 users need 5,500 open files in one process, and this machine has 4,096: raise the"
                + " hard limit (ulimit -Hn as root, or LimitNOFILE= of a systemd unit), or ask for"
                + " fewer users");
    assertThatThrownBy(() -> Crowd.require(5000, false, new Limits(PLENTY, 1024, 0)))
        .hasMessageContaining("need 5,600 threads, and this machine has 1,024");
    // 768 MB + 4,000 × 0.25 MB of heap, and 5,000 × 0.15 MB
    assertThatThrownBy(() -> Crowd.require(5000, true, new Limits(PLENTY, PLENTY, 2000)))
        .hasMessageContaining("need 2,518 MB of memory for the generator alone");
  }

  @Test
  void whatIsEnoughIsEnoughToTheLast() {
    assertThatCode(() -> Crowd.require(5000, true, new Limits(5500, 5600, 2518)))
        .doesNotThrowAnyException();
    assertThatCode(() -> Crowd.require(5000, false, new Limits(5500, 5600, 0)))
        .as("the load comes from other machines")
        .doesNotThrowAnyException();
  }

  @Test
  void fewUsersHaveTheGeneratorsOwnHeap() {
    assertThat(Crowd.heap(32)).containsExactly("-Xms768m", "-Xmx768m");
    assertThat(Crowd.heap(5000)).containsExactly("-Xms1768m", "-Xmx1768m");
  }

  @Test
  void thisMachinesLimitsAreRead() {
    Limits here = Limits.here();
    assertThat(here.openFiles()).isPositive();
    assertThat(here.threads()).isPositive();
    assertThat(here.availableMegabytes()).isPositive();
  }
}
