package crossover.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkSpecTest {
  @Test
  void aDelayAloneHoldsForBothDirections() {
    LinkSpec spec = LinkSpec.parse("20ms");
    assertThat(spec.there().delay()).isEqualTo(Duration.ofMillis(20));
    assertThat(spec.back()).isEqualTo(spec.there());
    assertThat(spec.roundTrip()).isEqualTo(Duration.ofMillis(40));
    assertThat(spec.there().bytesPerSecond()).isZero();
  }

  @Test
  void jitterAndBandwidthAreRead() {
    LinkSpec.Lane lane = LinkSpec.parse("1.5ms±500us 10Mbit").there();
    assertThat(lane.delay()).isEqualTo(Duration.ofNanos(1_500_000));
    assertThat(lane.jitter()).isEqualTo(Duration.ofNanos(500_000));
    assertThat(lane.bytesPerSecond()).isEqualTo(1_250_000);
    assertThat(LinkSpec.parse("1500µs +- 0.5ms 10000kbit").there()).isEqualTo(lane);
  }

  @Test
  void theTwoDirectionsCanDiffer() {
    LinkSpec spec = LinkSpec.parse("20ms 1Mbit / 5ms 1Gbit");
    assertThat(spec.there())
        .isEqualTo(new LinkSpec.Lane(Duration.ofMillis(20), Duration.ZERO, 125_000));
    assertThat(spec.back())
        .isEqualTo(new LinkSpec.Lane(Duration.ofMillis(5), Duration.ZERO, 125_000_000));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0ms", "20ms", "20ms±2ms 10Mbit", "300us / 2s±1s 56kbit"})
  void whatIsPrintedIsReadAgain(String text) {
    LinkSpec spec = LinkSpec.parse(text);
    assertThat(LinkSpec.parse(spec.toString())).isEqualTo(spec);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "20", "ms", "-1ms", "20ms 10", "20ms 10MB", "1ms/2ms/3ms", "20ms±", "1ms /"})
  void whatIsNoLinkIsShownWithTheFormExpected(String text) {
    assertThatThrownBy(() -> LinkSpec.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("“" + text + "”")
        .hasMessageContaining("20ms±2ms");
  }

  @Test
  void jitterBeyondTheDelayIsRefused() {
    assertThatThrownBy(() -> LinkSpec.parse("2ms±3ms")).hasMessageContaining("2ms±3ms");
  }

  @Test
  void noBandwidthAtAllIsRefused() {
    assertThatThrownBy(() -> LinkSpec.parse("2ms 0Mbit")).hasMessageContaining("leave it out");
  }
}
