package crossover.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FleetServerTest {
  @ParameterizedTest
  @CsvSource({
    "load1:1099,     '',    '',    false",
    "localhost:1099, '',    '',    true",
    "127.0.0.1:1099, '',    '',    true",
    "[::1]:1099,     '',    '',    true",
    "127.0.0.1:1099, '',    boot,  false",
    "127.0.0.1:1099, boot,  '',    false",
    "127.0.0.1:1099, boot,  other, false",
    "load1:1099,     boot,  boot,  true",
  })
  void itIsHereByItsNameWhereTheSystemDoesNotTell(
      String name, String own, String there, boolean here) {
    assertThat(FleetServer.isHere(name, own, there)).isEqualTo(here);
  }
}
