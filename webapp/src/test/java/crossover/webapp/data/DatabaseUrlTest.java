package crossover.webapp.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseUrlTest {
  private static DatabaseUrl url(String url) {
    return new DatabaseUrl(url, "user", "secret");
  }

  @Test
  void bothDriversConnectAlike() {
    DatabaseUrl url =
        url(
            "jdbc:postgresql://[::1]:6543/shop?sslmode=require&currentSchema=one,two"
                + "&ApplicationName=mine&user=me&password=a%26b");
    Properties jdbc = url.jdbc();
    assertThat(url).hasToString("jdbc:postgresql://[::1]:6543/shop");
    assertThat(jdbc)
        .containsEntry("user", "me")
        .containsEntry("password", "a&b")
        .containsEntry("sslmode", "require")
        .containsEntry("currentSchema", "one,two")
        .containsEntry("ApplicationName", "mine");
    PgConnectOptions vertx = url.vertx();
    assertThat(vertx.getHost()).isEqualTo("::1");
    assertThat(vertx.getPort()).isEqualTo(6543);
    assertThat(vertx.getDatabase()).isEqualTo("shop");
    assertThat(vertx.getUser()).isEqualTo("me");
    assertThat(vertx.getPassword()).isEqualTo("a&b");
    assertThat(vertx.getSslMode().value).isEqualTo("require");
    assertThat(vertx.getProperties())
        .containsEntry("search_path", "one,two")
        .containsEntry("application_name", "mine");
    assertThat(url.schema()).isEqualTo("one");
  }

  @Test
  void whatTheUrlDoesNotSayIsStatedToBoth() {
    DatabaseUrl url = url("jdbc:postgresql://db/crossover");
    assertThat(url.jdbc())
        .containsEntry("user", "user")
        .containsEntry("password", "secret")
        .containsEntry("sslmode", "prefer")
        .containsEntry("currentSchema", "crossover");
    assertThat(url.vertx().getUser()).isEqualTo("user");
    assertThat(url.vertx().getPassword()).isEqualTo("secret");
    assertThat(url.vertx().getSslMode().value).isEqualTo("prefer");
    assertThat(url.vertx().getPort()).isEqualTo(5432);
    assertThat(url.vertx().getProperties()).containsEntry("search_path", "crossover");
  }

  @ParameterizedTest
  @CsvSource({
    "'jdbc:postgresql://h1,h2/x', several hosts",
    "jdbc:postgresql://h/x?targetServerType=primary, targetServerType",
    "jdbc:postgresql://h/x?prepareThreshold=1, prepareThreshold",
    "jdbc:postgresql://h/x?socketTimeout=5, crossover.timeout",
    "jdbc:postgresql://h/x?sslmode=sometimes, sslmode",
    "jdbc:postgresql://h/x?sslmode=verify-full&sslrootcert=/nowhere.crt, /nowhere.crt",
    "jdbc:postgresql://me:hidden@h/x, crossover.jdbc.user",
    "jdbc:postgresql://h:port/x?password=hidden, jdbc:postgresql://host:port/database",
    "jdbc:mysql://h/x?password=hidden, jdbc:postgresql://host:port/database"
  })
  void whatOneOfThemCannotDoIsRefusedBeforeAnythingIsOpened(String url, String said) {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    assertThatThrownBy(
            () ->
                new Database(
                    new Database.Options(
                        url, "user", "hidden", 2, 1, 1, new TimeLimits(Duration.ofSeconds(1)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The setting crossover.jdbc.url ")
        .hasMessageContaining(said)
        .hasMessageNotContaining("hidden");
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> !before.contains(thread))
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("crossover") || name.startsWith("vert.x"));
  }
}
