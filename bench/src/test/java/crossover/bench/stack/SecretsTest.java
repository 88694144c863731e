package crossover.bench.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretsTest {
  @Test
  void passwordsInUrlsAndPropertiesAreMasked() {
    assertThat(Secrets.masked("redis://:pw@cache:6379")).isEqualTo("redis://:***@cache:6379");
    assertThat(Secrets.masked("jdbc:postgresql://u:pw@db/shop?password=pw&ssl=true"))
        .isEqualTo("jdbc:postgresql://u:***@db/shop?password=***&ssl=true");
    assertThat(Secrets.masked("INFO -Dcrossover.jdbc.password=S3cr3t -Xmx1g"))
        .isEqualTo("INFO -Dcrossover.jdbc.password=*** -Xmx1g");
    assertThat(Secrets.masked("redis://cache:6379")).isEqualTo("redis://cache:6379");
  }
}
