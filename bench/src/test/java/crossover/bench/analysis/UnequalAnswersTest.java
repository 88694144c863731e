package crossover.bench.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.experiment.Cell;
import crossover.bench.experiment.Definition;
import crossover.bench.results.Json;
import crossover.bench.results.SliceLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnequalAnswersTest {
  @TempDir Path folder;

  @Test
  void otherStatusesAreShownSideBySide() throws IOException {
    assertThat(
            found(
                slice(1, "a", "{\"200\": 1000}", 5120),
                slice(1, "b", "{\"200\": 980, \"302\": 20}", 5120)))
        .singleElement()
        .isEqualTo(
            "get · localhost · 8 users, \"open\" is answered differently."
                + " a: 200 (100 %), 5,120 bytes on average;"
                + " b: 200 (98 %), 302 (2 %), 5,120 bytes on average.");
  }

  @Test
  void aFewOtherStatusesAreChance() throws IOException {
    assertThat(
            found(
                slice(1, "a", "{\"200\": 1000}", 5120),
                slice(1, "b", "{\"200\": 991, \"404\": 9}", 5120)))
        .isEmpty();
  }

  @Test
  void lengthsDifferWhereOneIsLongerInEveryRound() throws IOException {
    assertThat(found(lengths(5100, 5100, 5010, 5010)))
        .singleElement()
        .asString()
        .contains("a: 200 (100 %), 5,000 bytes", "b: 200 (100 %), 5,055 bytes");
    assertThat(found(lengths(5100, 5100, 5100, 4990))).isEmpty();
  }

  @Test
  void threeRoundsAreLongerByChance() throws IOException {
    assertThat(found(lengths(5100, 5100, 5100))).isEmpty();
  }

  @Test
  void everyPassOfARoundWeighsTheSame() throws IOException {
    List<SliceLine> slices = new ArrayList<>();
    for (int pass : List.of(5100, 5100, 4800)) {
      slices.addAll(List.of(lengths(pass, pass, pass, pass)));
    }
    assertThat(found(slices.toArray(SliceLine[]::new))).isEmpty();
  }

  /** A round each in which b has this length, and a 5,000 bytes. */
  private static SliceLine[] lengths(int... rounds) {
    return IntStream.range(0, rounds.length)
        .boxed()
        .flatMap(
            r ->
                Stream.of(
                    slice(r + 1, "a", "{\"200\": 1000}", 5000),
                    slice(r + 1, "b", "{\"200\": 1000}", rounds[r])))
        .toArray(SliceLine[]::new);
  }

  private List<String> found(SliceLine... slices) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("e.yaml"),
            "{experiment: e, arms: [{name: a}, {name: b}], plans: [get], users: 8}");
    Definition definition = Definition.read(file, Path.of("../jmeter-plans"));
    return UnequalAnswers.of(definition, CellSlices.of(Cell.of(definition), List.of(slices)));
  }

  private static SliceLine slice(int round, String arm, String statuses, int bytes) {
    return Json.MAPPER.readValue(
        """
        {"round": ROUND, "day": 1, "site": "localhost", "view": "get", "users": 8, "arm": "ARM",
         "phase": "CLOSED", "pass": 1, "order": ["sync"], "start": "2026-03-01T09:00:00Z",
         "load": {"labels": [{"label": "open", "requests": 1000, "meanBytes": BYTES, "statuses": STATUSES}]}}
        """
            .replace("ROUND", Integer.toString(round))
            .replace("ARM", arm)
            .replace("BYTES", Integer.toString(bytes))
            .replace("STATUSES", statuses),
        SliceLine.class);
  }
}
