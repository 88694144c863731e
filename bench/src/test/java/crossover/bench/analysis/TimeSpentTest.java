package crossover.bench.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.results.Environment;
import crossover.bench.results.Json;
import crossover.bench.results.SliceLine;
import crossover.bench.results.SliceLine.Phase;
import crossover.bench.results.Summary;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class TimeSpentTest {
  @Test
  void whatIsNeitherMeasuredNorWarmedUpIsOther() {
    Summary.Time time =
        TimeSpent.of(
            List.of(day("2026-03-01T09:00:00Z")),
            List.of(
                slice(1, Phase.LIMIT, "2026-03-01T09:00:10Z", 2),
                slice(1, Phase.WARMUP, "2026-03-01T09:00:20Z", 20),
                slice(1, Phase.CLOSED, "2026-03-01T09:00:45Z", 5),
                slice(1, Phase.OPEN, "2026-03-01T09:00:52Z", 8)));

    assertThat(time).isEqualTo(new Summary.Time(13, 20, 60 - 13 - 20));
  }

  @Test
  void slicesOfArmsThatTakeTurnsLastAsLongAsAllOfThemTogether() {
    Summary.Time time =
        TimeSpent.of(
            List.of(day("2026-03-01T09:00:00Z")),
            List.of(
                slice(1, Phase.CLOSED, "2026-03-01T09:00:10Z", 5),
                slice(1, Phase.CLOSED, "2026-03-01T09:00:10Z", 5)));

    assertThat(time).isEqualTo(new Summary.Time(10, 0, 10));
  }

  @Test
  void theTimeBetweenTwoDaysDoesNotCount() {
    Summary.Time time =
        TimeSpent.of(
            List.of(day("2026-03-01T09:00:00Z"), day("2026-03-02T09:00:00Z")),
            List.of(
                slice(1, Phase.CLOSED, "2026-03-01T09:00:10Z", 5),
                slice(2, Phase.CLOSED, "2026-03-02T09:00:30Z", 5)));

    assertThat(time).isEqualTo(new Summary.Time(10, 0, 40));
  }

  @Test
  void aRunWithoutSlicesHasSpentNothing() {
    assertThat(TimeSpent.of(List.of(day("2026-03-01T09:00:00Z")), List.of()))
        .isEqualTo(new Summary.Time(0, 0, 0));
  }

  private static Environment day(String started) {
    return Json.MAPPER.readValue("{\"started\": \"" + started + "\"}", Environment.class);
  }

  private static SliceLine slice(int day, Phase phase, String start, double seconds) {
    return Json.MAPPER.readValue(
        String.format(
            Locale.ROOT,
            """
        {"round": 1, "day": %d, "site": "localhost", "view": "get", "users": 8, "arm": "sync",
         "phase": "%s", "pass": 1, "order": ["sync"], "start": "%s", "load": {"seconds": %s}}
        """,
            day,
            phase,
            start,
            seconds),
        SliceLine.class);
  }
}
