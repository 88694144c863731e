package crossover.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import crossover.bench.experiment.Arm;
import crossover.bench.experiment.Cell;
import crossover.bench.experiment.Definition;
import crossover.bench.load.Slice;
import crossover.bench.results.MadeSlice;
import crossover.bench.server.EmptyServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrivedRequestsTest {
  private static final Slice ANSWERED_60 = new MadeSlice().load("answered", 60).slice();

  @TempDir Path folder;

  private final RoundClock clock = new RoundClock();
  private final ArrivedRequests arrived = new ArrivedRequests(clock);
  private final Counter server = new Counter();
  private Arm arm;
  private Cell cell;

  @BeforeEach
  void define() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("two.yaml"),
            "experiment: two\narms: [{name: a}, {name: b}]\nplans: [get]\nusers: 32\npasses: 1\n");
    Definition definition = Definition.read(file, Path.of("../jmeter-plans"));
    arm = definition.arms().get(0);
    cell = Cell.of(definition).get(0);
  }

  @Test
  void answersOfOthersThatOneSliceMayHideVoidTheRoundInTheNext() {
    arrived.expect(arm, server);
    arrived.add(cell, server, ANSWERED_60);
    server.counts(32);
    arrived.require(server);
    assertThat(voided()).isFalse();

    arrived.add(cell, server, ANSWERED_60);
    server.counts(64);
    assertThatThrownBy(() -> arrived.require(server))
        .isInstanceOf(InvalidMeasurement.class)
        .hasMessageStartingWith("64 of 120 requests of get.jmx reached arm a; 56 were answered by");
    assertThat(voided()).isTrue();
  }

  @Test
  void aServerThatHasDiedIsStillOneThatCounts() {
    arrived.expect(arm, server);
    arrived.add(cell, server, ANSWERED_60);
    server.counts(Double.NaN);
    arrived.require(server);
    assertThat(arrived.isCountedBy(server)).isTrue();
  }

  @Test
  void aServerThatDoesNotCountIsAskedOnce() {
    server.counts(Double.NaN);
    arrived.expect(arm, server);
    arrived.add(cell, server, ANSWERED_60);
    arrived.require(server);
    assertThat(arrived.isCountedBy(server)).isFalse();
    assertThat(server.asked).isEqualTo(1);
  }

  private boolean voided() {
    return clock.line(new RoundPlan.Entry(1, 1, List.of()), 1).voided();
  }

  private static final class Counter extends EmptyServer {
    private double requests;
    private int asked;

    void counts(double now) {
      requests = now;
    }

    @Override
    public double requests() {
      asked++;
      return requests;
    }
  }
}
