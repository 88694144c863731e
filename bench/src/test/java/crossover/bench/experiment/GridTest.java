package crossover.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GridTest {
  private static final Path PLANS = Path.of("../jmeter-plans");
  private static final String ARMS =
      """
      experiment: mine
      arms: [{name: a, path: /sync}, {name: b, path: /native}]
      """;

  @TempDir Path folder;

  private Definition read(String rest) throws IOException {
    return Definition.read(Files.writeString(folder.resolve("mine.yaml"), ARMS + rest), PLANS);
  }

  @Test
  void usersAndRoundTripsToTheDatabaseAscend() throws IOException {
    Grid grid =
        Grid.require(
            read(
                """
                plans: [get]
                users: [64, 8]
                sites: [{name: far, database: 15ms / 5ms}, localhost, {name: near, database: 1ms}]
                """));
    assertThat(grid.users()).containsExactly(8, 64);
    assertThat(grid.sites().keySet()).containsExactly(0.0, 2.0, 20.0);
    assertThat(grid.sites().get(20.0).name()).isEqualTo("far");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plans: [get, form]\nusers: [8, 64]\nsites: [localhost, {name: far, database: 9ms}]",
        "plans: [get]\nusers: 8\nsites: [localhost, {name: far, database: 9ms}]",
        "plans: [get]\nusers: [8, 64]",
        "plans: [get]\nusers: [8, 64]\nsites: [localhost, {name: far, client: 9ms}]",
        "plans: [get]\nusers: [8, 64]\nsites: [localhost, {name: far, database: 9ms±1ms}]",
        "plans: [get]\nusers: [8, 64]\nsites: [localhost, {name: same, database: 0ms}]",
      })
  void whatVariesInMoreOrLessIsNoMapAndIsToldWhatOneIs(String rest) throws IOException {
    Definition definition = read(rest);
    assertThat(Grid.of(definition)).isEmpty();
    assertThatThrownBy(() -> Grid.require(definition))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("\"mine\" is no map")
        .hasMessageContaining("{name: far, database: 10ms}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"map", "map-quick", "concurrency"})
  void theOwnMapsAreGridsOnceOneViewIsChosen(String name) {
    Definition own = Definition.read(Path.of("experiments/" + name + ".yaml"), PLANS);
    Grid grid = Grid.require(own.withViews(List.of("get")));
    assertThat(grid.users()).hasSizeGreaterThan(1).isSorted();
    assertThat(grid.sites().firstKey()).isZero();
  }

  @Test
  void aSliceLastsManyWaitsForTheLink() throws IOException {
    Definition definition =
        read("plans: [get]\nslice: 800 ms\nsites: [localhost, {name: far, database: 50ms}]");
    Measurement measurement = definition.measurement();
    assertThat(measurement.slice(definition.sites().get(0))).isEqualTo(Duration.ofMillis(800));
    assertThat(measurement.slice(definition.sites().get(1))).isEqualTo(Duration.ofMillis(2500));
  }
}
