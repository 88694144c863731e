package crossover.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlanErrorsTest {
  private static final Logger LOG = LogManager.getLogger("org.apache.jmeter.threads.JMeterThread");

  @AfterEach
  void hearNoMore() {
    PlanErrors.ofOthers(error -> {});
    Thread.setDefaultUncaughtExceptionHandler(null);
  }

  @Test
  void whoeverRunsAThreadIsToldOfItsErrorsAlone() throws Exception {
    List<String> told = new CopyOnWriteArrayList<>();
    List<String> before = new CopyOnWriteArrayList<>();
    List<String> others = new CopyOnWriteArrayList<>();
    PlanErrors.ofOthers(others::add);
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, death) -> {
          before.add(death.toString());
          LOG.error("uncaught");
        });
    PlanErrors.hear();
    PlanErrors.hear(); // as in every slice
    Thread user =
        new Thread(
            () -> {
              PlanErrors.of(told::add);
              LOG.warn("slow");
              LOG.error("Test failed!", new Exception(new IllegalArgumentException("no data.csv")));
              throw new StackOverflowError("deep");
            });
    user.start();
    LOG.error("of another thread");
    user.join(TimeUnit.MINUTES.toMillis(1));

    assertThat(told)
        .containsExactly(
            "Test failed!: java.lang.IllegalArgumentException: no data.csv",
            "java.lang.StackOverflowError: deep");
    assertThat(others).containsExactly("of another thread");
    assertThat(before).containsExactly("java.lang.StackOverflowError: deep");
  }

  @Test
  void aUserWhoIsGoneIsNotWaitedFor() throws Exception {
    Gate gate = new Gate(1);
    gate.leave();

    long start = System.nanoTime();
    assertThat(gate.awaitFull(TimeUnit.HOURS.toNanos(1))).isEqualTo(1);
    assertThat(System.nanoTime() - start).isLessThan(TimeUnit.MINUTES.toNanos(1));
  }
}
