package crossover.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdks;
import crossover.bench.stack.Watchdog;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The generator with as many users as it is made for. */
@Tag("timed")
class CrowdIT {
  private static final int USERS = 5000;

  @TempDir Path logs;

  @Test
  @Tag("long")
  void fiveThousandUsersEachHoldAConnectionAndGetAnswers() {
    Crowd.require(USERS, true);
    Installation here = Installation.find();
    try (Watchdog watchdog = Watchdog.open();
        Generator generator =
            Generator.start(
                here.jmeter(),
                Optional.empty(),
                Jdks.newest(),
                List.of(),
                USERS,
                logs.resolve("log"),
                watchdog)) {
      Slice slice = generator.limit(here.plans().resolve("get.jmx"), Map.of(), USERS, 3);

      assertThat(slice.errors()).isZero();
      assertThat(slice.unfinished()).isZero();
      assertThat(slice.users()).isEqualTo(USERS);
      // The window opens when every user has had an answer on a connection of its own.
      assertThat(slice.requests()).isPositive();
    }
  }
}
