package crossover.bench.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "redis://:pw@cache:6379 | redis://:***@cache:6379",
        "redis://:p/w@cache:6379 | redis://:***@cache:6379",
        "redis://:p@w:x@cache:6379, then more | redis://:***@cache:6379, then more",
        "redis://me@work:pw@cache | redis://me@work:***@cache",
        "redis://cache:6379 | redis://cache:6379",
        "jdbc:postgresql://u:pw@db/shop?password=pw&ssl=true"
            + " | jdbc:postgresql://u:***@db/shop?password=***&ssl=true",
        "jdbc:postgresql://db/shop?ssl=true&password=p@w/x | jdbc:postgresql://db/shop?ssl=true&password=***",
        "INFO -Dcrossover.jdbc.password=S3cr3t -Xmx1g | INFO -Dcrossover.jdbc.password=*** -Xmx1g",
        "password=a,b;c&d end | password=*** end",
      })
  void passwordsInUrlsAndPropertiesAreMasked(String text, String masked) {
    assertThat(Secrets.masked(text)).isEqualTo(masked);
  }

  @Test
  void aCommandIsMaskedWordByWordAndQuotedForAShell() {
    assertThat(
            Secrets.maskedCommand(
                List.of("./crossover", "run", "--jdbc-password", "a b", "--out", "it's here")))
        .isEqualTo("./crossover run --jdbc-password '***' --out 'it'\\''s here'");
    assertThat(
            Secrets.maskedCommand(
                List.of(
                    "--jdbc-password=a b",
                    "--redis-url=redis://:p/w@h:1",
                    "--jdbc-url",
                    "jdbc:postgresql://h/d?user=a&password=b c",
                    "--seed",
                    "1")))
        .isEqualTo(
            "'--jdbc-password=***' '--redis-url=redis://:***@h:1'"
                + " --jdbc-url 'jdbc:postgresql://h/d?user=a&password=***' --seed 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "db.password=a b | db.password=***",
        "-Dapi_token=a,b c | -Dapi_token=***",
        "SHOP_SECRET=x | SHOP_SECRET=***",
        "DB_PASS=x | DB_PASS=***",
        "shop.api-key=x | shop.api-key=***",
        "-Dkey.pwd=x | -Dkey.pwd=***",
        "db.url=jdbc:postgresql://u:s3 c@h/db | db.url=jdbc:postgresql://u:***@h/db",
        "db.passwords=2 | db.passwords=2",
      })
  void aBlankDoesNotEndThePasswordOfAWord(String word, String masked) {
    assertThat(Secrets.maskedWord(word)).isEqualTo(masked);
  }

  @Test
  void theWordAfterAnyOptionForAPasswordIsMasked() {
    assertThat(
            Secrets.maskedCommand(
                List.of(
                    "java", "--db-password", "a", "-token", "b", "--spring.secret", "c", "token")))
        .isEqualTo("java --db-password '***' -token '***' --spring.secret '***' token");
  }

  @Test
  void aShellReadsARecordedCommandAsItWasGiven() throws Exception {
    List<String> words =
        List.of(
            "a b", "it's", "", "$HOME", "`id`", "\"q\"", "x\ny", "~", "*", "\\", "Größe", "-q;",
            "#");

    Process shell =
        new ProcessBuilder("sh", "-c", "printf '%s\\0' " + Secrets.maskedCommand(words)).start();

    assertThat(new String(shell.getInputStream().readAllBytes(), UTF_8))
        .isEqualTo(String.join("\0", words) + "\0");
  }
}
