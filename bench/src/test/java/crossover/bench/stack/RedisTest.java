package crossover.bench.stack;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;

class RedisTest {
  @Test
  void oneThatIsNotReachedIsNamedWithoutItsPassword() {
    assertThatThrownBy(() -> Redis.requireReachable(URI.create("redis://:p/w@host:6379")))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("redis://:***@host:6379");
  }
}
