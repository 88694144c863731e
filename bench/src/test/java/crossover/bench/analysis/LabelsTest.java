package crossover.bench.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.experiment.Cell;
import crossover.bench.results.Json;
import crossover.bench.results.SliceLine;
import crossover.bench.results.Summary;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelsTest {
  @Test
  void aSliceOfManyRequestsCountsMoreThanOneOfFew() {
    List<Summary.Label> labels =
        Labels.of(List.of(slice("sync", "null", 300, 2), slice("sync", "null", 100, 6)));

    assertThat(labels)
        .containsExactly(
            new Summary.Label(new Cell.Id("get", "localhost", 8), "sync", "open", 400, 2, 3, 3, 9));
  }

  @Test
  void armsStandApartAndSlicesThatAreNotValidDoNotCount() {
    List<Summary.Label> labels =
        Labels.of(
            List.of(
                slice("sync", "null", 300, 2),
                slice("wrapped", "null", 200, 4),
                slice("wrapped", "\"late\"", 100, 90)));

    assertThat(labels).extracting(Summary.Label::arm).containsExactly("sync", "wrapped");
    assertThat(labels).extracting(Summary.Label::meanMillis).containsExactly(2.0, 4.0);
  }

  @Test
  void withoutSlicesThereIsNothing() {
    assertThat(Labels.of(List.of())).isEmpty();
  }

  private static SliceLine slice(String arm, String invalidReason, long requests, int millis) {
    String json =
        """
        {"round": 1, "day": 1, "site": "localhost", "view": "get", "users": 8, "arm": "ARM",
         "phase": "CLOSED", "pass": 1, "order": ["sync"], "start": "2026-03-01T09:00:00Z",
         "invalidReason": REASON,
         "load": {"labels": [{"label": "open", "requests": REQUESTS, "errors": 1,
           "meanMillis": MILLIS, "p50Millis": MILLIS, "p99Millis": 3MILLIS}]}}
        """;
    return Json.MAPPER.readValue(
        json.replace("3MILLIS", Integer.toString(3 * millis))
            .replace("MILLIS", Integer.toString(millis))
            .replace("REQUESTS", Long.toString(requests))
            .replace("REASON", invalidReason)
            .replace("ARM", arm),
        SliceLine.class);
  }
}
