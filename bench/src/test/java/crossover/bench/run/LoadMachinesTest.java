package crossover.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.experiment.Definition;
import crossover.bench.probe.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadMachinesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "1; 64,   2,   64",
    "64; 1,   0,   64",
    "1; 1000, 0,   64",
    "1; 1000, 2,  128",
    "500; 8,  2,  500",
    "4,       8,    4",
  })
  void theLimitIsMeasuredWithEveryMachineBusyAsFarAsThereAreUsers(
      String users, int machines, int expected) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("two.yaml"),
            "experiment: two\narms: [{name: a}, {name: b}]\nplans: [get]\npasses: 1\nusers: [%s]\n"
                .formatted(users.replace(';', ',')));
    Map<String, Machine> named = new TreeMap<>();
    for (int i = 0; i < machines; i++) {
      named.put("load" + i, Machine.here());
    }
    Definition definition = Definition.read(file, Path.of("../jmeter-plans"));
    assertThat(new LoadMachines(null, named).limitUsers(definition)).isEqualTo(expected);
  }
}
