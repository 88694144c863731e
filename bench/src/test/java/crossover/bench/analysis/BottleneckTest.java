package crossover.bench.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.experiment.Cell;
import crossover.bench.experiment.Site;
import crossover.bench.experiment.View;
import crossover.bench.probe.ProcessUsage;
import crossover.bench.results.Environment;
import crossover.bench.results.MadeSlice;
import crossover.bench.results.SliceLine;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One slice of a second by 32 users, with a core for the server and one for all else. */
class BottleneckTest {
  private static final int USERS = 32;
  private static final Cell CELL =
      new Cell(Site.LOCALHOST, new View("get", Path.of("get.jmx"), true), USERS);
  private static final int MANY_THREADS = 200;
  private static final Environment PINNED =
      new Environment(
          Instant.EPOCH,
          "",
          "",
          null,
          Map.of(),
          "",
          List.of(1),
          List.of(0),
          Map.of(),
          Map.of(),
          8,
          false,
          List.of(),
          Map.of(),
          Map.of());

  private double server = 0.5;
  private double generator = 0.3;
  private double databaseWaits;
  private int workersQueued;
  private int connectorThreads = 10;
  private int maxThreads = MANY_THREADS;

  @Test
  void aServerThatFillsItsCoreIsBoundByIt() {
    server = 0.85;
    databaseWaits = 4;

    assertThat(bound().label()).isEqualTo("server CPU");
    assertThat(bound().why()).isEqualTo("The server used 85 % of its cores.");
  }

  @Test
  void whatItCompiledInTheTurnsOfOthersIsNotMoreThanAll() {
    server = 1.13;

    assertThat(bound().why()).isEqualTo("The server used 100 % of its cores.");
  }

  @Test
  void generatorAndBackendsShareTheOtherCore() {
    generator = 0.6; // and PostgreSQL takes 0.25
    databaseWaits = 4;

    assertThat(bound().label()).isEqualTo("generator");
    assertThat(bound().why()).contains("85 % of their cores, the server 50 % of its own");
  }

  @Test
  void whoWaitsForAConnectionIsBoundByThePool() {
    databaseWaits = 1;
    workersQueued = 5;
    assertThat(bound().label()).isEqualTo("database pool");

    databaseWaits = 0.9;
    assertThat(bound().label()).isEqualTo("workers");
    assertThat(bound().why()).contains("5.0 requests");
  }

  @Test
  void threadsAreShortOnlyWhereUsersAreMore() {
    maxThreads = USERS - 1;
    connectorThreads = USERS - 1;
    assertThat(bound().label()).isEqualTo("connector threads");

    maxThreads = USERS;
    connectorThreads = USERS;
    assertThat(bound().label()).isEqualTo("latency only");
  }

  @Test
  void whatKeptAServerWhoseCountersCannotBeReadIsNotKnown() {
    databaseWaits = Double.NaN;
    assertThat(bound().label()).isNull();
    assertThat(bound().why())
        .startsWith("What kept it is not known: the counters inside the server could not be read");

    server = Double.NaN;
    databaseWaits = 0;
    assertThat(bound().label()).isNull();

    generator = 0.6;
    assertThat(bound().why()).endsWith("their cores; what the server used is not known.");
  }

  private Bottleneck bound() {
    return Bottleneck.of(
        new ArmFigures(CellSlices.of(List.of(CELL), List.of(slice())).get(0), "sync"),
        CELL,
        maxThreads,
        PINNED);
  }

  private SliceLine slice() {
    return new MadeSlice()
        .load("requests", 1_000)
        .load("throughput", 1_000)
        .load("meanResponseMillis", 32)
        .load("generatorCpuSeconds", generator)
        .load("turns", 10)
        .usage("server", new ProcessUsage(server, server, 0, 0, 0, 0))
        .usage("backends", Map.of("postgres", new ProcessUsage(0.25, 0.2, 0.05, 0, 0, 0)))
        .usage("pools", Map.of("http-exec", connectorThreads))
        .usage("databaseWaitSeconds", databaseWaits)
        .usage("workersQueued", workersQueued)
        .line();
  }
}
