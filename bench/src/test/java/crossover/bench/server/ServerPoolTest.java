package crossover.bench.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import crossover.bench.experiment.Arm;
import crossover.bench.experiment.Definition;
import crossover.bench.experiment.Site;
import crossover.bench.stack.Await;
import crossover.bench.stack.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerPoolTest {
  @TempDir Path folder;
  private int reads;

  @Test
  void noServerIsClosedWhileItIsWaitedFor() throws Exception {
    CountDownLatch stopping = new CountDownLatch(1);
    AtomicBoolean waiting = new AtomicBoolean();
    AtomicBoolean closedWhileWaiting = new AtomicBoolean();
    Server slow =
        new Clock(() -> 0) {
          @Override
          public void awaitReady() {
            waiting.set(true);
            try {
              stopping.await(30, TimeUnit.SECONDS);
              Thread.sleep(300); // to notice that it is stopped
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            waiting.set(false);
            throw new StartFailure("slow ended while it was starting");
          }

          @Override
          public void beginStop() {
            stopping.countDown();
          }

          @Override
          public void close() {
            closedWhileWaiting.compareAndSet(false, waiting.get());
          }
        };
    Server bad =
        new Clock(() -> 0) {
          @Override
          public void awaitReady() {
            Await.until(waiting::get, Duration.ofMillis(5), Duration.ofSeconds(30));
            throw new StartFailure("bad has no licence");
          }
        };
    Host host =
        new Host() {
          @Override
          public Server launch(Arm arm) {
            return arm.name().equals("busy") ? bad : slow;
          }
        };

    assertThatThrownBy(() -> ServerPool.start(host, arms())).hasMessage("bad has no licence");
    assertThat(closedWhileWaiting).isFalse();
  }

  @Test
  void aDeadServerDoesNotEndTheWaitForTheOthers() throws Exception {
    try (ServerPool pool = ServerPool.start(new Host(), arms())) {
      pool.awaitIdle(Duration.ofSeconds(60));
    }

    assertThat(reads).as("busy for four windows, then idle for one").isEqualTo(6);
  }

  @Test
  void oneThatHasDiedIsToldWithItsLastWords() throws Exception {
    Server dead =
        new EmptyServer() {
          @Override
          public boolean isAlive() {
            return false;
          }

          @Override
          public String lastLines() {
            return " (exit status 7); the last lines of its log:\n  out of memory";
          }
        };
    Host host =
        new Host() {
          @Override
          public Server launch(Arm arm) {
            return arm.name().equals("dead") ? dead : new EmptyServer();
          }
        };
    try (ServerPool pool = ServerPool.start(host, arms())) {
      assertThat(pool.death())
          .contains("dead died (exit status 7); the last lines of its log:\n  out of memory");
    }
    try (ServerPool pool = ServerPool.start(host, arms().subList(1, 2))) {
      assertThat(pool.death()).isEmpty();
    }
  }

  private List<Arm> arms() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("two.yaml"),
            "experiment: two\narms: [{name: dead}, {name: busy}]\nplans: [get]\n");
    return Definition.read(file, Path.of("../jmeter-plans")).arms();
  }

  /** Launches servers that are nothing but a clock of CPU seconds. */
  private class Host implements HostUnderTest {
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

  private static class Clock extends EmptyServer {
    private final DoubleSupplier seconds;

    Clock(DoubleSupplier seconds) {
      this.seconds = seconds;
    }

    @Override
    public double cpuSeconds() {
      return seconds.getAsDouble();
    }
  }
}
