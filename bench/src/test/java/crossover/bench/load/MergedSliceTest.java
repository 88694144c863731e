package crossover.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.results.MadeSlice;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class MergedSliceTest {
  private static final Traffic WHOLE = Traffic.closed(Path.of("get.jmx"), Map.of(), 7, 0.1, 2);

  @Test
  void percentilesAreThoseOfAllRequestsTogetherAndMeansAreWeighted() {
    // 90 requests of 1 ms and 10 of 100 ms: neither p50 nor p99 is a mean of the two.
    Slice merged = MergedSlice.of(WHOLE, List.of(slice(90, 1), slice(10, 100)), 0, List.of(), 0);
    assertThat(merged.requests()).isEqualTo(100);
    assertThat(merged.throughput()).isEqualTo(50);
    assertThat(merged.p50Millis()).isEqualTo(1);
    assertThat(merged.p90Millis()).isEqualTo(1);
    assertThat(merged.p99Millis()).isBetween(99.9, 100.1);
    assertThat(merged.meanResponseMillis()).isEqualTo(10.9);
    assertThat(merged.latenessP99Millis()).isEqualTo(100);
    assertThat(merged.generatorCpuSeconds()).isEqualTo(1);
    assertThat(merged.users()).isEqualTo(7);
    assertThat(ResponseTimes.decode(merged.histogram()).getTotalCount()).isEqualTo(100);
  }

  @Test
  void theUsersOfAnEngineThatDiedAreUnfinished() {
    List<String> why = List.of(Slice.LOST + "b died");
    Slice merged = MergedSlice.of(WHOLE, List.of(slice(90, 1)), 3, why, 0);
    assertThat(merged.unfinished()).isEqualTo(3);
    assertThat(merged.errorSample()).containsExactly("the load engine b died", "503: away");
    assertThat(merged.lostEngines()).containsExactly("the load engine b died");
  }

  @Test
  void aLoadIsDividedWhollyAndEvenly() {
    Traffic open = Traffic.open(Path.of("get.jmx"), Map.of(), 7, 700, 0.1, 2);
    List<Traffic> parts = open.divided(3);
    assertThat(parts).extracting(Traffic::users).containsExactly(3, 2, 2);
    assertThat(parts).extracting(Traffic::rate).containsExactly(300.0, 200.0, 200.0);
  }

  private static Slice slice(int requests, int millis) {
    Histogram histogram = new Histogram(1, ResponseTimes.SLOWEST_MICROS, ResponseTimes.DIGITS);
    histogram.recordValueWithCount(millis * 1_000L, requests);
    return new MadeSlice()
        .load("users", 3)
        .load("seconds", 2)
        .load("requests", requests)
        .load("errors", 1)
        .load("errorSample", List.of("503: away"))
        .load("throughput", requests / 2.0)
        .load("meanResponseMillis", millis)
        .load("meanCycleMillis", millis)
        .load("latenessP99Millis", millis)
        .load("generatorCpuSeconds", 0.5)
        .load("responseBytes", 1000)
        .load("histogram", ResponseTimes.encode(histogram))
        .slice();
  }
}
