package crossover.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.results.MadeSlice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MisdirectedTest {
  @TempDir Path folder;

  @Test
  void aPropertyWithTheOtherPortAsItsDefaultIsNamed() throws IOException {
    String port = Jmx.text("HTTPSampler.port", "${__P(server.port,18080)}");
    Path plan =
        Files.writeString(folder.resolve("own.jmx"), Jmx.plan(1, 1, Jmx.getWith("/a", port)));
    Slice slice =
        new MadeSlice().load("elsewhere", Map.of("localhost:18080", 3)).load("requests", 9).slice();

    assertThat(Misdirected.sentence(plan, "next", slice, true).orElseThrow())
        .isEqualTo(
            "6 of 9 requests of own.jmx reached arm next; it sent 3 to localhost:18080. Map its"
                + " variables: `jmeter: {server.port: '${port}'}`");
  }
}
