package crossover.webapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  @AfterEach
  void forget() {
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith("crossover."))
        .forEach(System::clearProperty);
  }

  @Test
  void withoutAnySettingTheDefaultsHold() {
    Settings settings = new Settings();
    assertThat(settings.jdbcUrl).isEqualTo("jdbc:postgresql://localhost:5432/crossover");
    assertThat(settings.redisUrl).isEqualTo("redis://localhost:6379");
    assertThat(settings.workers).isEqualTo(32);
    assertThat(settings.middleware).isEqualTo("none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "0", "-1", "10001", "", "1.5", "99999999999"})
  void aNumberThatMakesNoSenseIsNamedWithWhatIsAllowed(String value) {
    System.setProperty("crossover.workers", value);
    assertThatThrownBy(Settings::new)
        .hasMessage(
            "The setting crossover.workers (in the environment CROSSOVER_WORKERS) is '%s':"
                + " it must be a whole number from 1 to 10000",
            value);
  }

  @Test
  void anUnknownChoiceIsNamedWithThoseThatAreAllowed() {
    System.setProperty("crossover.middleware", "sometimes");
    assertThatThrownBy(Settings::new)
        .hasMessageContaining("crossover.middleware")
        .hasMessageContaining("'sometimes'")
        .hasMessageContaining("none, blocking, async");
  }

  @Test
  void passwordsAreNotShown() {
    System.setProperty("crossover.jdbc.password", "hidden1");
    System.setProperty("crossover.jdbc.url", "jdbc:postgresql://db/x?user=u&password=hidden2");
    System.setProperty("crossover.redis.url", "redis://user:hidden3@cache:6379");
    Settings settings = new Settings();
    assertThat(settings.jdbcPassword).isEqualTo("hidden1");
    assertThat(settings.redisUrl).isEqualTo("redis://user:hidden3@cache:6379");
    assertThat(settings.shown().toString()).doesNotContain("hidden");
    assertThat(settings.shown())
        .containsEntry("crossover.jdbc.url", "jdbc:postgresql://db/x")
        .containsEntry("crossover.redis.url", "redis://cache:6379");
  }
}
