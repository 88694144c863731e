package crossover.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the generator measures: with the machine to itself. */
@Tag("long")
@Tag("timed")
class GeneratorIT extends WithGenerator {
  @BeforeAll
  static void warmUp() {
    generator.limit(PAGE, Map.of(), 8, 4); // as in a run: what is measured later meets warm code
  }

  @Test
  void aKnownDelayIsMeasuredWithinThreeTenthsOfAMillisecond() throws Exception {
    try (SlowServer server = new SlowServer(arrival -> arrival + 20 * MILLI)) {
      Quiet.inOneOfSixAttempts(
          () -> {
            Slice slice = run(Traffic.open(PAGE, at(server), 64, 1_000, 0.5, 3));
            return () -> assertThat(slice.p50Millis()).isCloseTo(20, within(0.3));
          });
    }
  }

  @Test
  void arrivalsArePunctual() throws Exception {
    try (SlowServer server = new SlowServer(arrival -> arrival)) {
      Quiet.inOneOfSixAttempts(
          () -> {
            Slice slice = run(Traffic.open(PAGE, at(server), 32, 500, 0.5, 4));
            assertThat(slice.throughput()).isCloseTo(500, within(0.5));
            return () -> assertThat(slice.latenessP99Millis()).isLessThan(1);
          });
    }
  }

  @Test
  void aStallShowsAtAFixedRateAndHidesInAClosedLoop() throws Exception {
    long began = System.nanoTime();
    // 500 ms of every 5 s: who arrives in them is answered at their end.
    try (SlowServer server =
        new SlowServer(
            arrival -> {
              long phase = Math.floorMod(arrival - began, 5_000 * MILLI);
              return phase < 500 * MILLI ? arrival + 500 * MILLI - phase : arrival + 5 * MILLI;
            })) {
      Quiet.inOneOfSixAttempts(
          () -> {
            Slice open = run(Traffic.open(PAGE, at(server), 150, 200, 0.5, 5));
            Slice closed = run(Traffic.closed(PAGE, at(server), 4, 0.5, 5));

            assertThat(open.requests()).isEqualTo(1_000);
            return () -> {
              // A tenth of all arrivals meets a stall, waiting 0 to 500 ms: 1 % more than 450.
              assertThat(open.p99Millis()).isBetween(400.0, 520.0);
              assertThat(closed.p99Millis()).isLessThan(50);
              assertThat(closed.maxMillis()).isGreaterThan(400);
            };
          });
    }
  }

  @Test
  void aStallThatHoldsEveryThreadShowsAndIsNotTheGeneratorsLateness() throws Exception {
    long began = System.nanoTime();
    try (SlowServer server =
        new SlowServer(
            arrival -> {
              long phase = Math.floorMod(arrival - began, 5_000 * MILLI);
              return phase < 500 * MILLI ? arrival + 500 * MILLI - phase : arrival + MILLI;
            })) {
      Quiet.inOneOfSixAttempts(
          () -> {
            Slice open = run(Traffic.open(PAGE, at(server), 8, 200, 0.5, 5));

            assertThat(open.requests()).isEqualTo(1_000);
            return () -> {
              assertThat(open.p99Millis()).isBetween(400.0, 520.0);
              assertThat(open.latenessP99Millis()).isLessThan(1);
            };
          });
    }
  }

  @Test
  void littlesLawHolds() throws Exception {
    try (SlowServer server = new SlowServer(arrival -> arrival + 10 * MILLI)) {
      Quiet.inOneOfSixAttempts(
          () -> {
            Slice slice = run(Traffic.closed(PAGE, at(server), 16, 0.5, 4));

            assertThat(slice.throughput())
                .isCloseTo(slice.requests() / slice.seconds(), within(1e-6));
            return () -> {
              assertThat(slice.throughput() * slice.meanCycleMillis() / 1_000)
                  .isCloseTo(16, within(0.05 * 16));
              assertThat(slice.meanCycleMillis()).isGreaterThan(0.98 * slice.meanResponseMillis());
            };
          });
    }
  }

  @Test
  void usersWhoThinkAreMeasuredAndTheLimitDoesWithoutTheirThinking() throws Exception {
    Path plan =
        Files.writeString(
            logs.resolve("think.jmx"),
            Jmx.plan(
                1,
                1,
                Jmx.timer("ConstantTimer", Jmx.text("ConstantTimer.delay", "1000")),
                Jmx.get("/a"),
                Jmx.get("/b")));
    try (SlowServer server = new SlowServer(arrival -> arrival + MILLI)) {
      Quiet.inOneOfSixAttempts(
          () -> {
            Slice slice = run(Traffic.closed(plan, at(server), 20, 1, 3));
            Slice unpaused = generator.limit(plan, Map.of(), 20, 1);

            assertThat(slice.errors() + slice.unfinished()).isZero();
            assertThat(slice.labels()).extracting(LabelFigures::label).containsExactly("/a", "/b");
            return () -> {
              // 20 users who each come once in 1.002 s, and not all at one moment.
              assertThat(slice.throughput()).isCloseTo(19.9, within(1.0));
              assertThat(slice.throughput() * slice.meanCycleMillis() / 1_000)
                  .isCloseTo(20, within(0.2));
              assertThat(unpaused.throughput()).isGreaterThan(100 * slice.throughput());
            };
          });
    }
  }

  @Test
  void aScriptThatSleepsIsAThinkTime() throws Exception {
    String script = Jmx.text("script", "Thread.sleep(400); Thread.currentThread().sleep(0);");
    String pre = Jmx.bean("BeanShellPreProcessor", "sleep (long)", script);
    Path plan = Files.writeString(logs.resolve("nap.jmx"), Jmx.plan(1, 1, Jmx.get("/a", pre)));
    Path nap = Files.writeString(logs.resolve("nap.groovy"), "sleep 400");
    String inFile = Jmx.bean("JSR223Sampler", "nap", Jmx.text("filename", nap.toString()));
    Path other = Files.writeString(logs.resolve("file.jmx"), Jmx.plan(1, 1, inFile, Jmx.get("/a")));
    try (SlowServer server = new SlowServer(arrival -> arrival + MILLI)) {
      for (Path each : List.of(plan, other)) {
        Traffic traffic = Traffic.closed(each, at(server), 20, 0.1, 2);
        assertThat(generator.turns(List.of(traffic))).as(each.toString()).isEmpty();
        Slice slice = run(traffic);
        assertThat(slice.errors() + slice.unfinished()).isZero();
        assertThat(slice.throughput()).isBetween(0.5 * 20 / 0.4, 1.02 * 20 / 0.4);
      }
      assertThat(generator.limit(plan, Map.of(), 20, 1).throughput()).isGreaterThan(2 * 20 / 0.4);
    }
  }

  @Test
  void theWindowIsTold() throws Exception {
    try (SlowServer server = new SlowServer(arrival -> arrival + MILLI)) {
      Quiet.inOneOfSixAttempts(
          () -> {
            List<Long> moments = new ArrayList<>();
            generator.run(
                Traffic.closed(PAGE, at(server), 2, 0.2, 1),
                new Window() {
                  @Override
                  public void opens() {
                    moments.add(System.nanoTime());
                  }

                  @Override
                  public void closes() {
                    moments.add(System.nanoTime());
                  }
                });

            assertThat(moments).hasSize(2);
            return () ->
                assertThat((moments.get(1) - moments.get(0)) / 1e9).isCloseTo(1, within(0.2));
          });
    }
  }
}
