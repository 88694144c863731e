package crossover.bench.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BackendRefusalTest {
  private static final String DOWN =
      "{\"status\":\"down\",\"database\":\"down\",\"redis\":\"up\",\"databaseReason\":\"refused\"}";
  private static final String FAILED =
      "{\"status\":\"down\",\"database\":\"up\",\"redis\":\"failed\",\"redisReason\":\"a \\\"wrong\\\" word\"}";
  private static final long LASTING = BackendRefusal.LASTING.toNanos();

  @Test
  void aFailureThatLastsIsToldWithItsReason() {
    BackendRefusal refusal = new BackendRefusal();
    assertThat(refusal.lasting(FAILED, 5)).isEmpty();
    assertThat(refusal.lasting(FAILED, 5 + LASTING)).contains("Redis: a \"wrong\" word");
  }

  @Test
  void whatWaitingMendsIsNone() {
    BackendRefusal refusal = new BackendRefusal();
    assertThat(refusal.lasting(FAILED, 0)).isEmpty();
    assertThat(refusal.lasting(FAILED, LASTING - 1)).isEmpty();
    assertThat(refusal.lasting(DOWN, LASTING)).isEmpty();
    assertThat(refusal.lasting("well", 3 * LASTING)).isEmpty();
  }
}
