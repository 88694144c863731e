package crossover.bench.results;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"logRatios\": null}"})
  void whatAnOlderFileDoesNotHaveIsEmptyOrNaN(String text) {
    Comparison read = Json.MAPPER.readValue(text, Comparison.class);

    assertThat(read.logRatios()).isEmpty();
    assertThat(read.ratio()).isNaN();
  }

  @Test
  void aMapThatIsAbsentIsEmpty() {
    assertThat(Json.MAPPER.readValue("{}", Environment.class).hosts()).isEmpty();
  }
}
