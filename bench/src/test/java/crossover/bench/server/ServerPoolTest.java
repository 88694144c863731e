package crossover.bench.server;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.experiment.Arm;
import crossover.bench.experiment.Definition;
import crossover.bench.experiment.Site;
import crossover.bench.probe.BackendSample;
import crossover.bench.probe.CpuClock;
import crossover.bench.probe.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerPoolTest {
  @TempDir Path folder;
  private int reads;

  @Test
  void aDeadServerDoesNotEndTheWaitForTheOthers() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("two.yaml"),
            "experiment: two\narms: [{name: dead}, {name: busy}]\nplans: [get]\n");
    List<Arm> arms = Definition.read(file, Path.of("../jmeter-plans")).arms();

    try (ServerPool pool = ServerPool.start(new Host(), arms)) {
      pool.awaitIdle(Duration.ofSeconds(60));
    }

    assertThat(reads).as("busy for four windows, then idle for one").isEqualTo(6);
  }

  /** Launches servers that are nothing but a clock of CPU seconds. */
  private final class Host implements HostUnderTest {
    @Override
    public Server launch(Arm arm) {
      return new Clock(arm.name().equals("dead") ? () -> Double.NaN : () -> Math.min(++reads, 5));
    }

    @Override
    public void execute(Path sql) {}

    @Override
    public List<List<Arm>> together(List<Arm> order) {
      return List.of(order);
    }

    @Override
    public void applyLinks(Site site) throws IOException {}

    @Override
    public boolean isClosing() {
      return false;
    }
  }

  private record Clock(DoubleSupplier seconds) implements Server {
    @Override
    public double cpuSeconds() {
      return seconds.getAsDouble();
    }

    @Override
    public void awaitReady() {}

    @Override
    public String host() {
      return "localhost";
    }

    @Override
    public int port() {
      return 0;
    }

    @Override
    public boolean isAlive() {
      return true;
    }

    @Override
    public String lastLines() {
      return "";
    }

    @Override
    public Sample sample() {
      throw new UnsupportedOperationException("it is only a clock");
    }

    @Override
    public BackendSample backends() {
      throw new UnsupportedOperationException("it is only a clock");
    }

    @Override
    public CpuClock cpuClock() {
      throw new UnsupportedOperationException("it is only a clock");
    }

    @Override
    public void close() {}
  }
}
