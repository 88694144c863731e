package crossover.bench.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackendsIT {
  @Test
  void postgresAndRedisServeAndAreGoneAfterwards() throws Exception {
    long postgres;
    long redis;
    Stack open = Stack.open(Installation.find(), Cpus.halves(), null, null);
    try (Stack stack = open) {
      postgres = stack.backendPids().get("postgres");
      redis = stack.backendPids().get("redis");
      try (Connection connection = stack.database().connect();
          Statement statement = connection.createStatement()) {
        for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
          try (ResultSet row = statement.executeQuery("SHOW " + setting)) {
            row.next();
            assertThat(row.getString(1)).as(setting).isEqualTo("on");
          }
        }
        statement.execute("CREATE TABLE here (id int)");
      }
      assertThat(Redis.requireReachable(stack.redis())).isEqualTo(stack.redis());
      assertThat(ProcessHandle.of(postgres)).isPresent();
      assertThat(Redis.version(stack.redis())).matches("\\d+\\.\\d+\\.\\d+");
      assertThat(stack.database().requireReachable()).isEqualTo(stack.database());
    }
    assertThat(ProcessHandle.of(postgres)).isEmpty();
    assertThat(ProcessHandle.of(redis)).isEmpty();
    assertThat(open.directory()).doesNotExist();
    assertThatThrownBy(() -> Redis.requireReachable(open.redis()))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining(open.redis().toString());
  }

  @Test
  void anUnreachableDatabaseIsNamedAndNothingIsLeft() {
    String url = "jdbc:postgresql://127.0.0.1:" + Ports.free() + "/crossover";
    assertThatThrownBy(
            () ->
                Stack.open(
                    Installation.find(), Cpus.free(), new Database(url, "who", "what"), null))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining(url)
        .hasMessageContaining("who");
    assertThat(ProcessHandle.current().children()).isEmpty();
  }

  @Test
  void anUnreachableRedisIsNamedAndNothingIsLeft() {
    URI url = URI.create("redis://127.0.0.1:" + Ports.free());
    assertThatThrownBy(() -> Stack.open(Installation.find(), Cpus.free(), null, url))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining(url.toString());
    assertThat(ProcessHandle.current().children()).isEmpty();
  }
}
