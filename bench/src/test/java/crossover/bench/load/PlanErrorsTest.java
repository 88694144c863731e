package crossover.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.stack.Installation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.jmeter.util.JMeterUtils;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PlanErrorsTest {
  private static final Logger LOG = LogManager.getLogger("org.apache.jmeter.threads.JMeterThread");

  private static final List<String> BEFORE = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void hear() {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, death) -> {
          BEFORE.add(death.toString());
          LOG.error("uncaught");
        });
    PlanErrors.hear();
    PlanErrors.hear(); // as in every slice
  }

  @AfterAll
  static void hearNoMore() {
    PlanErrors.ofOthers(error -> {});
    Thread.setDefaultUncaughtExceptionHandler(null);
  }

  @Test
  void whoeverRunsAThreadIsToldOfItsErrorsAlone() throws Exception {
    List<String> told = new CopyOnWriteArrayList<>();
    List<String> others = new CopyOnWriteArrayList<>();
    PlanErrors.ofOthers(others::add);
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
    assertThat(BEFORE).containsExactly("java.lang.StackOverflowError: deep");
  }

  @Test
  void errorsBesideTheUsersAreThoseOfThePlanAtWork() {
    JMeterUtils.loadJMeterProperties(
        Installation.find().jmeter().resolve("bin/jmeter.properties").toString());
    RunningPlan first = new RunningPlan(Traffic.closed(Path.of("a.jmx"), Map.of(), 1, 0, 1));
    RunningPlan second = new RunningPlan(Traffic.closed(Path.of("b.jmx"), Map.of(), 1, 0, 1));

    first.enter();
    LOG.error("first");
    first.leave();
    second.enter();
    LOG.error("second");
    second.leave();
    LOG.error("between slices");
    first.enter();
    LOG.error("first again");
    first.leave();

    assertThat(first.recorder().errorTexts()).containsExactlyInAnyOrder("first", "first again");
    assertThat(second.recorder().errorTexts()).containsExactly("second");
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
