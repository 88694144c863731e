package crossover.bench.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ServerOptionsTest {
  @ParameterizedTest
  @CsvSource({
    "--jdbc-url u --jdbc-password,        typed",
    "--jdbc-password --jdbc-url u,        typed",
    "--jdbc-url u --jdbc-password=given,  given",
    "--jdbc-password given --jdbc-url u,  given",
  })
  void aPasswordWithoutItsTextIsAskedFor(String words, String password) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream("typed\n".getBytes(UTF_8)));
    try {
      ServerOptions options = CommandLine.populateCommand(new ServerOptions(), words.split(" "));
      assertThat(options.database().orElseThrow().password()).isEqualTo(password);
    } finally {
      System.setIn(before);
    }
  }
}
