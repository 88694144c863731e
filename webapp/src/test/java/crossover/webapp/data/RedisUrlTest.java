package crossover.webapp.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisUrlTest {
  @ParameterizedTest
  @CsvSource({
    "redis://cache:6379, redis://cache:6379,,,0",
    "redis://:hid/de@n@cache:6379, redis://cache:6379,,hid/de@n,0",
    "rediss://me:hid%40den@cache:6379/3, rediss://cache:6379,me,hid@den,3",
    "redis://:100%+?@[::1]:6379/, redis://[::1]:6379,,100%+?,0",
    "redis://hidden@cache:6379, redis://cache:6379,,hidden,0"
  })
  void aPasswordMayHoldAnyCharacter(
      String url, String address, String user, String password, int database) {
    RedisUrl parsed = RedisUrl.parse(url);
    assertThat(parsed).isEqualTo(new RedisUrl(address, user, password, database));
    assertThat(parsed).hasToString(address);
    assertThat(Redacted.url(url)).startsWith(address);
  }

  @Test
  void aWrongUrlIsToldWithoutItsPassword() {
    assertThatThrownBy(() -> RedisUrl.parse("redis://:hid/d@en@cache"))
        .hasMessageStartingWith("The setting crossover.redis.url is 'redis://cache'")
        .hasMessageNotContaining("hid");
  }
}
